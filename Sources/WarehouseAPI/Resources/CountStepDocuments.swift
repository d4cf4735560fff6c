internal import CloudWarehouse
internal import JSON
internal import Postgres

/// A step of a count, as it is sent: its event, and what that event says.
struct CountStepDocument: Sendable {
    var event: StockCountEvent
    var plan: StockCountPlan?
    var count: StockCountEntry?
    var explanation: StockCountExplanation?

    /// The step as a task.
    ///
    /// - Throws: 422 where the event's own member is missing.
    var task: StockCountTask {
        get throws(Problem) {
            switch event {
            case .plan: .plan(try said(plan, "plan"))
            case .count: .count(try said(count, "count"))
            case .explain: .explain(try said(explanation, "explanation"))
            case .finish: .finish
            case .approve: .approve
            case .cancel: .cancel
            }
        }
    }

    private func said<Value>(_ value: Value?, _ name: String) throws(Problem) -> Value {
        guard let value else {
            throw Problem(.invalidBody, "The event \(event.rawValue) says \(name) too.", at: "/\(name)")
        }
        return value
    }

    static let json = JSONType<CountStepDocument>.object(
        "CountStep", about: "what happens to a count; each event says its own members, and no others are looked at",
        .required("event", \.event, .choice(of: StockCountEvent.self), about: "what happens"),
        .optional("plan", \.plan, .countPlan, about: "of plan: what is to be counted"),
        .optional("count", \.count, .countEntry, about: "of count: how much is there, for the first time or again"),
        .optional("explanation", \.explanation, .countExplanation, about: "of explain: why something is missing"),
        make: CountStepDocument.init)
}

/// The members of a plan, before it is known whether they fit together.
private struct PlanMembers: Sendable {
    var warehouse: WarehouseCode
    var location: LocationCode?
    var sku: SKUCode?
    var isBlind: Bool?
    var tolerance: BasisPoints?

    var plan: StockCountPlan? {
        let scope: StockCountPlan.Scope
        switch (location, sku) {
        case (let location?, nil): scope = .location(location)
        case (nil, let sku?): scope = .sku(sku)
        default: return nil
        }
        return StockCountPlan(
            warehouse: warehouse, scope: scope, isBlind: isBlind ?? true, tolerance: tolerance ?? .twoPercent)
    }

    init(
        warehouse: WarehouseCode, location: LocationCode?, sku: SKUCode?, isBlind: Bool?, tolerance: BasisPoints?
    ) {
        self.warehouse = warehouse
        self.location = location
        self.sku = sku
        self.isBlind = isBlind
        self.tolerance = tolerance
    }

    init(_ plan: StockCountPlan) {
        (warehouse, isBlind, tolerance) = (plan.warehouse, plan.isBlind, plan.tolerance)
        switch plan.scope {
        case .location(let code): (location, sku) = (code, nil)
        case .sku(let code): (location, sku) = (nil, code)
        }
    }

    static let json = JSONType<PlanMembers>.object(
        "CountPlan", about: "what is to be counted, and how: a location or a SKU",
        .required("warehouse", \.warehouse, .code(), about: "the warehouse's code"),
        .optional("location", \.location, .code(), about: "everything at this location"),
        .optional("sku", \.sku, .code(), about: "this SKU, wherever it stands in the warehouse"),
        .optional("blind", \.isBlind, .boolean, about: blindAbout + "; absent: true"),
        .optional("tolerance", \.tolerance, .basisPoints, about: toleranceAbout + "; absent: 200"),
        make: PlanMembers.init(warehouse:location:sku:isBlind:tolerance:))
}

private let blindAbout = "whether nobody sees what is expected before the counting is over"
private let toleranceAbout = "a difference beyond so many basis points of what is expected is counted once more"

extension JSONType where Value == StockCountPlan {
    fileprivate static var countPlan: Self {
        PlanMembers.json.converted("either a location or a SKU", to: \.plan, from: { PlanMembers($0) })
    }
}

extension JSONType where Value == BasisPoints {
    /// Ten-thousandths.
    static var basisPoints: Self {
        JSONType<Int64>.integer(0...10_000).converted(
            "basis points", to: { Int32(exactly: $0).flatMap(BasisPoints.init(rawValue:)) },
            from: { Int64($0.rawValue) })
    }
}

extension JSONType where Value == StockCountEntry {
    fileprivate static var countEntry: Self {
        .object(
            "CountEntry", about: "how much of a lot is at a location",
            .required(
                "reference", \.reference, .receiptReference, about: "what it is known by in its count: it happens once"),
            .required("lot", \.place.lot, .id(), about: "goods of which lot"),
            .required("location", \.place.location, .code(), about: "where they stand now"),
            .optional(
                "quality", \.place.saidQuality, .choice(of: Quality.self),
                about: "in what state they are; absent: good"),
            .required("counted", \.counted, .remainder, about: "how much is there; 0 for nothing"),
            make: { reference, lot, location, quality, counted in
                StockCountEntry(
                    reference: reference,
                    place: CountedPlace(lot: lot, location: location, quality: quality ?? .good), counted: counted)
            })
    }
}

extension JSONType where Value == StockCountExplanation {
    fileprivate static var countExplanation: Self {
        .object(
            "CountExplanation", about: "why something is missing, and who answers for it",
            .required(
                "reference", \.reference, .receiptReference, about: "what it is known by in its count: it happens once"),
            .required("lot", \.place.lot, .id(), about: "goods of which lot"),
            .required("location", \.place.location, .code(), about: "where they stand now"),
            .optional(
                "quality", \.place.saidQuality, .choice(of: Quality.self),
                about: "in what state they are; absent: good"),
            .required("reason", \.reason, .choice(of: ShrinkageReason.self), about: "why"),
            .required("answerable", \.answerable, .plainWords, about: "who answers for what is missing"),
            make: { reference, lot, location, quality, reason, answerable in
                StockCountExplanation(
                    reference: reference,
                    place: CountedPlace(lot: lot, location: location, quality: quality ?? .good), reason: reason,
                    answerable: answerable)
            })
    }
}

extension CountedPlace {
    /// As it may be left out.
    fileprivate var saidQuality: Quality? { quality }
}
