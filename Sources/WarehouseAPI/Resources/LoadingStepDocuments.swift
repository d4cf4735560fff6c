internal import CloudWarehouse
internal import JSON
internal import Postgres

/// A step of a loading, as it is sent: its event, and what that event says.
struct LoadingStepDocument: Sendable {
    var event: LoadingEvent
    var plan: LoadingPlan?
    var start: Start?
    var finish: Finish?

    struct Start: Sendable {
        var crew: LoadingCrew
        var at: Timestamp?
    }

    struct Finish: Sendable {
        var amount: LoadingAmount
        var crew: LoadingCrew?
        var at: Timestamp?
    }

    /// The step as a task.
    ///
    /// - Throws: 422 where the event's own member is missing.
    var task: LoadingTask {
        get throws(Problem) {
            switch event {
            case .plan: return .plan(try said(plan, "plan"))
            case .start:
                let start = try said(start, "start")
                return .start(start.crew, at: start.at)
            case .finish:
                let finish = try said(finish, "finish")
                return .finish(finish.amount, finish.crew, at: finish.at)
            case .cancel: return .cancel
            }
        }
    }

    private func said<Value>(_ value: Value?, _ name: String) throws(Problem) -> Value {
        guard let value else {
            throw Problem(.invalidBody, "The event \(event.rawValue) says \(name) too.", at: "/\(name)")
        }
        return value
    }

    static let json = JSONType<LoadingStepDocument>.object(
        "LoadingStep",
        about: "what happens to a loading; each event says its own member, and no others are looked at",
        .required("event", \.event, .choice(of: LoadingEvent.self), about: "what happens"),
        .optional("plan", \.plan, .loadingPlan, about: "of plan: what is to be done where"),
        .optional("start", \.start, .loadingStart, about: "of start: who begins"),
        .optional("finish", \.finish, .loadingFinish, about: "of finish: what was moved, by whom"),
        make: LoadingStepDocument.init)
}

extension JSONType where Value == LoadingPlan {
    fileprivate static var loadingPlan: Self {
        .object(
            "LoadingPlan", about: "what is to be done where",
            .required("kind", \.kind, .choice(of: LoadingKind.self), about: "which way the goods go"),
            .required("warehouse", \.warehouse, .code(), about: "where"),
            .optional("subject", \.subject, .loadingSubject, about: "what it is about; absent: nobody has said"),
            make: LoadingPlan.init)
    }
}

extension JSONType where Value == LoadingCrew {
    fileprivate static var crew: Self {
        JSONType<[LoadingWorker]>.array(of: .loadingWorker, count: 1...Loading.maximumWorkers).converted(
            "people, nobody named twice", to: { LoadingCrew($0) }, from: \.workers)
    }
}

extension JSONType where Value == LoadingStepDocument.Start {
    fileprivate static var loadingStart: Self {
        .object(
            "LoadingStart", about: "who begins, and when",
            .required("workers", \.crew, .crew, about: "who begins"),
            .optional("at", \.at, .instant, about: "when it was, at most 7 days ago; absent: now"),
            make: LoadingStepDocument.Start.init)
    }
}

/// The members of a finish, before it is known whether they fit together.
private struct FinishMembers: Sendable {
    var pieces: Quantity?
    var grams: Quantity?
    var crew: LoadingCrew?
    var at: Timestamp?
}

extension JSONType where Value == LoadingStepDocument.Finish {
    fileprivate static var loadingFinish: Self {
        JSONType<FinishMembers>.object(
            "LoadingFinish", about: "what was moved, by whom, and when it was done",
            .optional("pieces", \.pieces, .quantity, about: "how many pieces were moved; absent: not counted"),
            .optional("grams", \.grams, .quantity, about: "how much that weighed; absent: not weighed"),
            .optional("workers", \.crew, .crew, about: "who did it; absent: those who began"),
            .optional("at", \.at, .instant, about: "when it was, at most 7 days ago; absent: now"),
            make: FinishMembers.init
        ).converted(
            "pieces or grams, or both",
            to: { members in
                LoadingAmount(pieces: members.pieces, grams: members.grams).map {
                    LoadingStepDocument.Finish(amount: $0, crew: members.crew, at: members.at)
                }
            },
            from: {
                FinishMembers(pieces: $0.amount.pieces, grams: $0.amount.grams, crew: $0.crew, at: $0.at)
            })
    }
}
