internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// What is changed of an order beside its lines: where it goes, when it has to leave, and whether it may.
struct OrderAmendmentsResource: Sendable {
    let orders: Orders

    private static let problems: [Problem.Code] = [
        .notFound, .invalidParameter, .invalidBody, .notEditable, .outcomeUnknown, .unavailable,
    ]

    var routes: [Route] {
        [
            Route(
                method: .put, path: "/v1/orders/{id}/recipient", operation: "readdressOrder",
                summary: "Correct who gets an order, until it is packed.",
                audience: .roles([.source, .operator]), parameters: [OrderResource.id], body: Self.recipient.schema,
                answer: Self.details.schema, problems: Self.problems + [.recipientsNotConfigured],
                handle: readdress),
            Route(
                method: .put, path: "/v1/orders/{id}/terms", operation: "amendOrder",
                summary: "Say when an order has to leave, and add the seller's note.",
                audience: .roles([.source, .operator]), parameters: [OrderResource.id], body: Self.terms.schema,
                answer: Self.details.schema, problems: Self.problems, handle: amend),
            route(
                .lockForRefund, "refund-lock", "lockOrder",
                "A refund is asked for: nothing of the order leaves the house. Again: the same answer."),
            route(
                .unlock, "refund-unlock", "unlockOrder",
                "The refund is settled or withdrawn: the order may leave. Again: the same answer."),
        ]
    }

    private func route(_ amendment: OrderAmendment, _ verb: String, _ operation: String, _ summary: String) -> Route {
        Route(
            method: .post, path: "/v1/orders/{id}/\(verb)", operation: operation, summary: summary,
            audience: .roles([.source, .operator]), parameters: [OrderResource.id], body: nil,
            answer: Self.details.schema, problems: Self.problems
        ) { (request) async throws(Problem) in
            try request.query()
            guard request.request.body.isEmpty else { throw Problem(.invalidBody, "This takes no body.") }
            return try await apply(amendment, to: request)
        }
    }

    private func readdress(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        return try await apply(.recipient(try request.body(Self.recipient)), to: request)
    }

    private func amend(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let body = try request.body(Self.terms)
        return try await apply(
            .terms(shipBy: body.shipBy, shipNotBefore: body.shipNotBefore, sellerNote: body.sellerNote), to: request)
    }

    private func apply(_ amendment: OrderAmendment, to request: RoutedRequest) async throws(Problem) -> Response {
        let (order, scope, person) = (try request.order, try request.orderScope, try request.actingPerson)
        do throws(AmendmentError) {
            return Response(try await orders.amend(order, amendment, from: scope, by: person), as: Self.details)
        } catch {
            throw Problem(error)
        }
    }

    // MARK: Bodies

    private static let terms = JSONType<OrderTerms>.object(
        "AmendOrder", about: "what is to be said of an order; what is absent stays as it is",
        .optional("ship_by", \.shipBy, .instant, about: "when it has to have left"),
        .optional("ship_not_before", \.shipNotBefore, .instant, about: "before when it must not leave"),
        .optional("seller_note", \.sellerNote, .orderNote, about: "what the seller wrote"),
        make: { OrderTerms(shipBy: $0, shipNotBefore: $1, sellerNote: $2) })

    private static let recipient = JSONType<Recipient>.recipient
    private static let details = JSONType<OrderDetails>.orderDetails
}

extension Problem {
    /// Why an order was not amended.
    init(_ error: AmendmentError) {
        switch error {
        case .unknownOrder: self = .unknownOrder
        case .over(let state): self.init(.notEditable, "An order that is \(state.rawValue) is not amended any more.")
        case .shippingTimes:
            self.init(.invalidBody, InvalidValue.shippingTimes.description, at: "/ship_not_before")
        case .tooManyAddresses:
            self.init(.notEditable, "The address was corrected too often: cancel the order and place another.")
        case .recipientsNotConfigured: self.init(IntakeError.recipientsNotConfigured)
        case .outcomeUnknown: self.init(IntakeError.outcomeUnknown)
        case .database(let cause): self.init(database: cause)
        }
    }
}
