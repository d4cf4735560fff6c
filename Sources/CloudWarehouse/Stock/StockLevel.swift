import Postgres

/// What one pool holds, in words: one SKU of one owner in one warehouse.
///
/// A gift set has no pool. Its level says how many whole sets lie in one warehouse, whoever owns their parts: for each
/// component what all its pools there have available, divided by what one set takes of it, rounded down; the least of these.
/// A component of which nothing lies there makes it 0. A set claims by its components, so nothing of it is held, and all of
/// it is sellable.
public struct StockLevel: Hashable, Sendable {
    /// Where a level stands in the order of all levels.
    public struct Position: Hashable, Sendable {
        /// The SKU's code, the first thing to order by.
        public let sku: SKUCode
        /// The warehouse's code, the second.
        public let warehouse: WarehouseCode
        /// The owner's code, the third; nil for a gift set, which may be of several owners' goods.
        public let owner: OwnerCode?

        /// A position, as an earlier page ended with it.
        public init(sku: SKUCode, warehouse: WarehouseCode, owner: OwnerCode?) {
            self.sku = sku
            self.warehouse = warehouse
            self.owner = owner
        }
    }

    /// Which SKU, where and whose.
    public let position: Position
    /// The SKU's name.
    public let name: Name
    /// What its quantities are counted in.
    public let unit: BaseUnit
    /// The pool's counters.
    public let counters: PoolCounters
    /// Grows with every change of the pool, or of a set's pools.
    public let version: Int64

    /// A level with these fields.
    public init(position: Position, name: Name, unit: BaseUnit, counters: PoolCounters, version: Int64) {
        self.position = position
        self.name = name
        self.unit = unit
        self.counters = counters
        self.version = version
    }
}

/// Lists stock levels in the order of their positions, a page at a time.
struct StockLevelsAfter: Statement {
    /// Only this SKU's, when there is one.
    let sku: SKUCode?
    /// The last position of the page before; nil for the first page.
    let after: StockLevel.Position?
    /// Only this owner's, when there is one.
    let owner: OwnerCode?
    let limit: Int32

    static let sql = """
        SELECT sku.code, warehouse.code, owner.code, sku.name, sku.base_unit,
            pool.sellable, pool.held, pool.committed, pool.allotted, pool.version
        FROM pool
        JOIN sku ON sku.id = pool.sku_id
        JOIN warehouse ON warehouse.id = pool.warehouse_id
        JOIN owner ON owner.id = pool.owner_id
        WHERE sku.code >= $1 AND sku.code <= $2 AND (sku.code, warehouse.code, owner.code) > ($3, $4, $5)
            AND ($6::text IS NULL OR owner.code = $6)
        ORDER BY sku.code, warehouse.code, owner.code
        LIMIT $7
        """

    /// Both bounds of the SKU's code are always there, so that one plan for all reads the index between them: an empty text
    /// lies before every code, and a DEL after every one.
    func bind(to parameters: inout Parameters) {
        parameters.append(max(sku?.rawValue ?? "", after?.sku.rawValue ?? ""))
        parameters.append(sku?.rawValue ?? "\u{7F}")
        parameters.append(after?.sku.rawValue ?? "")
        parameters.append(after?.warehouse.rawValue ?? "")
        parameters.append(after?.owner?.rawValue ?? "")
        parameters.append(owner)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StockLevel {
        StockLevel(
            position: StockLevel.Position(sku: try row.next(), warehouse: try row.next(), owner: try row.next()),
            name: try row.next(), unit: try row.next(),
            counters: PoolCounters(
                sellable: try row.next(), held: try row.next(), committed: try row.next(), allotted: try row.next()),
            version: try row.next())
    }
}
