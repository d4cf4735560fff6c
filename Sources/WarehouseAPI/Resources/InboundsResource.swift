internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// `/v1/inbounds`
struct InboundsResource: Sendable {
    let stock: Stock

    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/inbounds", operation: "receiveDelivery",
                summary: "Take a delivery in, all of it or nothing. The same reference gives the same answer.",
                audience: .roles([.warehouse, .operator]), body: Self.delivery.schema, answer: Self.received.schema,
                statuses: [.created],
                problems: [
                    .invalidParameter, .unknownWarehouse, .unknownLocation, .unknownSKU, .giftSet, .unknownOwner,
                    .quantityTooLarge, .expired, .closed, .referenceConflict, .outcomeUnknown, .unavailable,
                ],
                handle: receive),
            Route(
                method: .get, path: "/v1/inbounds", operation: "listInbounds",
                summary: """
                    Deliveries, the newest first, a page at a time, by state, owner, warehouse and day; a cooperative sees \
                    those with goods of its own.
                    """,
                audience: .roles([.cooperative, .warehouse, .operator]), parameters: Self.parameters, body: nil,
                answer: JSONType<InboundPage>.inbounds.schema, problems: [.invalidParameter, .unavailable],
                handle: list),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parameters)
        let own = try request.caller.owner
        let named = query[Self.owner]
        // Another's deliveries are not there, which is no problem of a filter.
        if own != nil && named != nil && named != own {
            return Response(InboundPage(inbounds: [], next: nil), as: .inbounds)
        }
        let filter = InboundFilter(
            state: query[Self.state], owner: own ?? named, warehouse: query[Self.warehouse], from: query[Self.from],
            through: query[Self.through])
        let page = try await Problem.asking { () throws(StockError) in
            try await stock.inboundPage(
                before: query[Self.after], limit: query[Self.limit] ?? Self.usualPage, that: filter)
        }
        return Response(page, as: .inbounds)
    }

    // MARK: Parameters

    /// How many deliveries a page has unless the query says otherwise.
    private static let usualPage: Int32 = 100
    private static let state = QueryParameter<InboundState>(
        "state", .choice(of: InboundState.self), about: "only deliveries in this state")
    private static let owner = QueryParameter<OwnerCode>(
        "owner", .code(), about: "only deliveries with goods of this owner")
    private static let warehouse = QueryParameter<WarehouseCode>(
        "warehouse", .code(), about: "only deliveries to this warehouse")
    private static let from = QueryParameter<CalendarDate>(
        "from", .date, about: "only what was first heard of on this day at the base, or later")
    private static let through = QueryParameter<CalendarDate>(
        "through", .date, about: "only what was first heard of on this day at the base, or earlier")
    private static let after = QueryParameter<ID<Inbound>>.after(.id())
    private static let limit = QueryParameter.limit(usual: usualPage, most: Stock.maximumInbounds)
    private static let parameters = [
        state.declaration, owner.declaration, warehouse.declaration, from.declaration, through.declaration,
        after.declaration, limit.declaration,
    ]

    private func receive(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let body = try request.body(Self.delivery)
        let principal = try request.principal
        let receipt: Receipt
        do throws(InvalidValue) {
            receipt = try Receipt(
                reference: body.reference, warehouse: body.warehouse, location: body.location, lines: body.lines)
        } catch {
            throw Problem(.invalidBody, error.description)
        }
        do throws(StockError) {
            let delivery = try await stock.receive(
                receipt, acceptsExpired: body.acceptsExpired ?? false, by: principal)
            return Response(
                Answer(reference: body.reference, delivery: delivery), as: Self.received, status: .created)
        } catch {
            throw Problem(error, lines: body.lines)
        }
    }

    // MARK: Bodies

    private struct Body: Sendable {
        var reference: ReceiptReference
        var warehouse: WarehouseCode
        var location: LocationCode
        var lines: [Receipt.Line]
        var acceptsExpired: Bool?
    }

    private struct Answer: Sendable {
        var reference: ReceiptReference
        var delivery: ReceivedDelivery
    }

    private static let line = JSONType<Receipt.Line>.object(
        "DeliveryLine", about: "what came; it becomes a lot",
        .required("sku", \.sku, .code(), about: "the SKU's code"),
        .required("owner", \.owner, .code(), about: "whose it is"),
        .required("quantity", \.quantity, .quantity, about: "in the SKU's base unit: pieces or grams"),
        .optional("harvested_on", \.harvestedOn, .date, about: "the day of the harvest"),
        .optional(
            "expires_on", \.expiresOn, .date, about: "the last day on which it is good; not before the harvest"),
        .optional("grade", \.grade, .grade, about: "in the words of the base's people"),
        make: Receipt.Line.init(sku:owner:quantity:harvestedOn:expiresOn:grade:)
    ).converted(
        "a line that does not expire before it was harvested",
        to: { line in
            if let harvested = line.harvestedOn, let expires = line.expiresOn, expires < harvested { return nil }
            return line
        }, from: { $0 })

    private static let delivery = JSONType<Body>.object(
        "Delivery", about: "a delivery that came; all of it is taken in or nothing",
        .required("reference", \.reference, .receiptReference, about: "what stands on the delivery's paper"),
        .required("warehouse", \.warehouse, .code(), about: "where it arrived"),
        .required("location", \.location, .code(), about: "where it stands in the warehouse"),
        .required("lines", \.lines, .array(of: line, count: 1...Receipt.maximumLines), about: "what came"),
        .optional(
            "accept_expired", \.acceptsExpired, .boolean,
            about: "take in what has expired too, and set it aside; absent: such a delivery is refused"),
        make: Body.init)

    private static let received = JSONType<Answer>.object(
        "ReceivedDelivery", about: "a delivery that was taken in",
        .required("id", \.delivery.id, .id(), about: "its identity, for ever"),
        .required("reference", \.reference, .receiptReference, about: "what stands on the delivery's paper"),
        .required("received_at", \.delivery.receivedAt, .timestamp, about: "when it was taken in"),
        make: { id, reference, at in
            Answer(reference: reference, delivery: ReceivedDelivery(id: id, receivedAt: at))
        })
}

extension JSONType where Value == ReceiptReference {
    /// What stands on a delivery's paper.
    static var receiptReference: Self {
        .text(
            JSONTextRule(
                pattern: PlainText.pattern, length: 1...128,
                about: "a reference of 1 to 128 characters without control characters"),
            parse: { ReceiptReference(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}
