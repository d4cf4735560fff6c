internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// Places orders: `POST /v1/orders` and `POST /v1/orders/batch`
struct OrdersResource: Sendable {
    let desk: OrderDesk
    let orders: Orders

    /// The most orders that one request places.
    static let mostOrders = 1_000
    /// The most orders of one request that are compared with what stands under their references.
    private static let mostCompared = 20

    private static let refusals: [Problem.Code] = [
        .unknownSKU, .noPrice, .amountTooLarge, .soldOut, .buyerRequired, .buyerLimit, .referenceConflict,
        .recipientsNotConfigured, .busy, .outcomeUnknown, .unavailable,
    ]

    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/orders", operation: "placeOrder",
                summary: "Place an order, all of it or nothing. The same reference gives the same answer.",
                audience: .roles([.source, .operator]), body: PlaceOrderDocument.own.schema,
                answer: PlaceOrderDocument.placed.schema, statuses: [.created],
                problems: [.invalidParameter, .tooManyLines] + Self.refusals, handle: place),
            Route(
                method: .post, path: "/v1/orders/batch", operation: "placeOrders",
                summary: "Place up to 1,000 orders, each for itself, with an answer for each.",
                audience: .roles([.source, .operator]), body: Self.batch(of: PlaceOrderDocument.own).schema,
                answer: Self.results.schema, problems: [.invalidParameter], handle: placeAll),
        ]
    }

    // MARK: One

    private func place(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let own = try request.caller.source
        let document = try request.body(own == nil ? PlaceOrderDocument.named : PlaceOrderDocument.own)
        let order = try document.command(of: own, by: try request.actingPerson)
        do throws(IntakeError) {
            let placed = try await desk.place(order)
            let answer = PlaceOrderDocument.Answer(placed, of: order)
            return Response(answer, as: PlaceOrderDocument.placed, status: .created)
        } catch {
            var problem = Problem(error, lines: order.lines.map(\.sku))
            if case .refused(.otherOrderUnderReference) = error { problem.faults = await differences(of: order) }
            throw problem
        }
    }

    /// In what an order differs from the one that has its reference; without an answer of the database, only that it does.
    private func differences(of order: PlaceOrder) async -> [Problem.FieldFault] {
        let standing = try? await orders.details(of: .key(order.key))
        return (standing.flatMap { $0 }.map(order.conflicts(with:)) ?? [.unknown]).map { conflict in
            Problem.FieldFault(
                pointer: conflict.pointer, code: Problem.Code.referenceConflict.rawValue, detail: "\(conflict)")
        }
    }

    // MARK: Many

    private static func batch(of order: JSONType<PlaceOrderDocument>) -> JSONType<[PlaceOrderDocument]> {
        .object(
            "PlaceOrders", about: "orders to place, each for itself",
            .required(
                "orders", { @Sendable orders in orders }, .array(of: order, count: 1...mostOrders),
                about: "each as if it were sent alone, in this order"),
            make: { $0 })
    }

    private static let results = JSONType<[BatchResult]>.object(
        "PlacedOrders", about: "what has become of each order, in the order in which they were sent",
        .required(
            "results", { @Sendable results in results }, .array(of: BatchResult.type, count: 1...mostOrders),
            about: "an order or a problem"),
        make: { $0 })

    private func placeAll(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let (own, person) = (try request.caller.source, try request.actingPerson)
        let documents = try request.body(
            Self.batch(of: own == nil ? PlaceOrderDocument.named : PlaceOrderDocument.own))
        var results: [BatchResult?] = Array(repeating: nil, count: documents.count)
        var orders: [(index: Int, order: PlaceOrder)] = []
        for (index, document) in documents.enumerated() {
            do throws(Problem) {
                orders.append((index, try document.command(of: own, by: person)))
            } catch {
                // Whoever speaks for another source is refused as a whole, as with one order.
                guard error.code != .forbidden else {
                    throw Problem(error.code, error.detail, at: "/orders/\(index)/source")
                }
                results[index] = BatchResult(reference: document.reference, problem: error)
            }
        }
        let answers = await desk.place(orders.map(\.order))
        var compared = 0
        for ((index, order), answer) in zip(orders, answers) {
            switch answer {
            case .success(let placed): results[index] = BatchResult(PlaceOrderDocument.Answer(placed, of: order))
            case .failure(let error):
                var problem = Problem(error, lines: order.lines.map(\.sku))
                if case .refused(.otherOrderUnderReference) = error, compared < Self.mostCompared {
                    compared += 1
                    problem.faults = await differences(of: order)
                }
                results[index] = BatchResult(reference: order.key.reference, problem: problem)
            }
        }
        return Response(results.compactMap { $0 }, as: Self.results)
    }
}
