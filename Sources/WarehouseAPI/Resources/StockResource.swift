internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/stock`
struct StockResource: Sendable {
    private let board: StockBoard
    private let renditions = StockRenditions()

    init(board: StockBoard) {
        self.board = board
    }

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/stock", operation: "listStock",
                summary: "What there is of every SKU, per warehouse and owner, a page at a time.",
                audience: .roles(Set(Role.allCases)), body: nil, answer: StockPage.json.schema,
                problems: [.invalidParameter, .unavailable], handle: list),
            Route(
                method: .get, path: "/v1/stock/{sku}", operation: "stockOfSKU",
                summary: "What there is of one SKU, per warehouse and owner.",
                audience: .roles(Set(Role.allCases)), body: nil, answer: StockPage.json.schema,
                problems: [.notFound, .invalidParameter, .preconditionFailed, .unavailable], handle: show),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(["limit", "after"])
        let limit = try Self.limit(query["limit"])
        let after = try query["after"].map { text throws(Problem) in try Self.position(text) }
        let look = board.page(after: after, limit: limit + 1, owner: try request.caller.owner)
        let age = try Self.age(of: look.freshness)
        let next = look.found.count > limit ? look.found[limit - 1].level.position : nil
        let levels = look.found.prefix(limit).map { renditions.rendition(of: $0.shelf).levels[$0.index] }
        return Response(
            status: .ok, fields: StockRenditions.plainFields,
            body: StockPage.bytes(levels: levels, next: next, age: age))
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
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
        return freshness.age(at: .now())
    }

    private static func limit(_ text: String?) throws(Problem) -> Int {
        guard let text else { return 100 }
        let most = StockPage.maximumLevels
        guard let limit = Int(text), (1...most).contains(limit), text.utf8.first != UInt8(ascii: "+") else {
            throw Problem(.invalidParameter, "limit must be a whole number from 1 to \(most).", at: "limit")
        }
        return limit
    }

    /// A position is its three codes with spaces between, which no code has.
    private static func position(_ text: String) throws(Problem) -> StockLevel.Position {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, let sku = SKUCode(rawValue: words[0]),
            let warehouse = WarehouseCode(rawValue: words[1]),
            let owner = OwnerCode(rawValue: words[2])
        else {
            throw Problem(.invalidParameter, "after must be the next of the page before, as it was given.", at: "after")
        }
        return StockLevel.Position(sku: sku, warehouse: warehouse, owner: owner)
    }
}

extension Problem {
    /// There is no such SKU, or nothing of it that may be seen.
    fileprivate static var noStock: Problem { Problem(.notFound, "There is no stock of such a SKU.") }
}
