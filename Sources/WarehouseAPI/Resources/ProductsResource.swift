internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/products`
struct ProductsResource: Sendable {
    let catalog: Catalog
    let authenticator: Authenticator

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/products", operation: "listProducts",
                summary: "The SKUs in the order of their codes, a page at a time; a cooperative sees its own.",
                audience: .roles(Set(Role.allCases)), parameters: Self.parameters, body: nil,
                answer: ProductPage.json.schema, problems: [.invalidParameter, .unavailable], formats: [.json, .csv],
                handle: list),
            Route(
                method: .get, path: "/v1/products/{sku}", operation: "showProduct",
                summary: "One SKU.",
                audience: .roles(Set(Role.allCases)), parameters: [Self.sku] + RouteParameter.conditions, body: nil,
                answer: ProductDocument.json.schema, statuses: [.ok, .notModified], fields: [.eTag],
                problems: [.notFound, .invalidParameter, .preconditionFailed, .unavailable], handle: show),
            Route(
                method: .put, path: "/v1/products/{sku}", operation: "putProduct",
                summary: """
                    Make a SKU, or change its name, category and price. A cooperative changes its own, and makes those \
                    whose code is its own code, a colon and a word.
                    """,
                audience: .roles([.cooperative, .operator]), parameters: [Self.sku] + RouteParameter.conditions,
                body: ProductChange.json.schema, answer: ProductDocument.json.schema, statuses: [.ok, .created],
                fields: [.eTag],
                problems: [
                    .notFound, .invalidParameter, .preconditionFailed, .unknownOwner, .codeTaken, .otherUnit,
                    .outcomeUnknown, .unavailable,
                ],
                handle: put),
        ]
    }

    /// How many products a page has unless the query says otherwise.
    private static let usualPage: Int32 = 100
    private static let sku = RouteParameter.path("sku", JSONType<SKUCode>.code(), about: "the SKU's code")
    private static let after = QueryParameter<SKUCode>.after(.code())
    private static let limit = QueryParameter.limit(usual: usualPage, most: Int32(ProductPage.maximum))
    private static let parameters = [after.declaration, limit.declaration]

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parameters)
        let (after, limit) = (query[Self.after], query[Self.limit] ?? Self.usualPage)
        let own = try request.caller.owner
        if request.format == .csv { return try await sheet(of: own, for: request) }
        let skus = try await Problem.asking { () throws(CatalogError) in
            try await catalog.skus(listedBy: own, after: after, limit: limit + 1)
        }
        let page = skus.prefix(Int(limit)).map(ProductDocument.init)
        return Response(
            ProductPage(products: page, next: skus.count > page.count ? page.last?.sku : nil), as: ProductPage.json)
    }

    private func sheet(of owner: OwnerCode?, for request: RoutedRequest) async throws(Problem) -> Response {
        try await authenticator.csv(ProductDocument.csvColumns, named: "products", for: request) {
            [catalog] after throws(Problem) in
            let skus = try await Problem.asking { () throws(CatalogError) in
                try await catalog.skus(listedBy: owner, after: after)
            }
            return CSVPage(
                rows: skus.map { ProductDocument($0).csvRow },
                next: skus.count == Int(Catalog.maximumPage) ? skus.last?.code : nil)
        }
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        guard let code = SKUCode(rawValue: request.parameters[0]) else { throw .unknownProduct }
        let own = try request.caller.owner
        guard let found = try await product(code), own == nil || found.owner == own else { throw .unknownProduct }
        let (answer, tag) = found.tagged()
        return try Preconditions(request.request).answer(answer, tagged: tag)
    }

    private func put(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        guard let code = SKUCode(rawValue: request.parameters[0]) else {
            throw Problem("sku must be a code of 1 to 64 printable ASCII characters.", parameter: "sku")
        }
        let body = try request.body(ProductChange.json)
        let (own, principal) = (try request.caller.owner, try request.principal)
        if let own { try await admit(own, to: code, naming: body.owner) }
        let isNew: Bool
        do throws(CatalogError) {
            isNew = try await catalog.put(
                body.entry(code), of: body.owner, renamesCategory: own == nil, by: principal,
                if: Self.condition(of: request.request))
        } catch {
            if let own, error.isAboutAnother { throw .unlisted(of: own) }
            throw Problem(error)
        }
        guard let product = try await product(code) else { throw .unknownProduct }
        return product.tagged(status: isNew ? .created : .ok).answer
    }

    /// What a request asks of the product as it is; nil for nothing.
    private static func condition(of request: Request) -> (@Sendable (SKU?) -> Bool)? {
        let conditions = Preconditions(request)
        guard !conditions.isEmpty else { return nil }
        return { sku in
            let tag = sku.map { ProductDocument($0).tagged().tag }
            return conditions.verdict(on: tag) == .proceed
        }
    }

    /// Lets an owner change what it lists, and make what it has the code for; others' SKUs are answered like missing ones.
    private func admit(_ own: OwnerCode, to code: SKUCode, naming owner: OwnerCode) async throws(Problem) {
        guard owner == own else { throw Problem(.forbidden, "This token lists products of \(own) only.", at: "/owner") }
        if own.mayCoin(code) { return }
        guard try await product(code)?.owner == own else { throw .unlisted(of: own) }
    }

    private func product(_ code: SKUCode) async throws(Problem) -> ProductDocument? {
        let found = try await Problem.asking { () throws(CatalogError) in try await catalog.skus(of: [code]) }
        return found.first.map(ProductDocument.init)
    }
}

extension CatalogError {
    /// Whether another owner lists the SKU.
    fileprivate var isAboutAnother: Bool {
        guard case .refused(let problems) = self, case .listedByAnother? = problems.first else { return false }
        return true
    }
}

extension Problem {
    /// There is no such SKU, or none that may be seen.
    fileprivate static var unknownProduct: Problem { Problem(.notFound, "There is no such product.") }

    /// The same to whoever may make some: what would be right.
    fileprivate static func unlisted(of owner: OwnerCode) -> Problem {
        Problem(.notFound, "There is no such product of yours; the code of a new one is \(owner), a colon and a word.")
    }
}
