internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/orders`
struct OrdersResource: Sendable {
    let desk: OrderDesk

    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/orders", operation: "placeOrder",
                summary: "Place an order, all of it or nothing. The same reference gives the same answer.",
                audience: .roles([.source, .operator]), body: Self.order.schema, answer: Self.placed.schema,
                problems: [
                    .invalidParameter, .unknownSKU, .noPrice, .amountTooLarge, .soldOut, .referenceConflict,
                    .recipientsNotConfigured, .busy, .outcomeUnknown, .unavailable,
                ],
                handle: place)
        ]
    }

    private func place(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let (body, source) = try Self.command(of: request)
        let person = try request.actingPerson
        let order: PlaceOrder
        do throws(InvalidValue) {
            order = try PlaceOrder(
                source: source, reference: body.reference, lines: body.lines,
                payment: body.holdSeconds.map { .due(withinSeconds: $0) } ?? .paid, recipient: body.recipient,
                by: person)
        } catch {
            throw Problem(.invalidBody, error.description)
        }
        do throws(OrderError) {
            let placed = try await desk.place(order)
            return Response(
                status: .created, fields: [.contentType: "application/json"],
                body: Self.placed.bytes(of: Answer(reference: body.reference, placed: placed)))
        } catch {
            throw Problem(error, lines: body.lines)
        }
    }

    /// The body, and as whose order it is placed: a source's own, whether it says so or not; else the one that is named.
    private static func command(of request: RoutedRequest) throws(Problem) -> (Body, OrderSource) {
        guard let own = try request.caller.source else {
            let body = try request.body(namedOrder)
            guard let source = body.source else { preconditionFailure("a required member is missing") }
            return (body, source)
        }
        let body = try request.body(order)
        guard body.source ?? own == own else {
            throw Problem(.forbidden, "This token places orders of the source \(own.rawValue) only.", at: "/source")
        }
        return (body, own)
    }

    // MARK: Bodies

    struct Body: Sendable {
        var source: OrderSource?
        var reference: OrderReference
        var holdSeconds: Int32?
        var lines: [PlaceOrder.Line]
        var recipient: Recipient?
    }

    struct Answer: Sendable {
        var reference: OrderReference
        var placed: PlacedOrder
    }

    private static let line = JSONType<PlaceOrder.Line>.object(
        "PlaceOrderLine",
        .required("sku", \.sku, .code(), about: "the SKU's code"),
        .required("quantity", \.quantity, .quantity, about: "in the SKU's base unit: pieces or grams"),
        .optional("price", \.price, .price, about: "the price at which it was sold elsewhere; absent: the list price"),
        make: { PlaceOrder.Line(sku: $0, quantity: $1, price: $2) })

    /// The body as the bearer of a source's token sends it.
    static let order = declared(
        source: .optional(
            "source", \.source, .source,
            about: "who sends the order: a source's token may leave it out, and name no other; all others must name it")
    )

    /// The body as everybody else sends it.
    private static let namedOrder = declared(
        source: JSONField<Body, OrderSource?>.required(
            "source", \.source,
            JSONType<OrderSource>.source.converted("a source", to: { .some($0) }, from: { $0 ?? .sample }),
            about: "who sends the order"))

    private static func declared(source: JSONField<Body, OrderSource?>) -> JSONType<Body> {
        .object(
            "PlaceOrder", source,
            .required("reference", \.reference, .reference, about: "the source's number for the order"),
            .optional(
                "hold_seconds", \.holdSeconds, .integer(1...86_400),
                about: "how long an unpaid order holds stock; absent: it is paid"),
            .required("lines", \.lines, .array(of: line, count: 1...PlaceOrder.maximumLines)),
            .optional(
                "recipient", \.recipient, .recipient,
                about: "no part of what a repetition is told by: the recipient that came first stays"),
            make: Body.init)
    }

    static let placed = JSONType<Answer>.object(
        "PlacedOrder",
        .required("id", \.placed.id, .id()), .required("reference", \.reference, .reference),
        .required("total_fen", \.placed.total, .fen), .required("placed_at", \.placed.placedAt, .timestamp),
        make: { id, reference, total, at in
            Answer(reference: reference, placed: PlacedOrder(id: id, total: total, placedAt: at))
        })
}

extension Problem {
    /// Why an order was not placed; `lines` tell which field it is about.
    init(_ error: OrderError, lines: [PlaceOrder.Line]) {
        switch error {
        case .refused(let refusal): self.init(refusal, lines: lines)
        case .recipientsNotConfigured:
            self.init(
                .recipientsNotConfigured,
                "This service has no keys to encrypt recipients: send the order without one, or have keys configured.",
                at: "/recipient")
        case .busy(let seconds):
            self.init(.busy, "Too many orders are waiting; send it again.", fields: [(.retryAfter, String(seconds))])
        case .closing: self.init(.unavailable, "The service is shutting down.", fields: [(.retryAfter, "1")])
        case .outcomeUnknown:
            self.init(
                .outcomeUnknown, "Whether the order is placed is not known: send it again under the same reference.",
                fields: [(.retryAfter, "1")])
        case .database(let cause): self.init(database: cause)
        }
    }

    private init(_ refusal: OrderRefusal, lines: [PlaceOrder.Line]) {
        func pointer(_ sku: SKUCode) -> String {
            "/lines/\(lines.firstIndex { $0.sku == sku } ?? 0)/sku"
        }
        switch refusal {
        case .unknownSKU(let sku): self.init(.unknownSKU, refusal.description, at: pointer(sku))
        case .noPrice(let sku): self.init(.noPrice, refusal.description, at: pointer(sku))
        case .soldOut(let sku, _): self.init(.soldOut, refusal.description, at: pointer(sku))
        case .amountTooLarge: self.init(.amountTooLarge, refusal.description, at: "/lines")
        case .otherOrderUnderReference: self.init(.referenceConflict, refusal.description, at: "/reference")
        }
    }
}
