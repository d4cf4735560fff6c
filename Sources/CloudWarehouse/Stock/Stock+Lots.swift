extension Stock {
    /// The most lots that one page lists.
    public static let maximumLots: Int32 = 500

    /// Lists lots with where they stand, the newest first, a page at a time.
    ///
    /// - Parameters:
    ///   - sku: Only this SKU's lots; nil for all.
    ///   - owner: Only this owner's lots; nil for everybody's.
    ///   - before: The ``LotPage/next`` of the page before; nil for the first.
    ///   - limit: How many lots at most, up to ``maximumLots``.
    public func lots(
        of sku: SKUCode? = nil, ownedBy owner: OwnerCode? = nil, before: ID<Lot>? = nil, limit: Int32 = maximumLots
    ) async throws(StockError) -> LotPage {
        let limit = min(max(limit, 1), Self.maximumLots)
        let rows: [StoredLot]
        if let sku {
            rows = try await pool.rows(
                of: LotsOfSKUBefore(sku: sku, before: before, owner: owner, limit: limit + 1),
                throwing: StockError.self)
        } else {
            rows = try await pool.rows(
                of: LotsBefore(before: before, owner: owner, limit: limit + 1), throwing: StockError.self)
        }
        return LotPage(rows: rows, limit: Int(limit))
    }
}

extension LotPage {
    /// Puts the places of each lot together; one lot more than `limit` says that there is a next page.
    init(rows: [StoredLot], limit: Int) {
        var lots: [StoredLot] = []
        for row in rows {
            if lots.last?.id == row.id {
                lots[lots.count - 1].standings += row.standings
            } else {
                lots.append(row)
            }
        }
        let page = Array(lots.prefix(limit))
        self.init(lots: page, next: lots.count > page.count ? page.last?.id : nil)
    }
}
