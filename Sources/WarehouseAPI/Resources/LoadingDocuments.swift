internal import CloudWarehouse
internal import JSON
internal import Postgres

extension JSONType where Value == LoadingWorker {
    /// Somebody who loads or unloads.
    static var loadingWorker: Self {
        .object(
            "LoadingWorker", about: "somebody who loads or unloads",
            .required("name", \.name, .name, about: "what people call it"),
            .required(
                "employment", \.employment, .choice(of: LoadingWorker.Employment.self),
                about: "who pays them: `staff` of the base, or `hired` for the day"),
            make: LoadingWorker.init)
    }
}

extension JSONType where Value == LoadingSubject {
    /// What is loaded or unloaded.
    static var loadingSubject: Self {
        .object(
            "LoadingSubject", about: "what is loaded or unloaded, by its own document",
            .required("kind", \.kind, .choice(of: LoadingSubject.Kind.self), about: "what kind of document it is"),
            .required("reference", \.reference, .receiptReference, about: "what stands on its paper"),
            make: LoadingSubject.init)
    }
}

extension JSONType where Value == LoadingSummary {
    fileprivate static var loadingSummary: Self {
        .object(
            "Loading", about: "a loading, without its people",
            .required("id", \.id, .id(), about: "its identity, for ever"),
            .required("reference", \.reference, .receiptReference, about: "what the loading is known by"),
            .required("kind", \.plan.kind, .choice(of: LoadingKind.self), about: "which way the goods go"),
            .required("warehouse", \.plan.warehouse, .code(), about: "where"),
            .optional("subject", \.plan.subject, .loadingSubject, about: "what it is about; absent: nobody has said"),
            .required("state", \.state, .choice(of: LoadingState.self), about: "how far it has come"),
            .optional("started_at", \.startedAt, .timestamp, about: "when it began; absent: it has not"),
            .optional("finished_at", \.finishedAt, .timestamp, about: "when it ended; absent: it has not"),
            .optional("pieces", \.amount?.pieces, .quantity, about: "how many pieces were moved; absent: not counted"),
            .optional("grams", \.amount?.grams, .quantity, about: "how much that weighed; absent: not weighed"),
            make: { id, reference, kind, warehouse, subject, state, start, finish, pieces, grams in
                LoadingSummary(
                    id: id, reference: reference,
                    plan: LoadingPlan(kind: kind, warehouse: warehouse, subject: subject), state: state,
                    startedAt: start, finishedAt: finish, amount: LoadingAmount(pieces: pieces, grams: grams))
            })
    }
}

extension JSONType where Value == LoadingDetails {
    /// A loading with its people.
    static var loading: Self {
        .object(
            "LoadingDetails", about: "a loading with its people",
            .required("loading", \.summary, .loadingSummary, about: "what it is about and how far it has come"),
            .required(
                "workers", \.workers, .array(of: .loadingWorker, count: 0...Loading.maximumWorkers),
                about: "who did it, or began with it; none as long as it is only planned"),
            make: LoadingDetails.init)
    }
}

extension JSONType where Value == LoadingPage {
    /// A page of loadings.
    static var loadings: Self {
        .object(
            "LoadingPage", about: "loadings, the newest first",
            .required("loadings", \.loadings, .array(of: .loadingSummary, count: 0...Int(Stock.maximumLoadings))),
            .optional(
                "next", \.next, .id(), about: "pass it as `after` to get the next page; absent: this is the last"),
            make: LoadingPage.init)
    }
}

extension JSONType where Value == LoadingPerson {
    fileprivate static var person: Self {
        .object(
            "LoadingPerson", about: "what one person loaded and unloaded on the day",
            .required("name", \.worker.name, .name, about: "what people call it"),
            .required(
                "employment", \.worker.employment, .choice(of: LoadingWorker.Employment.self),
                about: "who pays them: `staff` of the base, or `hired` for the day"),
            sum("loadings", \.loadings, "how many they had a part in"),
            sum("minutes", \.minutes, "how many whole minutes those took, together"),
            sum("pieces", \.pieces, "their share of the pieces"),
            sum("grams", \.grams, "their share of the weight"),
            make: { name, employment, loadings, minutes, pieces, grams in
                LoadingPerson(
                    worker: LoadingWorker(name: name, employment: employment), loadings: Int64(loadings),
                    minutes: Int64(minutes), pieces: Int64(pieces), grams: Int64(grams))
            })
    }

    private static func sum(
        _ name: String, _ member: @escaping @Sendable (LoadingPerson) -> Int64, _ about: String
    ) -> JSONField<LoadingPerson, Int> {
        .required(name, { Int(member($0)) }, .integer(0...Int(LoadingPerson.greatest)), about: about)
    }
}

extension JSONType where Value == LoadingDay {
    /// The report of a day.
    static var report: Self {
        .object(
            "LoadingReport", about: "what was loaded and unloaded on a day of the base",
            .required("day", \.day, .date, about: "the day at the base on which it ended"),
            .required(
                "loadings", \.loadings, .array(of: .loadingSummary, count: 0...Int(Stock.maximumLoadings)),
                about: "in the order in which they were planned"),
            .required(
                "people", \.people, .array(of: .person, count: 0...Int(Stock.maximumPeople)),
                about: "by name; what a loading moved is shared evenly among its people"),
            make: LoadingDay.init)
    }
}

extension LoadingPart {
    static let csvColumns = [
        "loading", "kind", "warehouse", "subject_kind", "subject", "started_at", "finished_at", "minutes", "name",
        "employment", "pieces", "grams",
    ]

    /// A row for each person of each loading.
    var csvRow: [String] {
        let plan = loading.plan
        return [
            loading.reference.rawValue, plan.kind.rawValue, plan.warehouse.rawValue, plan.subject?.kind.rawValue ?? "",
            plan.subject?.reference.rawValue ?? "", loading.startedAt?.description ?? "",
            loading.finishedAt?.description ?? "", loading.minutes.map { "\($0)" } ?? "", worker.name.rawValue,
            worker.employment.rawValue, pieces.map { "\($0.rawValue)" } ?? "", grams.map { "\($0.rawValue)" } ?? "",
        ]
    }
}
