internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/movements`
struct MovementsResource: Sendable {
    let stock: Stock
    let authenticator: Authenticator

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/movements", operation: "listMovements",
                summary:
                    "The ledger, the newest rows first, a page at a time, by SKU; a cooperative sees its own goods'.",
                audience: .roles([.cooperative, .warehouse, .operator]), parameters: Self.parameters, body: nil,
                answer: Self.page.schema, problems: [.invalidParameter, .unavailable], formats: [.json, .csv],
                handle: list)
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parameters)
        let (sku, before, limit) = (query[Self.sku], query[Self.after], query[Self.limit] ?? Self.usualPage)
        let own = try request.caller.owner
        if request.format == .csv { return try await sheet(of: sku, ownedBy: own, for: request) }
        let page = try await Problem.asking { () throws(StockError) in
            try await stock.ledger(of: sku, ownedBy: own, before: before, limit: limit)
        }
        return Response(page, as: Self.page)
    }

    private func sheet(
        of sku: SKUCode?, ownedBy owner: OwnerCode?, for request: RoutedRequest
    ) async throws(Problem) -> Response {
        try await authenticator.csv(LedgerEntry.csvColumns, named: "movements", for: request) {
            [stock] before throws(Problem) -> CSVPage<ID<LedgerEntry>> in
            let page = try await Problem.asking { () throws(StockError) in
                try await stock.ledger(of: sku, ownedBy: owner, before: before)
            }
            return CSVPage(rows: page.entries.map(\.csvRow), next: page.next)
        }
    }

    // MARK: Parameters

    /// How many movements a page has unless the query says otherwise.
    private static let usualPage: Int32 = 100
    private static let sku = QueryParameter<SKUCode>("sku", .code(), about: "only movements of this SKU")
    private static let after = QueryParameter<ID<LedgerEntry>>.after(.id())
    private static let limit = QueryParameter.limit(usual: usualPage, most: Stock.maximumEntries)
    private static let parameters = [sku.declaration, after.declaration, limit.declaration]

    // MARK: Answers

    private static let place = JSONType<LedgerEntry.Place>.object(
        "MovementPlace", about: "where goods came from or went to, and in what state",
        .required("kind", \.kind, .choice(of: LocationKind.self), about: "what kind of place it is"),
        .optional("warehouse", \.warehouse, .code(), about: "absent: outside of every warehouse"),
        .required("location", \.location, .code(), about: "the location's code"),
        .required("quality", \.quality, .choice(of: Quality.self), about: "in what state the goods are"),
        make: LedgerEntry.Place.init)

    private static let entry = JSONType<LedgerEntry>.object(
        "Movement", about: "goods of a lot that went from one place to another",
        .required("id", \.id, .id(), about: "its identity, for ever"),
        .required("recorded_at", \.recordedAt, .timestamp, about: "when it was written down"),
        .required("sku", \.goods.sku, .code(), about: "the SKU's code"),
        .required("unit", \.goods.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
        .required("owner", \.goods.owner, .code(), about: "whose it is"),
        .required("lot", \.goods.lot, .id(), about: "the lot's identity"),
        .required("quantity", \.goods.quantity, .quantity, about: "how much, in base units"),
        .required("from", \.from, place, about: "where it was"),
        .required("to", \.to, place, about: "where it is then"),
        .required("reason", \.reason, .choice(of: MovementReason.self), about: "why it was moved"),
        make: { id, at, sku, unit, owner, lot, quantity, from, to, reason in
            LedgerEntry(
                id: id, recordedAt: at,
                goods: LedgerEntry.Goods(sku: sku, unit: unit, owner: owner, lot: lot, quantity: quantity),
                from: from, to: to, reason: reason)
        })

    private static let page = JSONType<LedgerPage>.object(
        "MovementPage", about: "rows of the ledger, the newest first",
        .required("movements", \.entries, .array(of: entry, count: 0...Int(Stock.maximumEntries))),
        .optional(
            "next", \.next, .id(),
            about: """
                pass it as `after` to get the next page; absent: this is the last. A page with a filter may be short, or \
                empty, and have a next one
                """),
        make: LedgerPage.init)
}
