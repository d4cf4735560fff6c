internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/stock`
struct StockResource: Sendable {
    let stock: Stock

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/stock", operation: "listStock",
                summary: "What there is of every SKU, per warehouse and owner, a page at a time.",
                audience: .roles(Set(Role.allCases)), body: nil, answer: Self.page.schema,
                problems: [.invalidParameter, .unavailable], handle: list),
            Route(
                method: .get, path: "/v1/stock/{sku}", operation: "stockOfSKU",
                summary: "What there is of one SKU, per warehouse and owner.",
                audience: .roles(Set(Role.allCases)), body: nil, answer: Self.page.schema,
                problems: [.notFound, .invalidParameter, .unavailable],
                handle: show),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(["limit", "after"])
        let limit = try Self.limit(query["limit"])
        let after = try query["after"].map { text throws(Problem) in try Self.position(text) }
        let levels = try await levels(of: nil, for: request.caller, after: after, limit: limit + 1)
        let next = levels.count > Int(limit) ? levels[Int(limit) - 1].position : nil
        return Self.respond(Page(levels: Array(levels.prefix(Int(limit))), next: next))
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        guard let sku = SKUCode(rawValue: request.parameters[0]) else {
            throw Problem(.notFound, "There is no stock of such a SKU.")
        }
        let levels = try await levels(of: sku, for: request.caller, after: nil, limit: Stock.maximumPage)
        guard !levels.isEmpty else { throw Problem(.notFound, "There is no stock of such a SKU.") }
        return Self.respond(Page(levels: levels, next: nil))
    }

    /// The caller's own levels, as far as the caller has goods of its own.
    private func levels(
        of sku: SKUCode?, for caller: Caller, after: StockLevel.Position?, limit: Int32
    ) async throws(Problem) -> [StockLevel] {
        do throws(StockError) {
            return try await stock.levels(of: sku, ownedBy: caller.owner, after: after, limit: limit)
        } catch .database(let cause) {
            throw Problem(database: cause)
        } catch {
            throw Problem(.internalError, "Reading stock failed.")
        }
    }

    private static func respond(_ page: Page) -> Response {
        Response(status: .ok, fields: [.contentType: "application/json"], body: Self.page.bytes(of: page))
    }

    private static func limit(_ text: String?) throws(Problem) -> Int32 {
        guard let text else { return 100 }
        let most = Stock.maximumPage - 1
        guard let limit = Int32(text), (1...most).contains(limit), text.utf8.first != UInt8(ascii: "+") else {
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

    // MARK: Bodies

    struct Page: Sendable {
        var levels: [StockLevel]
        var next: StockLevel.Position?

        var nextText: String? { next.map { "\($0.sku) \($0.warehouse) \($0.owner)" } }
    }

    private static func counter(_ name: String, _ read: @escaping @Sendable (StockLevel) -> Int64, _ about: String)
        -> JSONField<StockLevel, Int64>
    {
        .required(name, read, .integer(0...Int.max), about: about)
    }

    private static let level = JSONType<StockLevel>.object(
        "StockLevel", about: "What one pool holds; quantities are in base units",
        .required("sku", \.position.sku, .code()), .required("name", \.name.rawValue, .string(1...200)),
        .required("unit", \.unit, .choice(of: BaseUnit.self)),
        .required("warehouse", \.position.warehouse, .code()), .required("owner", \.position.owner, .code()),
        counter("available", \.counters.available, "what can still be sold"),
        counter("sellable", \.counters.sellable, "good, released and not about to expire"),
        counter("held", \.counters.held, "claimed by unpaid orders"),
        counter("committed", \.counters.committed, "claimed by paid orders"),
        counter("allotted", \.counters.allotted, "set aside for streams"),
        counter("version", \.version, "grows with every change"),
        make: { sku, name, unit, warehouse, owner, _, sellable, held, committed, allotted, version in
            StockLevel(
                position: .init(sku: sku, warehouse: warehouse, owner: owner), name: Name(rawValue: name) ?? .sample,
                unit: unit,
                counters: PoolCounters(sellable: sellable, held: held, committed: committed, allotted: allotted),
                version: version)
        })

    static let page = JSONType<Page>.object(
        "StockPage",
        .required("levels", \.levels, .array(of: level, count: 0...Int(Stock.maximumPage))),
        .optional(
            "next", \.nextText, .string(5...200),
            about: "pass it as `after` to get the next page; absent: this is the last"),
        make: { levels, _ in Page(levels: levels, next: nil) })
}
