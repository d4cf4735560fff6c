public import Postgres

/// Where goods stand, and how many may be sold.
public struct Stock: Sendable {
    /// The most levels that one page lists.
    public static let maximumPage: Int32 = 1_000

    let pool: Pool
    private let feed: StockFeed?

    /// The stock of the base that the connections of `pool` belong to; `feed` shows each change before it is answered.
    public init(pool: Pool, feed: StockFeed? = nil) {
        self.pool = pool
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

    /// Lists the warehouses in the order of their codes, the first ``maximumPage``.
    public func warehouses() async throws(StockError) -> [Warehouse] {
        try await pool.rows(of: WarehousesInOrder(limit: Self.maximumPage), throwing: StockError.self)
    }

    /// The warehouse of this code, if there is one.
    public func warehouse(_ code: WarehouseCode) async throws(StockError) -> Warehouse? {
        try await pool.rows(of: WarehouseByCode(code: code), throwing: StockError.self).first
    }

    /// Lists a warehouse's storage locations in the order of their codes, the first ``maximumPage``; none for a warehouse
    /// that there is not.
    public func locations(of warehouse: WarehouseCode) async throws(StockError) -> [Location] {
        try await pool.rows(
            of: LocationsOfWarehouse(warehouse: warehouse, limit: Self.maximumPage), throwing: StockError.self)
    }

    /// Adds a storage location to a warehouse.
    public func addLocation(
        code: LocationCode, in warehouse: WarehouseCode, storageClass: StorageClass, by principal: Principal
    ) async throws(StockError) -> Location {
        try await adding { transaction, ids, now in
            guard let warehouse = try await transaction.query(WarehouseByCode(code: warehouse)).first else {
                throw StockError.unknownWarehouse(warehouse)
            }
            let location = Location(id: ids.next(), warehouse: warehouse.id, code: code, storageClass: storageClass)
            _ = try await transaction.batch(
                InsertLocation(location: location, at: now),
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "location.add",
                    subject: "\(warehouse.code) \(code)", detail: JSONB(text: "{}"), at: now))
            return location
        }
    }

    /// Takes a delivery in as good, all of it or nothing: lots, ledger, balances and pools in one transaction.
    ///
    /// Receiving the same delivery again changes nothing and gives the same answer.
    public func receive(_ receipt: Receipt, by principal: Principal) async throws(StockError) -> ReceivedDelivery {
        do throws(StockError) {
            let (delivery, skus) = try await write(receipt, by: principal)
            await StockNews(pool: pool, feed: feed).tell(of: skus)
            return delivery
        } catch {
            if case .database(let cause) = error, cause.sqlState == .numericValueOutOfRange { throw .tooMuch }
            throw error
        }
    }

    /// Gives the SKUs whose stock has changed too.
    private func write(
        _ receipt: Receipt, by principal: Principal
    ) async throws(StockError) -> (ReceivedDelivery, Set<ID<SKU>>) {
        try await pool.transaction(throwing: StockError.self) { transaction in
            let now = try await transaction.now()
            var ids = IDGenerator(at: now)
            let inbound = InsertInbound(
                id: ids.next(), reference: receipt.reference, fingerprint: receipt.fingerprint, at: now)
            guard try await transaction.execute(inbound) == 1 else {
                return (try await Self.repeated(receipt, in: transaction), Set<ID<SKU>>())
            }
            let (warehouses, locations, skus, owners) = try await transaction.batch(
                WarehouseByCode(code: receipt.warehouse),
                LocationByCode(warehouse: receipt.warehouse, code: receipt.location),
                SKUsByCode(codes: Array(Set(receipt.lines.map(\.sku)))),
                OwnersByCode(codes: Array(Set(receipt.lines.map(\.owner)))))
            let names = ReceiptNames(
                warehouse: warehouses.first, location: locations.first, skus: skus, owners: owners)
            if let missing = names.missing(of: receipt) { throw missing }
            guard let location = names.location else { preconditionFailure("a location is neither there nor missing") }
            let plan = ReceiptPlan(receipt, at: location, skus: skus, owners: owners, ids: &ids)
            // The pools come last: they are the rows that everybody wants.
            _ = try await transaction.batch(
                InsertLots(lots: plan.movements.map(\.lot), at: now),
                InsertReceiptMovements(movements: plan.movements, inbound: inbound.id, at: now),
                InsertBalances(movements: plan.movements),
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "inbound.receive",
                    subject: receipt.reference.rawValue, detail: JSONB(text: #"{"lines": \#(receipt.lines.count)}"#),
                    at: now),
                AddSellable(additions: plan.additions))
            return (ReceivedDelivery(id: inbound.id, receivedAt: now), Set(plan.additions.map(\.key.sku)))
        }
    }

    /// Lists stock per SKU, warehouse and owner in the order of their codes, a page at a time.
    ///
    /// - Parameters:
    ///   - sku: Only this SKU's levels; nil for all.
    ///   - owner: Only this owner's levels; nil for everybody's.
    ///   - after: Where the page before ended; nil for the first.
    ///   - limit: How many levels at most, up to ``maximumPage``.
    public func levels(
        of sku: SKUCode? = nil, ownedBy owner: OwnerCode? = nil, after: StockLevel.Position? = nil,
        limit: Int32 = maximumPage
    ) async throws(StockError) -> [StockLevel] {
        try await pool.rows(
            of: StockLevelsAfter(
                sku: sku, after: after, owner: owner, limit: min(max(limit, 1), Self.maximumPage)),
            throwing: StockError.self)
    }

    /// Which day it is at a base, by the database's clock: harvests and expiries are counted from it.
    public func today(at base: Base) async throws(StockError) -> CalendarDate {
        let days = try await pool.rows(of: BusinessDay(timeZone: base.timeZone), throwing: StockError.self)
        guard let today = days.first else { throw .database(.misuse("the database did not tell the day")) }
        return today
    }

    private static func repeated(
        _ receipt: Receipt, in transaction: Transaction
    ) async throws -> ReceivedDelivery {
        let recorded = try await transaction.query(InboundByReference(reference: receipt.reference))
        guard let first = recorded.first, first.fingerprint == receipt.fingerprint else {
            throw StockError.otherDeliveryUnderReference
        }
        return ReceivedDelivery(id: first.id, receivedAt: first.receivedAt)
    }

    private func adding<Value>(
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
