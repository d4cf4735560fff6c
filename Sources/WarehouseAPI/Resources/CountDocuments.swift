internal import CloudWarehouse
internal import JSON
internal import Postgres

extension JSONType where Value == StockCountSummary {
    /// A count without its lines.
    static var countSummary: Self {
        .object(
            "CountSummary", about: "a count: what stands at a location, or of a SKU",
            .required("id", \.id, .id(), about: "its identity, for ever"),
            .required("reference", \.reference, .receiptReference, about: "what stands on the count's paper"),
            .required("state", \.state, .choice(of: StockCountState.self), about: "how far it has come"),
            .required("warehouse", \.warehouse, .code(), about: "the warehouse's code"),
            .optional("location", \.location, .code(), about: "everything at this location"),
            .optional("sku", \.sku, .code(), about: "this SKU, wherever it stands in the warehouse"),
            .required(
                "blind", \.isBlind, .boolean, about: "whether nobody sees what is expected before the counting is over"),
            .required(
                "tolerance", \.tolerance, .basisPoints,
                about: "a difference beyond so many basis points of what is expected is counted once more"),
            .optional(
                "posted_at", \.postedAt, .timestamp, about: "when its differences were posted; absent: they are not"),
            make: StockCountSummary.init(
                id:reference:state:warehouse:location:sku:isBlind:tolerance:postedAt:))
    }
}

extension JSONType where Value == StockCountDetails {
    /// A count with its lines.
    static var countDetails: Self {
        .object(
            "Count", about: "a count with its lines",
            .required("count", \.summary, .countSummary, about: "how far it has come"),
            .required("lines", \.lines, .array(of: .line, count: 0...1_000), about: "what was counted"),
            make: StockCountDetails.init(summary:lines:))
    }
}

extension JSONType where Value == StockCountLine {
    fileprivate static var line: Self {
        .object(
            "CountLine", about: "goods of one lot and quality at one location, as they were counted last",
            .required("lot", \.place.lot, .id(), about: "the lot's identity"),
            .required("location", \.place.location, .code(), about: "the location's code"),
            .required("quality", \.place.quality, .choice(of: Quality.self), about: "in what state the goods are"),
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            .required("owner", \.owner, .code(), about: "whose it is"),
            .optional(
                "expected", \.expected, .remainder,
                about: "what the ledger had there when it was counted; absent: nobody is to know yet"),
            .required("counted", \.counted, .remainder, about: "how much was there"),
            .required("times", \.times, .times, about: "how often it was counted"),
            .required("position", \.position, .id(), about: "the newest row of the ledger when it was counted"),
            .optional("reason", \.reason, .choice(of: ShrinkageReason.self), about: "why something is missing"),
            .optional("answerable", \.answerable, .plainWords, about: "who answers for what is missing"),
            .optional("movement", \.movement, .id(), about: "the row of the ledger that the difference has become"),
            make: {
                StockCountLine(
                    place: CountedPlace(lot: $0, location: $1, quality: $2), sku: $3, unit: $4, owner: $5, expected: $6,
                    counted: $7, times: $8, position: $9, reason: $10, answerable: $11, movement: $12)
            })
    }
}

extension JSONType where Value == Int16 {
    fileprivate static var times: Self {
        JSONType<Int64>.integer(1...Int(Int16.max)).converted(
            "a number of times", to: { Int16(exactly: $0) }, from: { Int64($0) })
    }
}

extension JSONType where Value == DueCount {
    /// What is to be counted.
    static var dueCount: Self {
        .object(
            "DueCount", about: "a SKU that is to be counted",
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("name", \.name, .name, about: "what people call it"),
            .required(
                "class", \.countClass, .choice(of: CountClass.self),
                about: "by value: a every 30 days, b every 90, c every 180"),
            .optional("counted_on", \.countedOn, .date, about: "when it was counted last; absent: never"),
            make: DueCount.init(sku:name:countClass:countedOn:))
    }
}

extension JSONType where Value == Shrinkage {
    /// What is missing.
    static var shrinkage: Self {
        .object(
            "Shrinkage", about: "what counts have found missing of a SKU, for one reason",
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            .required("owner", \.owner, .code(), about: "whose it is"),
            .required("warehouse", \.warehouse, .code(), about: "the warehouse's code"),
            .required("reason", \.reason, .choice(of: ShrinkageReason.self), about: "why something is missing"),
            .required("answerable", \.answerable, .plainWords, about: "who answers for what is missing"),
            .required(
                "missing", \.missing, .integer(0...Int(InboundTally.greatest)), about: "how much, in base units"),
            make: Shrinkage.init(sku:unit:owner:warehouse:reason:answerable:missing:))
    }
}
