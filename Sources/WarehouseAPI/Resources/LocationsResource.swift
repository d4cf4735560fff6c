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
                audience: .roles(Set(Role.allCases)), parameters: [.warehouse], body: nil,
                answer: LocationDocument.list.schema,
                problems: [.notFound, .invalidParameter, .unavailable], handle: list),
            Route(
                method: .post, path: "/v1/warehouses/{warehouse}/locations", operation: "addLocation",
                summary: "Add a storage location to a warehouse.",
                audience: .roles([.operator]), parameters: [.warehouse], body: LocationDocument.json.schema,
                answer: LocationDocument.json.schema, statuses: [.created],
                problems: [
                    .notFound, .invalidParameter, .codeTaken, .unknownZone, .closed, .outcomeUnknown, .unavailable,
                ],
                handle: add),
            Route(
                method: .put, path: "/v1/warehouses/{warehouse}/locations/{location}", operation: "changeLocation",
                summary: "Say what a location is from now on; one where something stands is not closed.",
                audience: .roles([.operator]), parameters: [.warehouse, Self.named], body: LocationTerms.json.schema,
                answer: LocationDocument.json.schema,
                problems: [
                    .notFound, .invalidParameter, .unknownZone, .closed, .notEmpty, .outcomeUnknown, .unavailable,
                ],
                handle: change),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let code = try request.warehouse
        let (warehouse, locations) = try await Problem.asking { () throws(StockError) in
            (try await stock.warehouse(code), try await stock.locations(of: code))
        }
        guard warehouse != nil else { throw .noSuchWarehouse }
        return Response(locations.map { LocationDocument($0) }, as: LocationDocument.list)
    }

    private func add(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let code = try request.warehouse
        let body = try request.body(LocationDocument.json)
        let principal = try request.principal
        let location = try await Problem.asking(inWarehouse: code) { () throws(StockError) in
            try await stock.addLocation(code: body.code, in: code, terms: body.terms, by: principal)
        }
        return Response(LocationDocument(location), as: LocationDocument.json, status: .created)
    }

    private func change(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let warehouse = try request.warehouse
        let terms = try request.body(LocationTerms.json)
        let principal = try request.principal
        let unknown = Problem(.notFound, "The warehouse has no such location.")
        guard let code = LocationCode(rawValue: request.parameters[1]) else { throw unknown }
        let location: Location
        do throws(StockError) {
            location = try await stock.changeLocation(code, in: warehouse, by: principal) { $0 = terms }
        } catch {
            // The path named it, not the body.
            switch error {
            case .unknownWarehouse: throw .noSuchWarehouse
            case .unknownLocation: throw unknown
            default: throw Problem(error)
            }
        }
        return Response(LocationDocument(location), as: LocationDocument.json)
    }

    private static let named = RouteParameter.path(
        "location", JSONType<LocationCode>.code(), about: "the location's code")
}

extension RouteParameter {
    /// The warehouse that a path is about.
    static let warehouse = RouteParameter.path(
        "warehouse", JSONType<WarehouseCode>.code(), about: "the warehouse's code")
}

extension RoutedRequest {
    /// The warehouse that the path names first; what is no code names none.
    var warehouse: WarehouseCode {
        get throws(Problem) {
            guard let code = WarehouseCode(rawValue: parameters[0]) else { throw .noSuchWarehouse }
            return code
        }
    }
}

extension Problem {
    static var noSuchWarehouse: Problem { Problem(.notFound, "There is no such warehouse.") }

    /// Runs `body`, which is about the warehouse that the path names, not the body.
    static func asking<Value>(
        inWarehouse code: WarehouseCode, _ body: () async throws(StockError) -> Value
    ) async throws(Problem) -> Value {
        do throws(StockError) {
            return try await body()
        } catch {
            if case .unknownWarehouse(code) = error { throw .noSuchWarehouse }
            throw Problem(error)
        }
    }
}
