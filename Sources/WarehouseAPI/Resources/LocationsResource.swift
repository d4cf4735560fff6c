internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/warehouses/{warehouse}/locations`
struct LocationsResource: Sendable {
    let stock: Stock

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/warehouses/{warehouse}/locations", operation: "listLocations",
                summary: "A warehouse's storage locations in the order of their codes.",
                audience: .roles(Set(Role.allCases)), parameters: [Self.named], body: nil, answer: Self.listing.schema,
                problems: [.notFound, .invalidParameter, .unavailable], handle: list),
            Route(
                method: .post, path: "/v1/warehouses/{warehouse}/locations", operation: "addLocation",
                summary: "Add a storage location to a warehouse.",
                audience: .roles([.operator]), parameters: [Self.named], body: Self.location.schema,
                answer: Self.location.schema, statuses: [.created],
                problems: [.notFound, .invalidParameter, .codeTaken, .outcomeUnknown, .unavailable], handle: add),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let code = try Self.warehouse(request)
        let (warehouse, locations) = try await Problem.asking { () throws(StockError) in
            (try await stock.warehouse(code), try await stock.locations(of: code))
        }
        guard warehouse != nil else { throw .unknownWarehouse }
        return Response(locations.map { Body(code: $0.code, storageClass: $0.storageClass) }, as: Self.listing)
    }

    private func add(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let code = try Self.warehouse(request)
        let body = try request.body(Self.location)
        let principal = try request.principal
        do throws(StockError) {
            _ = try await stock.addLocation(
                code: body.code, in: code, storageClass: body.storageClass, by: principal)
        } catch {
            // The path named it, not the body.
            if case .unknownWarehouse = error { throw .unknownWarehouse }
            throw Problem(error)
        }
        return Response(body, as: Self.location, status: .created)
    }

    private static let named = RouteParameter.path(
        "warehouse", JSONType<WarehouseCode>.code(), about: "the warehouse's code")

    /// The warehouse that the path names; what is no code names none.
    private static func warehouse(_ request: RoutedRequest) throws(Problem) -> WarehouseCode {
        guard let code = WarehouseCode(rawValue: request.parameters[0]) else { throw .unknownWarehouse }
        return code
    }

    // MARK: Bodies

    private struct Body: Sendable {
        var code: LocationCode
        var storageClass: StorageClass
    }

    private static let location = JSONType<Body>.object(
        "Location", about: "a place in a warehouse where goods stand",
        .required("code", \.code, .code(), about: "its short name, unique in the warehouse"),
        .required("storage_class", \.storageClass, .choice(of: StorageClass.self), about: "how cold it is"),
        make: Body.init)

    private static let listing = JSONType<[Body]>.object(
        "LocationList", about: "storage locations in the order of their codes",
        .required("locations", { @Sendable bodies in bodies }, .array(of: location, count: 0...Int(Stock.maximumPage))),
        make: { $0 })
}

extension Problem {
    fileprivate static var unknownWarehouse: Problem { Problem(.notFound, "There is no such warehouse.") }
}
