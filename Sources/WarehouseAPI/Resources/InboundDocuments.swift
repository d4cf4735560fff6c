internal import CloudWarehouse
internal import JSON
internal import Postgres

/// A delivery as it is shown.
struct InboundDocument: Sendable {
    var details: InboundDetails
    var tallies: [InboundTally]
    var suggestions: [PutAwaySuggestion]
    var pictures: [InboundPicture]

    static let json = JSONType<InboundDocument>.object(
        "Inbound", about: "a delivery: how far it has come, what was expected, what came, and where it may go",
        .required("id", \.details.summary.id, .id(), about: "its identity, for ever"),
        .required(
            "reference", \.details.summary.reference, .receiptReference, about: "what stands on the delivery's paper"),
        .required("state", \.details.summary.state, .choice(of: InboundState.self), about: "how far it has come"),
        .optional(
            "received_at", \.details.summary.receivedAt, .timestamp,
            about: "when it was taken in; absent: it is not yet"),
        .required("tallies", \.tallies, .array(of: .tally, count: 0...100_000), about: "by SKU and owner"),
        .required("lots", \.details.lines, .array(of: .received, count: 0...100_000), about: "what was taken in"),
        .required(
            "suggestions", \.suggestions, .array(of: .suggestion, count: 0...1_000_000),
            about: "where what waits may be put away; nothing is reserved by it"),
        .required(
            "pictures", \.pictures, .array(of: .picture, count: 0...100_000), about: "evidence of what was counted"),
        make: { id, reference, state, at, tallies, lots, suggestions, pictures in
            InboundDocument(
                details: InboundDetails(
                    summary: InboundSummary(id: id, reference: reference, receivedAt: at, state: state), lines: lots),
                tallies: tallies, suggestions: suggestions, pictures: pictures)
        })
}

extension JSONType where Value == InboundTally {
    fileprivate static var tally: Self {
        .object(
            "InboundTally", about: "what was expected of one SKU and owner, and what came",
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("name", \.name, .name, about: "what people call it"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            .required("owner", \.owner, .code(), about: "whose it is"),
            sum("expected", \.expected, "how much was announced"),
            sum("received", \.received, "how much was taken in"),
            sum("rejected", \.rejected, "how much was not"),
            make: InboundTally.init(sku:name:unit:owner:sumsOf:and:and:))
    }

    private static func sum(
        _ name: String, _ member: @escaping @Sendable (InboundTally) -> Int64, _ about: String
    ) -> JSONField<InboundTally, Int> {
        .required(name, { Int(member($0)) }, .integer(0...Int(InboundTally.greatest)), about: about)
    }
}

extension InboundTally {
    fileprivate init(
        sku: SKUCode, name: Name, unit: BaseUnit, owner: OwnerCode, sumsOf expected: Int, and received: Int,
        and rejected: Int
    ) {
        self.init(
            sku: sku, name: name, unit: unit, owner: owner, expected: Int64(expected), received: Int64(received),
            rejected: Int64(rejected))
    }
}

extension JSONType where Value == InboundLine {
    fileprivate static var received: Self {
        .object(
            "InboundLot", about: "goods that were taken in: a lot",
            .required("lot", \.lot, .id(), about: "the lot's identity"),
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("name", \.name, .name, about: "what people call it"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            .required("owner", \.owner, .code(), about: "whose it is"),
            .required("quantity", \.quantity, .quantity, about: "how much came, in base units"),
            .optional("harvested_on", \.harvestedOn, .date, about: "the day of the harvest"),
            .optional("expires_on", \.expiresOn, .date, about: "the last day on which it is good"),
            .optional("grade", \.grade, .grade, about: "in the words of the base's people"),
            .required("warehouse", \.warehouse, .code(), about: "where it arrived"),
            .required("location", \.location, .code(), about: "where it was received"),
            .required("quality", \.quality, .choice(of: Quality.self), about: "in what state it came"),
            .required("movement", \.movement, .id(), about: "the row's identity"),
            make: InboundLine.init(
                lot:sku:name:unit:owner:quantity:harvestedOn:expiresOn:grade:warehouse:location:quality:movement:))
    }
}

extension JSONType where Value == PutAwaySuggestion {
    fileprivate static var suggestion: Self {
        .object(
            "PutAwaySuggestion", about: "where goods that wait may be put away",
            .required("lot", \.lot, .id(), about: "the lot's identity"),
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            .required("quantity", \.quantity, .quantity, about: "how much, in base units"),
            .required("quality", \.quality, .choice(of: Quality.self), about: "in what state the goods are"),
            .optional("location", \.location, .code(), about: "where to; absent: there is no room"),
            make: PutAwaySuggestion.init(lot:sku:unit:quantity:quality:location:))
    }
}

extension JSONType where Value == InboundSummary {
    /// A delivery without its goods.
    fileprivate static var summary: Self {
        .object(
            "InboundSummary", about: "a delivery, without its goods",
            .required("id", \.id, .id(), about: "its identity, for ever"),
            .required("reference", \.reference, .receiptReference, about: "what stands on the delivery's paper"),
            .required("state", \.state, .choice(of: InboundState.self), about: "how far it has come"),
            .optional(
                "received_at", \.receivedAt, .timestamp, about: "when it was taken in; absent: it is not yet"),
            .optional(
                "warehouse", \.warehouse, .code(),
                about: "where it is expected or has come to; absent: it came before deliveries had steps"),
            make: { InboundSummary(id: $0, reference: $1, receivedAt: $3, state: $2, warehouse: $4) })
    }
}

extension JSONType where Value == InboundPage {
    /// A page of deliveries.
    static var inbounds: Self {
        .object(
            "InboundPage", about: "deliveries, the newest first",
            .required("inbounds", \.inbounds, .array(of: .summary, count: 0...Int(Stock.maximumInbounds))),
            .optional(
                "next", \.next, .id(), about: "pass it as `after` to get the next page; absent: this is the last"),
            make: InboundPage.init)
    }
}
