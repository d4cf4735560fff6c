public import Postgres

/// Where goods stand, and how many may be sold.
public struct Stock: Sendable {
    /// The most levels that one page lists.
    public static let maximumPage: Int32 = 1_000

    let pool: Pool
    let feed: StockFeed?
    /// Where the base's days begin and end.
    let timeZone: String

    /// The stock of the base that the connections of `pool` belong to.
    ///
    /// - Parameters:
    ///   - timeZone: The base's: what has expired is told by its day.
    ///   - feed: Shows each change before it is answered.
    public init(pool: Pool, timeZone: String, feed: StockFeed? = nil) {
        self.pool = pool
        self.timeZone = timeZone
        self.feed = feed
    }

    /// Adds a warehouse.
    public func addWarehouse(
        code: WarehouseCode, name: Name, by principal: Principal
    ) async throws(StockError) -> Warehouse {
        try await adding { transaction, ids, now throws(PostgresError) in
            let warehouse = Warehouse(id: ids.next(), code: code, name: name)
            _ = try await transaction.batch(
                InsertWarehouse(warehouse: warehouse, at: now),
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "warehouse.add", subject: code.rawValue,
                    detail: JSONB(text: "{}"), at: now))
            return warehouse
        }
    }

    /// Lists the warehouses in the order of their codes, a page at a time: at most `limit`, the first ones after `after`.
    public func warehouses(
        after: WarehouseCode? = nil, limit: Int32 = maximumPage
    ) async throws(StockError) -> [Warehouse] {
        let limit = min(max(limit, 1), Self.maximumPage)
        return try await pool.rows(of: WarehousesInOrder(after: after, limit: limit), throwing: StockError.self)
    }

    /// The warehouse of this code, if there is one.
    public func warehouse(_ code: WarehouseCode) async throws(StockError) -> Warehouse? {
        try await pool.rows(of: WarehouseByCode(code: code), throwing: StockError.self).first
    }

    /// Lists a warehouse's storage locations in the order of their codes, a page at a time: at most `limit`, the first ones
    /// after `after`; none for a warehouse that there is not.
    public func locations(
        of warehouse: WarehouseCode, after: LocationCode? = nil, limit: Int32 = maximumPage
    ) async throws(StockError) -> [Location] {
        let limit = min(max(limit, 1), Self.maximumPage)
        return try await pool.rows(
            of: LocationsOfWarehouse(warehouse: warehouse, after: after, limit: limit), throwing: StockError.self)
    }

    /// Lists stock per SKU, warehouse and owner in the order of their codes, a page at a time; gift sets, which have no owner,
    /// per warehouse among it.
    ///
    /// - Parameters:
    ///   - sku: Only this SKU's levels; nil for all.
    ///   - owner: Only this owner's levels, and no set's; nil for everybody's.
    ///   - after: Where the page before ended; nil for the first.
    ///   - limit: How many levels at most, up to ``maximumPage``.
    public func levels(
        of sku: SKUCode? = nil, ownedBy owner: OwnerCode? = nil, after: StockLevel.Position? = nil,
        limit: Int32 = maximumPage
    ) async throws(StockError) -> [StockLevel] {
        let limit = min(max(limit, 1), Self.maximumPage)
        let pools = StockLevelsAfter(sku: sku, after: after, owner: owner, limit: limit)
        guard owner == nil else { return try await pool.rows(of: pools, throwing: StockError.self) }
        let sets = try await pool.rows(
            of: SetLevelsAfter(sku: sku, after: after, limit: limit), throwing: StockError.self)
        let levels = try await pool.rows(of: pools, throwing: StockError.self)
        return Array((levels + sets).sorted { $0.position < $1.position }.prefix(Int(limit)))
    }

    /// Which day it is at a base, by the database's clock: harvests and expiries are counted from it.
    public func today() async throws(StockError) -> CalendarDate {
        let days = try await pool.rows(of: BusinessDay(timeZone: timeZone), throwing: StockError.self)
        guard let today = days.first else { throw .database(.misuse("the database did not tell the day")) }
        return today
    }

    /// Runs `body` with ids of its instant; a code that is there already is ``StockError/codeTaken``.
    func adding<Value>(
        _ body: (Transaction, inout IDGenerator, Timestamp) async throws -> Value
    ) async throws(StockError) -> Value {
        do throws(StockError) {
            return try await pool.transaction(throwing: StockError.self) { transaction in
                let now = try await transaction.now()
                var ids = IDGenerator(at: now)
                return try await body(transaction, &ids, now)
            }
        } catch {
            if case .database(let cause) = error, cause.sqlState == .uniqueViolation { throw .codeTaken }
            throw error
        }
    }
}
