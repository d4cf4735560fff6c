internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/stock`
struct StockResource: Sendable {
    let board: StockBoard
    let authenticator: Authenticator
    private let renditions = StockRenditions()

    init(board: StockBoard, authenticator: Authenticator) {
        (self.board, self.authenticator) = (board, authenticator)
    }

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/stock", operation: "listStock",
                summary: "What there is of every SKU, per warehouse and owner, a page at a time.",
                audience: .roles(Set(Role.allCases)), parameters: Self.parameters, body: nil,
                answer: StockPage.json.schema, problems: [.invalidParameter, .unavailable], formats: [.json, .csv],
                handle: list),
            Route(
                method: .get, path: "/v1/stock/{sku}", operation: "stockOfSKU",
                summary: "What there is of one SKU, per warehouse and owner.",
                audience: .roles(Set(Role.allCases)), parameters: [Self.sku] + RouteParameter.conditions, body: nil,
                answer: StockPage.json.schema, statuses: [.ok, .notModified],
                fields: [.eTag],
                problems: [.notFound, .invalidParameter, .preconditionFailed, .unavailable], handle: show,
                handleAtOnce: show),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parameters)
        if request.format == .csv { return try await sheet(of: try request.caller.owner, for: request) }
        let (after, limit) = (query[Self.after], Int(query[Self.limit] ?? Self.usualPage))
        let look = board.page(after: after, limit: limit + 1, owner: try request.caller.owner)
        let age = try Self.age(of: look.freshness)
        let next = look.found.count > limit ? look.found[limit - 1].level.position : nil
        let levels = look.found.prefix(limit).map { renditions.rendition(of: $0.shelf).levels[$0.index] }
        return Response(
            status: .ok, fields: StockRenditions.plainFields,
            body: StockPage.bytes(levels: levels, next: next, age: age))
    }

    /// A sheet cannot say how old it is, so a board that may have missed changes gives none.
    private func sheet(of owner: OwnerCode?, for request: RoutedRequest) async throws(Problem) -> Response {
        try await authenticator.csv(StockLevel.csvColumns, named: "stock", for: request) {
            [board] after throws(Problem) in
            let look = board.page(after: after, limit: StockPage.maximumLevels, owner: owner)
            if try Self.age(of: look.freshness) != nil {
                throw Problem(
                    .unavailable, "Changes may be missing; ask again, or for JSON, which tells its age.",
                    fields: [(.retryAfter, "1")])
            }
            let levels = look.found.map(\.level)
            return CSVPage(
                rows: levels.map(\.csvRow),
                next: levels.count == StockPage.maximumLevels ? levels.last?.position : nil)
        }
    }

    private func show(_ request: RoutedRequest) throws(Problem) -> Response {
        try request.query()
        guard let sku = SKUCode(rawValue: request.parameters[0]) else { throw .noStock }
        let owner = try request.caller.owner
        let look = board.levels(of: sku, owner: owner)
        let age = try Self.age(of: look.freshness)
        guard !look.found.isEmpty else { throw .noStock }
        // What only one owner's people see is rendered for them: what is kept is everybody's.
        let rendition =
            owner == nil
            ? renditions.rendition(of: look.found) : StockRenditions.Rendition(of: look.found)
        guard let age else { return try rendition.answer(to: request.request) }
        return Response(
            status: .ok, fields: StockRenditions.plainFields,
            body: StockPage.bytes(levels: rendition.levels, next: nil, age: age))
    }

    /// For how long changes may have been missed; nil while the board is current.
    private static func age(of freshness: Freshness) throws(Problem) -> Duration? {
        if freshness == .unread {
            throw Problem(
                .unavailable, "The stock has not been read yet; send the request again.", fields: [(.retryAfter, "1")])
        }
        // The clock is read only where it says something.
        return freshness == .current ? nil : freshness.age(at: .now())
    }

    // MARK: Parameters

    /// How many levels a page has unless the query says otherwise.
    private static let usualPage: Int32 = 100
    private static let sku = RouteParameter.path("sku", JSONType<SKUCode>.code(), about: "the SKU's code")
    private static let after = QueryParameter<StockLevel.Position>.after(.position)
    private static let limit = QueryParameter.limit(usual: usualPage, most: Int32(StockPage.maximumLevels))
    private static let parameters = [after.declaration, limit.declaration]
}

extension Problem {
    /// There is no such SKU, or nothing of it that may be seen.
    fileprivate static var noStock: Problem { Problem(.notFound, "There is no stock of such a SKU.") }
}
