internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// What is done to an order under `/v1/orders/{id}`.
struct OrderChangesResource: Sendable {
    let desk: OrderDesk

    private static let problems: [Problem.Code] = [
        .notFound, .invalidParameter, .invalidBody, .orderDamaged, .busy, .outcomeUnknown, .unavailable,
    ]

    /// In the order of an order's life, in which the page about the API shows their examples.
    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/orders/{id}/reduce", operation: "reduceOrder",
                summary: "Cancel an order in part: say how much of a line remains. Again: the same answer.",
                audience: .roles([.source, .operator]), parameters: [Self.id], body: Self.reduction.schema,
                answer: Self.summary.schema,
                problems: Self.problems + [
                    .notCancellable, .revisionConflict, .unknownLine, .moreThanOrdered, .nothingRemains,
                ],
                handle: reduce),
            Route(
                method: .put, path: "/v1/orders/{id}/lines", operation: "editOrder",
                summary: "Give an unpaid order other lines, all of them or none. Again: the same answer.",
                audience: .roles([.source, .operator]), parameters: [Self.id], body: Self.edit.schema,
                answer: Self.summary.schema,
                problems: Self.problems + [
                    .notEditable, .revisionConflict, .unknownSKU, .noPrice, .amountTooLarge, .soldOut, .buyerRequired,
                    .buyerLimit, .tooManyLines,
                ],
                handle: edit),
            route(
                .pay, "pay", "payOrder",
                "Mark an order as paid: its holds become commitments. Again: the same answer.", [.notPayable]),
            route(
                .claim, "claim", "claimOrder",
                "Look again for the goods that a paid order is short of.", [.notClaimable]),
            route(
                .cancel, "cancel", "cancelOrder",
                "Call an order off and give back what it claims. Again: the same answer.", [.notCancellable]),
        ]
    }

    /// One that takes no body.
    private func route(
        _ change: ChangeOrder.Change, _ verb: String, _ operation: String, _ summary: String, _ more: [Problem.Code]
    ) -> Route {
        Route(
            method: .post, path: "/v1/orders/{id}/\(verb)", operation: operation, summary: summary,
            audience: .roles([.source, .operator]), parameters: [Self.id], body: nil, answer: Self.summary.schema,
            problems: Self.problems + more
        ) { (request) async throws(Problem) in
            try request.query()
            guard request.request.body.isEmpty else { throw Problem(.invalidBody, "This takes no body.") }
            return try await apply(change, revision: nil, to: request)
        }
    }

    private func edit(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let body = try request.body(Self.edit)
        return try await apply(.edit(body.lines), revision: body.revision, to: request)
    }

    private func reduce(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let body = try request.body(Self.reduction)
        return try await apply(.reduce(body.lines), revision: body.revision, to: request)
    }

    private func apply(
        _ change: ChangeOrder.Change, revision: Int32?, to request: RoutedRequest
    ) async throws(Problem) -> Response {
        let (order, scope, person) = (try request.order, try request.orderScope, try request.actingPerson)
        let command: ChangeOrder
        do throws(InvalidValue) {
            command = try ChangeOrder(change, order, from: scope, revision: revision, by: person)
        } catch {
            throw Problem(.invalidBody, error.description, at: "/lines")
        }
        do throws(IntakeError) {
            return Response(try await desk.change(command).order, as: Self.summary)
        } catch {
            throw Problem(error, lines: change.skus, positions: change.positions)
        }
    }

    // MARK: Bodies

    private struct Edit: Sendable {
        var lines: [PlaceOrder.Line]
        var revision: Int32?
    }

    private struct Reduction: Sendable {
        var lines: [ChangeOrder.Remainder]
        var revision: Int32?
    }

    private static let edit = JSONType<Edit>.object(
        "EditOrder", about: "the lines that an unpaid order is to have",
        .required(
            "lines", \.lines, .array(of: .placeOrderLine, count: 1...PlaceOrder.maximumLines), about: "what is bought"),
        .optional("revision", \.revision, .revision, about: Self.revisionMeaning), make: Edit.init)

    private static let reduction = JSONType<Reduction>.object(
        "ReduceOrder", about: "how much of some lines remains",
        .required(
            "lines", \.lines, .array(of: remainder, count: 1...PlaceOrder.maximumLines),
            about: "lines of which less is wanted"),
        .optional("revision", \.revision, .revision, about: Self.revisionMeaning), make: Reduction.init)

    private static let remainder = JSONType<ChangeOrder.Remainder>.object(
        "Remainder", about: "how much of one line remains",
        .required("line", \.position, .position, about: "its number in the order"),
        .required("quantity", \.quantity, .remainder, about: "in the SKU's base unit; 0 cancels the line"),
        make: ChangeOrder.Remainder.init)

    private static var revisionMeaning: String {
        "the revision that is meant; the order has another: 409, and nothing has happened. Absent: any"
    }

    private static let id = OrderResource.id
    private static let summary = JSONType<OrderSummary>.orderSummary
}

extension ChangeOrder.Change {
    /// The SKUs of its lines, in their order.
    fileprivate var skus: [SKUCode] {
        if case .edit(let lines) = self { lines.map(\.sku) } else { [] }
    }

    /// The numbers of its lines, in their order.
    fileprivate var positions: [Int16] {
        if case .reduce(let remainders) = self { remainders.map(\.position) } else { [] }
    }
}

extension RoutedRequest {
    /// The order that the path names; what is no id names none.
    var order: OrderIdentity {
        get throws(Problem) {
            guard let id = ID<CustomerOrder>(parameters[0]) else { throw .unknownOrder }
            return .id(id)
        }
    }

    /// The person who places or changes an order; nil for its source, whose orders are their own record.
    var actingPerson: Principal? {
        get throws(Problem) { try orderScope == nil ? try principal : nil }
    }
}
