internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// Reads orders: `/v1/orders/{id}` and the list of them
struct OrderResource: Sendable {
    let orders: Orders

    /// How many orders a page has unless the query says otherwise.
    private static let usualPage: Int32 = 50

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/orders", operation: "listOrders",
                summary: "The orders, the newest first, a page at a time; one by source and reference.",
                audience: .roles([.source, .warehouse, .operator]), parameters: Self.parameters, body: nil,
                answer: Self.page.schema, problems: [.invalidParameter, .unavailable], handle: list),
            Route(
                method: .get, path: "/v1/orders/{id}", operation: "showOrder",
                summary: "One order with its lines; who gets it, masked.",
                audience: .roles([.source, .warehouse, .operator]), parameters: [Self.id], body: nil,
                answer: Self.details.schema, problems: [.notFound, .invalidParameter, .unavailable], handle: show),
            Route(
                method: .get, path: "/v1/orders/{id}/recipient", operation: "revealRecipient",
                summary: "Who gets an order, in clear; who asks is recorded.",
                audience: .roles([.warehouse, .operator]), parameters: [Self.id], body: nil,
                answer: Self.recipient.schema,
                problems: [.notFound, .invalidParameter, .recipientErased, .recipientUnreadable, .unavailable],
                handle: reveal),
        ]
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let order = try request.order
        let scope = try request.orderScope
        let found = try await Self.asking { () throws(OrdersError) in
            try await orders.details(of: order, from: scope)
        }
        guard let found else { throw Problem.unknownOrder }
        return Response(found, as: Self.details)
    }

    private func reveal(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let order = try request.order
        let (scope, principal) = (try request.orderScope, try request.principal)
        let recipient = try await Self.asking { () throws(OrdersError) in
            try await orders.revealRecipient(of: order, from: scope, by: principal)
        }
        return Response(
            status: .ok, fields: [.contentType: "application/json", .cacheControl: "no-store"],
            body: Self.recipient.bytes(of: recipient))
    }

    // MARK: The list

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parameters)
        let (named, reference, state) = (query[Self.source], query[Self.reference], query[Self.state])
        let (after, limit) = (query[Self.after], query[Self.limit] ?? Self.usualPage)
        let scope = try request.orderScope
        // Another source's orders are not there, which is no problem of a filter.
        if let scope, let named, named != scope { return Response(OrderPage(orders: [], next: nil), as: Self.page) }
        let source = scope ?? named
        if let reference {
            guard let source else {
                throw Problem("reference is a source's own: give source too.", parameter: "reference")
            }
            return try await one(OrderKey(source: source, reference: reference), in: state)
        }
        let page = try await Self.asking { () throws(OrdersError) in
            try await orders.list(before: after, source: source, state: state, limit: limit)
        }
        return Response(page, as: Self.page)
    }

    private func one(_ key: OrderKey, in state: OrderState?) async throws(Problem) -> Response {
        let found = try await Self.asking { () throws(OrdersError) in try await orders.details(of: .key(key)) }
        let summaries = [found?.summary].compactMap { $0 }.filter { state == nil || $0.state == state }
        return Response(OrderPage(orders: summaries, next: nil), as: Self.page)
    }

    // MARK: Parameters

    static let id = RouteParameter.path("id", JSONType<ID<CustomerOrder>>.id(), about: "the order's identity")
    private static let source = QueryParameter<OrderSource>("source", .source, about: "only orders of this source")
    private static let reference = QueryParameter<OrderReference>(
        "reference", .reference, about: "only the order of this reference; whoever is no source gives `source` too")
    private static let state = QueryParameter<OrderState>(
        "state", .choice(of: OrderState.self), about: "only orders in this state")
    private static let after = QueryParameter<ID<CustomerOrder>>.after(.id())
    private static let limit = QueryParameter.limit(usual: usualPage, most: Orders.maximumPage)
    private static let parameters = [
        source.declaration, reference.declaration, state.declaration, after.declaration, limit.declaration,
    ]

    // MARK: Requests and answers

    private static func asking<Value>(
        _ body: () async throws(OrdersError) -> Value
    ) async throws(Problem) -> Value {
        do throws(OrdersError) { return try await body() } catch { throw Problem(error) }
    }

    private static let details = JSONType<OrderDetails>.orderDetails
    private static let page = JSONType<OrderPage>.orderPage
    private static let recipient = JSONType<Recipient>.recipient
}
