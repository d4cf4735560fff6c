internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/owners`
struct OwnersResource: Sendable {
    let catalog: Catalog

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/owners", operation: "listOwners",
                summary: "Whose goods there are, in the order of the codes; a cooperative sees itself.",
                audience: .roles(Set(Role.allCases)), body: nil, answer: Self.listing.schema,
                problems: [.invalidParameter, .unavailable], handle: list),
            Route(
                method: .post, path: "/v1/owners", operation: "addOwner",
                summary: "Add an owner.",
                audience: .roles([.operator]), body: Self.owner.schema, answer: Self.owner.schema,
                statuses: [.created], problems: [.invalidParameter, .codeTaken, .outcomeUnknown, .unavailable],
                handle: add),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let own = try request.caller.owner
        let owners = try await Problem.asking { () throws(CatalogError) in try await catalog.owners(only: own) }
        return Response(owners.map { Body(code: $0.code, name: $0.name, kind: $0.kind) }, as: Self.listing)
    }

    private func add(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let body = try request.body(Self.owner)
        let principal = try request.principal
        _ = try await Problem.asking { () throws(CatalogError) in
            try await catalog.addOwner(code: body.code, name: body.name, kind: body.kind, by: principal)
        }
        return Response(body, as: Self.owner, status: .created)
    }

    // MARK: Bodies

    private struct Body: Sendable {
        var code: OwnerCode
        var name: Name
        var kind: Owner.Kind
    }

    private static let owner = JSONType<Body>.object(
        "Owner", about: "whose goods they are",
        .required("code", \.code, .code(), about: "its short name, for ever"),
        .required("name", \.name, .name, about: "what people call it"),
        .required("kind", \.kind, .choice(of: Owner.Kind.self), about: "what kind of owner it is"), make: Body.init)

    private static let listing = JSONType<[Body]>.object(
        "OwnerList", about: "owners in the order of their codes",
        .required("owners", { @Sendable bodies in bodies }, .array(of: owner, count: 0...Int(Catalog.maximumPage))),
        make: { $0 })
}
