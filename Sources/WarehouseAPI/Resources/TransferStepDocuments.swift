internal import CloudWarehouse
internal import JSON
internal import Postgres

/// A step of a transfer, as it is sent: its event, and what that event says.
struct TransferStepDocument: Sendable {
    var event: TransferEvent
    var request: TransferRequest?
    var pick: TransferPick?
    var expectedAt: Timestamp?
    var arrival: TransferArrival?

    /// The step as a task.
    ///
    /// - Throws: 422 where the event's own member is missing.
    var task: TransferTask {
        get throws(Problem) {
            switch event {
            case .request: .request(try said(request, "request"))
            case .approve: .approve
            case .pick: .pick(try said(pick, "pick"))
            case .load: .load
            case .depart: .depart(expectedAt: expectedAt)
            case .arrive: .arrive(try said(arrival, "arrival"))
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

    static let json = JSONType<TransferStepDocument>.object(
        "TransferStep",
        about: "what happens to a transfer; each event says its own members, and no others are looked at",
        .required("event", \.event, .choice(of: TransferEvent.self), about: "what happens"),
        .optional("request", \.request, .transferRequest, about: "of request: what is to go from where to where"),
        .optional("pick", \.pick, .transferPick, about: "of pick: what is taken from its shelf"),
        .optional(
            "expected_at", \.expectedAt, .instant, about: "of depart: when it should arrive; absent: as it was said"),
        .optional("arrival", \.arrival, .transferArrival, about: "of arrive: what has come, and what has not"),
        make: TransferStepDocument.init)
}

/// The members of a request, before it is known whether they fit together.
private struct RequestMembers: Sendable {
    var from: WarehouseCode
    var to: WarehouseCode
    var expectedAt: Timestamp?
    var lines: [ExpectedGoods]

    static let json = JSONType<RequestMembers>.object(
        "TransferRequest", about: "goods that are to go from one warehouse to another",
        .required("from", \.from, .code(), about: "the warehouse where they are"),
        .required("to", \.to, .code(), about: "the warehouse where they are needed"),
        .optional("expected_at", \.expectedAt, .instant, about: "when they should arrive; absent: nobody has said"),
        .required(
            "lines", \.lines, .array(of: .wanted, count: 1...TransferRequest.maximumLines),
            about: "what and how much, each SKU and owner once"),
        make: RequestMembers.init)
}

extension JSONType where Value == TransferRequest {
    fileprivate static var transferRequest: Self {
        RequestMembers.json.converted(
            "goods, each SKU and owner once, that go from one warehouse to another",
            to: { try? TransferRequest(from: $0.from, to: $0.to, expectedAt: $0.expectedAt, lines: $0.lines) },
            from: { RequestMembers(from: $0.from, to: $0.to, expectedAt: $0.expectedAt, lines: $0.lines) })
    }
}

extension JSONType where Value == ExpectedGoods {
    fileprivate static var wanted: Self {
        .object(
            "TransferWish", about: "goods that are asked for",
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("owner", \.owner, .code(), about: "whose it is"),
            .required("quantity", \.quantity, .quantity, about: "in the SKU's base unit: pieces or grams"),
            make: ExpectedGoods.init(sku:owner:quantity:))
    }
}

/// The members of a pick, before it is known whether they fit together.
private struct PickMembers: Sendable {
    var reference: ReceiptReference
    var lot: ID<Lot>
    var location: LocationCode
    var quality: Quality?
    var quantity: Quantity

    static let json = JSONType<PickMembers>.object(
        "TransferPick", about: "goods of a lot that are taken from their shelf for a transfer",
        .required(
            "reference", \.reference, .receiptReference, about: "what it is known by in its transfer: it happens once"),
        .required("lot", \.lot, .id(), about: "goods of which lot"),
        .required("location", \.location, .code(), about: "where they stand now"),
        .optional("quality", \.quality, .choice(of: Quality.self), about: "in what state they are; absent: good"),
        .required("quantity", \.quantity, .quantity, about: "how much, in base units"),
        make: PickMembers.init)
}

extension JSONType where Value == TransferPick {
    fileprivate static var transferPick: Self {
        PickMembers.json.converted(
            "a pick of more than nothing",
            to: {
                try? TransferPick(
                    reference: $0.reference, lot: $0.lot, location: $0.location, quality: $0.quality ?? .good,
                    quantity: $0.quantity)
            },
            from: {
                PickMembers(
                    reference: $0.reference, lot: $0.lot, location: $0.location, quality: $0.quality,
                    quantity: $0.quantity)
            })
    }
}

extension JSONType where Value == TransferArrival.Loss {
    fileprivate static var transferLoss: Self {
        .object(
            "TransferLoss", about: "why something did not arrive as it left",
            .required("reason", \.reason, .choice(of: TransferLossReason.self), about: "why"),
            .required("answerable", \.answerable, .plainWords, about: "who answers for it: a driver, a carrier"),
            make: TransferArrival.Loss.init(reason:answerable:))
    }
}

/// The members of an arrival, before it is known whether they fit together.
private struct ArrivalMembers: Sendable {
    var reference: ReceiptReference
    var lot: ID<Lot>
    var quality: Quality?
    var received: Quantity?
    var damaged: Quantity?
    var lost: Quantity?
    var location: LocationCode?
    var loss: TransferArrival.Loss?

    static let json = JSONType<ArrivalMembers>.object(
        "TransferArrival", about: "goods of one lot that have come, or that are known not to come",
        .required(
            "reference", \.reference, .receiptReference, about: "what it is known by in its transfer: it happens once"),
        .required("lot", \.lot, .id(), about: "goods of which lot"),
        .optional("quality", \.quality, .choice(of: Quality.self), about: "in what state they left; absent: good"),
        .optional("received", \.received, .quantity, about: "how much is as it left; absent: nothing"),
        .optional("damaged", \.damaged, .quantity, about: "how much is there and may not be sold; absent: nothing"),
        .optional("lost", \.lost, .quantity, about: "how much does not come; absent: nothing"),
        .optional("location", \.location, .code(), about: "where what has come stands; absent where all is lost"),
        .optional("loss", \.loss, .transferLoss, about: "why something is damaged or lost; given when something is"),
        make: ArrivalMembers.init)
}

extension JSONType where Value == TransferArrival {
    fileprivate static var transferArrival: Self {
        ArrivalMembers.json.converted(
            "an arrival of something: at a location unless all is lost, with its loss where something is damaged or lost",
            to: {
                let count = TransferArrival.Count(
                    received: $0.received ?? .zero, damaged: $0.damaged ?? .zero, lost: $0.lost ?? .zero)
                return try? TransferArrival(
                    reference: $0.reference, lot: $0.lot, quality: $0.quality ?? .good, count: count,
                    location: $0.location, loss: $0.loss)
            },
            from: {
                ArrivalMembers(
                    reference: $0.reference, lot: $0.lot, quality: $0.quality, received: $0.count.received,
                    damaged: $0.count.damaged, lost: $0.count.lost, location: $0.location, loss: $0.loss)
            })
    }
}
