internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/movements`
struct MovementsResource: Sendable {
    let stock: Stock

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/movements", operation: "listMovements",
                summary:
                    "The ledger, the newest rows first, a page at a time, by SKU; a cooperative sees its own goods'.",
                audience: .roles([.cooperative, .warehouse, .operator]), body: nil, answer: Self.page.schema,
                problems: [.invalidParameter, .unavailable], formats: [.json, .csv], handle: list)
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try ListQuery(request, filters: ["sku"])
        let sku = try query.code("sku", of: SKU.self)
        let before = try query.after { ID<LedgerEntry>($0) }
        let limit = try query.limit(most: Stock.maximumEntries)
        let own = try request.caller.owner
        if request.format == .csv { return try await sheet(of: sku, ownedBy: own) }
        let page = try await Problem.asking { () throws(StockError) in
            try await stock.ledger(of: sku, ownedBy: own, before: before, limit: limit)
        }
        return Response(page, as: Self.page)
    }

    private func sheet(of sku: SKUCode?, ownedBy owner: OwnerCode?) async throws(Problem) -> Response {
        try await .csv(LedgerEntry.csvColumns, named: "movements") {
            [stock] before throws(Problem) -> CSVPage<ID<LedgerEntry>> in
            let page = try await Problem.asking { () throws(StockError) in
                try await stock.ledger(of: sku, ownedBy: owner, before: before)
            }
            return CSVPage(rows: page.entries.map(\.csvRow), next: page.next)
        }
    }

    // MARK: Answers

    private static let place = JSONType<LedgerEntry.Place>.object(
        "MovementPlace", about: "where goods came from or went to, and in what state",
        .required("kind", \.kind, .choice(of: LocationKind.self)),
        .optional("warehouse", \.warehouse, .code(), about: "absent: outside of every warehouse"),
        .required("location", \.location, .code()), .required("quality", \.quality, .choice(of: Quality.self)),
        make: LedgerEntry.Place.init)

    private static let entry = JSONType<LedgerEntry>.object(
        "Movement", about: "goods of a lot that went from one place to another",
        .required("id", \.id, .id()), .required("recorded_at", \.recordedAt, .timestamp),
        .required("sku", \.goods.sku, .code()), .required("unit", \.goods.unit, .choice(of: BaseUnit.self)),
        .required("owner", \.goods.owner, .code()), .required("lot", \.goods.lot, .id()),
        .required("quantity", \.goods.quantity, .quantity), .required("from", \.from, place),
        .required("to", \.to, place), .required("reason", \.reason, .choice(of: MovementReason.self)),
        make: { id, at, sku, unit, owner, lot, quantity, from, to, reason in
            LedgerEntry(
                id: id, recordedAt: at,
                goods: LedgerEntry.Goods(sku: sku, unit: unit, owner: owner, lot: lot, quantity: quantity),
                from: from, to: to, reason: reason)
        })

    private static let page = JSONType<LedgerPage>.object(
        "MovementPage", .required("movements", \.entries, .array(of: entry, count: 0...Int(Stock.maximumEntries))),
        .optional(
            "next", \.next, .id(),
            about: """
                pass it as `after` to get the next page; absent: this is the last. A page with a filter may be short, or \
                empty, and have a next one
                """),
        make: LedgerPage.init)
}
