internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/lots`
struct LotsResource: Sendable {
    let stock: Stock
    let authenticator: Authenticator

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/lots", operation: "listLots",
                summary: """
                    The lots with where they stand, the newest first, a page at a time, by SKU and owner; a cooperative \
                    sees its own.
                    """,
                audience: .roles([.cooperative, .warehouse, .operator]), parameters: Self.parameters, body: nil,
                answer: Self.page.schema, problems: [.invalidParameter, .unavailable], formats: [.json, .csv],
                handle: list)
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parameters)
        let (sku, named, before) = (query[Self.sku], query[Self.owner], query[Self.after])
        let limit = query[Self.limit] ?? Self.usualPage
        let own = try request.caller.owner
        // Another's lots are not there, which is no problem of a filter.
        let isAnothers = own != nil && named != nil && named != own
        if request.format == .csv {
            return try await sheet(of: sku, ownedBy: own ?? named, isEmpty: isAnothers, for: request)
        }
        if isAnothers { return Response(LotPage(lots: [], next: nil), as: Self.page) }
        let page = try await Problem.asking { () throws(StockError) in
            try await stock.lots(of: sku, ownedBy: own ?? named, before: before, limit: limit)
        }
        return Response(page, as: Self.page)
    }

    private func sheet(
        of sku: SKUCode?, ownedBy owner: OwnerCode?, isEmpty: Bool, for request: RoutedRequest
    ) async throws(Problem) -> Response {
        try await authenticator.csv(StoredLot.csvColumns, named: "lots", for: request) {
            [stock] before throws(Problem) -> CSVPage<ID<Lot>> in
            if isEmpty { return CSVPage(rows: [], next: nil) }
            let page = try await Problem.asking { () throws(StockError) in
                try await stock.lots(of: sku, ownedBy: owner, before: before)
            }
            return CSVPage(rows: page.lots.flatMap(\.csvRows), next: page.next)
        }
    }

    // MARK: Parameters

    /// How many lots a page has unless the query says otherwise.
    private static let usualPage: Int32 = 100
    private static let sku = QueryParameter<SKUCode>("sku", .code(), about: "only lots of this SKU")
    private static let owner = QueryParameter<OwnerCode>("owner", .code(), about: "only lots of this owner")
    private static let after = QueryParameter<ID<Lot>>.after(.id())
    private static let limit = QueryParameter.limit(usual: usualPage, most: Stock.maximumLots)
    private static let parameters = [
        sku.declaration, owner.declaration, after.declaration, limit.declaration,
    ]

    // MARK: Answers

    private static let standing = JSONType<StoredLot.Standing>.object(
        "LotStanding", about: "goods of a lot at one location in one quality",
        .required("warehouse", \.warehouse, .code(), about: "the warehouse's code"),
        .required("location", \.location, .code(), about: "the location's code"),
        .required("quality", \.quality, .choice(of: Quality.self), about: "in what state the goods are"),
        .required("on_hand", \.onHand, .quantity, about: "how much lies there, in base units"),
        make: StoredLot.Standing.init)

    private static let lot = JSONType<StoredLot>.object(
        "Lot", about: "goods of one SKU and owner that came together",
        .required("id", \.id, .id(), about: "its identity, for ever"),
        .required("sku", \.sku, .code(), about: "the SKU's code"),
        .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
        .required("owner", \.owner, .code(), about: "whose it is"),
        .optional("harvested_on", \.harvestedOn, .date, about: "the day of the harvest"),
        .optional("expires_on", \.expiresOn, .date, about: "the last day on which it is good"),
        .optional("grade", \.grade, .grade, about: "in the words of the base's people"),
        .required("status", \.status, .choice(of: LotStatus.self), about: "whether it may be sold"),
        .required(
            "standings", \.standings, .array(of: standing, count: 0...100_000), about: "empty: nothing is left"),
        make: StoredLot.init)

    private static let page = JSONType<LotPage>.object(
        "LotPage", about: "lots, the newest first",
        .required("lots", \.lots, .array(of: lot, count: 0...Int(Stock.maximumLots))),
        .optional("next", \.next, .id(), about: "pass it as `after` to get the next page; absent: this is the last"),
        make: LotPage.init(lots:next:))
}
