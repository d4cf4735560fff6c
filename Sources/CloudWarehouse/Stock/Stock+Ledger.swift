extension Stock {
    /// The most rows of the ledger that one page lists.
    public static let maximumEntries: Int32 = 500
    /// How many rows a page with a filter looks at, so that a rare SKU costs no more than this.
    static let filterDepth: Int32 = 10_000

    /// Lists rows of the ledger, the newest first, a page at a time.
    ///
    /// - Parameters:
    ///   - sku: Only goods of this SKU; nil for all.
    ///   - owner: Only goods of this owner; nil for everybody's.
    ///   - before: The ``LedgerPage/next`` of the page before; nil for the first.
    ///   - limit: How many rows at most, up to ``maximumEntries``.
    public func ledger(
        of sku: SKUCode? = nil, ownedBy owner: OwnerCode? = nil, before: ID<LedgerEntry>? = nil,
        limit: Int32 = maximumEntries
    ) async throws(StockError) -> LedgerPage {
        try await ledger(of: sku, ownedBy: owner, before: before, limit: limit, depth: Self.filterDepth)
    }

    /// The same, which looks at `depth` rows where it has a filter.
    func ledger(
        of sku: SKUCode?, ownedBy owner: OwnerCode?, before: ID<LedgerEntry>?, limit: Int32, depth: Int32
    ) async throws(StockError) -> LedgerPage {
        let limit = min(max(limit, 1), Self.maximumEntries)
        var oldest: ID<LedgerEntry>?
        if sku != nil || owner != nil {
            oldest = try await pool.rows(
                of: LedgerEntryAtDepth(before: before, depth: depth), throwing: StockError.self
            ).first?.floorOfMillisecond
        }
        let found = try await pool.rows(
            of: LedgerBefore(before: before, oldest: oldest, sku: sku, owner: owner, limit: limit + 1),
            throwing: StockError.self)
        let page = Array(found.prefix(Int(limit)))
        return LedgerPage(entries: page, next: found.count > page.count ? page.last?.id : oldest)
    }
}
