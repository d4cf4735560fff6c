internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// `/v1/orders`
struct OrdersResource: Sendable {
    let desk: OrderDesk

    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/orders", operation: "placeOrder",
                summary: "Place an order, all of it or nothing. The same reference gives the same answer.",
                audience: .roles([.source, .operator]), body: Self.order.schema, answer: Self.placed.schema,
                statuses: [.created],
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
        let payment = body.holdSeconds.map { PlaceOrder.Payment.due(withinSeconds: $0) } ?? .paid
        let order: PlaceOrder
        do throws(InvalidValue) {
            order = try PlaceOrder(
                source: source, reference: body.reference, lines: body.lines, payment: payment,
                recipient: body.recipient, by: person)
        } catch {
            throw Problem(.invalidBody, error.description)
        }
        do throws(OrderError) {
            let placed = try await desk.place(order)
            let answer = Answer(reference: body.reference, placed: placed, payment: payment)
            return Response(answer, as: Self.placed, status: .created)
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
        /// What the command says: a repetition says the same, or it would be a conflict.
        var state: OrderState
        var heldUntil: Timestamp?
    }

    private static let line = JSONType<PlaceOrder.Line>.object(
        "PlaceOrderLine", about: "what is bought",
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
            "PlaceOrder", about: "an order to place, all of it or nothing", source,
            .required("reference", \.reference, .reference, about: "the source's number for the order"),
            .optional(
                "hold_seconds", \.holdSeconds, .integer(1...86_400),
                about: "how long an unpaid order holds stock; absent: it is paid"),
            .required("lines", \.lines, .array(of: line, count: 1...PlaceOrder.maximumLines), about: "what is bought"),
            .optional(
                "recipient", \.recipient, .recipient,
                about: "no part of what a repetition is told by: the recipient that came first stays"),
            make: Body.init)
    }

    static let placed = JSONType<Answer>.object(
        "PlacedOrder", about: "an order as it was when it was placed, however often it is sent",
        .required("id", \.placed.id, .id(), about: "its identity, for ever"),
        .required("reference", \.reference, .reference, about: "the source's number for the order"),
        .required("total_fen", \.placed.total, .fen, about: "what it costs, in whole fen"),
        .required("placed_at", \.placed.placedAt, .timestamp, about: "when it was placed"),
        .required(
            "state", \.state, .choice(of: OrderState.self),
            about:
                "what it was placed as: held until it is paid, or committed. Ask for the order to know what has become of it"
        ),
        .optional(
            "held_until", \.heldUntil, .timestamp, about: "until when it holds its stock unpaid; absent: it was paid"),
        make: { id, reference, total, at, state, until in
            Answer(
                reference: reference, placed: PlacedOrder(id: id, total: total, placedAt: at), state: state,
                heldUntil: until)
        })
}

extension OrdersResource.Answer {
    /// What was placed, and on which terms.
    init(reference: OrderReference, placed: PlacedOrder, payment: PlaceOrder.Payment) {
        switch payment {
        case .paid: self.init(reference: reference, placed: placed, state: .committed, heldUntil: nil)
        case .due(let seconds):
            let end = placed.placedAt.microsecondsSince1970 + Int64(seconds) * 1_000_000
            self.init(
                reference: reference, placed: placed, state: .held, heldUntil: Timestamp(microsecondsSince1970: end))
        }
    }
}
