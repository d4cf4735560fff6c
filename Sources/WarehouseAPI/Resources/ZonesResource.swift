internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/warehouses/{warehouse}/zones`
struct ZonesResource: Sendable {
    let stock: Stock

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/warehouses/{warehouse}/zones", operation: "listZones",
                summary: "A warehouse's zones in the order of their codes.",
                audience: .roles(Set(Role.allCases)), parameters: [.warehouse], body: nil, answer: Self.listing.schema,
                problems: [.notFound, .invalidParameter, .unavailable], handle: list),
            Route(
                method: .post, path: "/v1/warehouses/{warehouse}/zones", operation: "addZone",
                summary: "Add a zone to a warehouse.",
                audience: .roles([.operator]), parameters: [.warehouse], body: Self.addition.schema,
                answer: Self.zone.schema, statuses: [.created],
                problems: [.notFound, .invalidParameter, .codeTaken, .outcomeUnknown, .unavailable], handle: add),
            Route(
                method: .put, path: "/v1/warehouses/{warehouse}/zones/{zone}", operation: "changeZone",
                summary: "Name a zone, close it or open it; one with open locations is not closed.",
                audience: .roles([.operator]), parameters: [.warehouse, Self.named], body: Self.terms.schema,
                answer: Self.zone.schema,
                problems: [.notFound, .invalidParameter, .notEmpty, .outcomeUnknown, .unavailable], handle: change),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let code = try request.warehouse
        let (warehouse, zones) = try await Problem.asking { () throws(StockError) in
            (try await stock.warehouse(code), try await stock.zones(of: code))
        }
        guard warehouse != nil else { throw .noSuchWarehouse }
        return Response(zones.map { Document($0) }, as: Self.listing)
    }

    private func add(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let warehouse = try request.warehouse
        let body = try request.body(Self.addition)
        let principal = try request.principal
        let zone = try await Problem.asking(inWarehouse: warehouse) { () throws(StockError) in
            try await stock.addZone(code: body.code, in: warehouse, name: body.name, by: principal)
        }
        return Response(Document(zone), as: Self.zone, status: .created)
    }

    private func change(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let warehouse = try request.warehouse
        let terms = try request.body(Self.terms)
        let principal = try request.principal
        let unknown = Problem(.notFound, "The warehouse has no such zone.")
        guard let code = ZoneCode(rawValue: request.parameters[1]) else { throw unknown }
        let zone: Zone
        do throws(StockError) {
            zone = try await stock.changeZone(
                code, in: warehouse, name: terms.name, isClosed: terms.closed ?? false, by: principal)
        } catch {
            // The path named it, not the body.
            switch error {
            case .unknownWarehouse: throw .noSuchWarehouse
            case .unknownZone: throw unknown
            default: throw Problem(error)
            }
        }
        return Response(Document(zone), as: Self.zone)
    }

    private static let named = RouteParameter.path("zone", JSONType<ZoneCode>.code(), about: "the zone's code")

    // MARK: Bodies

    private struct Terms: Sendable {
        var name: Name
        var closed: Bool?
    }

    private struct Document: Sendable {
        var code: ZoneCode
        var name: Name
        var closed: Bool?

        init(code: ZoneCode, name: Name, closed: Bool?) {
            (self.code, self.name, self.closed) = (code, name, closed)
        }

        init(_ zone: Zone) { self.init(code: zone.code, name: zone.name, closed: zone.isClosed ? true : nil) }
    }

    private static let terms = JSONType<Terms>.object(
        "ZoneTerms", about: "what a zone is from now on",
        .required("name", \.name, .name, about: "what people call it"),
        .optional("closed", \.closed, .boolean, about: "true: no location may be in it; absent: it is open"),
        make: Terms.init)

    private static let addition = JSONType<(code: ZoneCode, name: Name)>.object(
        "NewZone", about: "a part of a warehouse that is new",
        .required("code", \.code, .code(), about: "its short name, unique in the warehouse"),
        .required("name", \.name, .name, about: "what people call it"),
        make: { (code: $0, name: $1) })

    private static let zone = JSONType<Document>.object(
        "Zone", about: "a part of a warehouse that people call by one name",
        .required("code", \.code, .code(), about: "its short name, unique in the warehouse"),
        .required("name", \.name, .name, about: "what people call it"),
        .optional("closed", \.closed, .boolean, about: "true: no location may be in it; absent: it is open"),
        make: Document.init(code:name:closed:))

    private static let listing = JSONType<[Document]>.object(
        "ZoneList", about: "zones in the order of their codes",
        .required("zones", { @Sendable bodies in bodies }, .array(of: zone, count: 0...Int(Stock.maximumPage))),
        make: { $0 })
}
