internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// `/v1/products/{sku}/limit`: how much of a SKU one buyer may have.
struct ProductLimitResource: Sendable {
    let catalog: Catalog

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/products/{sku}/limit", operation: "showLimit",
                summary: "How much of a SKU one buyer may have.",
                audience: .roles(Set(Role.allCases)), parameters: [RouteParameter.product], body: nil,
                answer: Self.limit.schema, problems: [.notFound, .invalidParameter, .unavailable], handle: show),
            Route(
                method: .put, path: "/v1/products/{sku}/limit", operation: "putLimit",
                summary: "Limit how much of a SKU one buyer may have, or take the limit away.",
                audience: .roles([.operator]), parameters: [RouteParameter.product], body: Self.change.schema,
                answer: Self.limit.schema,
                problems: [.notFound, .invalidParameter, .outcomeUnknown, .unavailable], handle: put),
        ]
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let sku = try await catalog.product(of: request).code
        let limit = try await Problem.asking { () throws(CatalogError) in try await catalog.limit(of: sku) }
        return Response(Document(limit), as: Self.limit)
    }

    private func put(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let quantity = try request.body(Self.change)
        let principal = try request.principal
        let sku = try await catalog.product(of: request).code
        let limit = try await Problem.asking { () throws(CatalogError) in
            try await catalog.limit(sku, to: quantity, by: principal)
        }
        return Response(Document(limit), as: Self.limit)
    }

    // MARK: Bodies

    private struct Document: Sendable {
        var quantity: Quantity?
        var since: Timestamp?

        init(_ limit: BuyerLimit?) { self.init(quantity: limit?.quantity, since: limit?.since) }

        init(quantity: Quantity?, since: Timestamp?) { (self.quantity, self.since) = (quantity, since) }
    }

    private static let change = JSONType<Quantity?>.object(
        "BuyerLimitChange", about: "how much of a SKU one buyer is to be allowed",
        .required(
            "quantity", { @Sendable quantity in quantity }, .nullable(.quantity),
            about: "in the SKU's base unit; null: as much as there is"),
        make: { $0 })

    private static let limit = JSONType<Document>.object(
        "BuyerLimit", about: "how much of a SKU one buyer may have, unpaid orders included",
        .optional("quantity", \.quantity, .quantity, about: "in the SKU's base unit; absent: there is no limit"),
        .optional("since", \.since, .timestamp, about: "orders placed before do not count"),
        make: Document.init(quantity:since:))
}

extension RouteParameter {
    /// The SKU that a path is about.
    static let product = RouteParameter.path("sku", JSONType<SKUCode>.code(), about: "the SKU's code")
}

extension Catalog {
    /// The SKU that the path names, if the asker may see it.
    func product(of request: RoutedRequest) async throws(Problem) -> SKU {
        let unknown = Problem(.notFound, "There is no such product.")
        guard let code = SKUCode(rawValue: request.parameters[0]) else { throw unknown }
        let own = try request.caller.owner
        let found = try await Problem.asking { () throws(CatalogError) in try await skus(of: [code]) }
        guard let sku = found.first, own == nil || sku.owner == own else { throw unknown }
        return sku
    }
}
