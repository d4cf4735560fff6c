internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/warehouses`
struct WarehousesResource: Sendable {
    let stock: Stock

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/warehouses", operation: "listWarehouses",
                summary: "The warehouses in the order of their codes.",
                audience: .roles(Set(Role.allCases)), body: nil, answer: Self.listing.schema,
                problems: [.invalidParameter, .unavailable], handle: list),
            Route(
                method: .post, path: "/v1/warehouses", operation: "addWarehouse",
                summary: "Add a warehouse.",
                audience: .roles([.operator]), body: Self.warehouse.schema, answer: Self.warehouse.schema,
                statuses: [.created], problems: [.invalidParameter, .codeTaken, .outcomeUnknown, .unavailable],
                handle: add),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let warehouses = try await Problem.asking { () throws(StockError) in try await stock.warehouses() }
        return Response(warehouses.map { Body(code: $0.code, name: $0.name) }, as: Self.listing)
    }

    private func add(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let body = try request.body(Self.warehouse)
        let principal = try request.principal
        _ = try await Problem.asking { () throws(StockError) in
            try await stock.addWarehouse(code: body.code, name: body.name, by: principal)
        }
        return Response(body, as: Self.warehouse, status: .created)
    }

    // MARK: Bodies

    private struct Body: Sendable {
        var code: WarehouseCode
        var name: Name
    }

    private static let warehouse = JSONType<Body>.object(
        "Warehouse", about: "a building where goods stand",
        .required("code", \.code, .code(), about: "its short name, for ever"),
        .required("name", \.name, .name, about: "what people call it"),
        make: Body.init)

    private static let listing = JSONType<[Body]>.object(
        "WarehouseList", about: "warehouses in the order of their codes",
        .required(
            "warehouses", { @Sendable bodies in bodies }, .array(of: warehouse, count: 0...Int(Stock.maximumPage))),
        make: { $0 })
}
