import Postgres

/// One pool as the board shows it.
struct BoardRow: Hashable, Sendable {
    let key: PoolKey
    let level: StockLevel
}

extension RowDecoder {
    fileprivate mutating func nextPoolKey() throws(DecodingFailure) -> PoolKey {
        PoolKey(sku: try next(), warehouse: try next(), owner: try next())
    }

    fileprivate mutating func nextBoardRow() throws(DecodingFailure) -> BoardRow {
        BoardRow(
            key: try nextPoolKey(),
            level: StockLevel(
                position: StockLevel.Position(sku: try next(), warehouse: try next(), owner: try next()),
                name: try next(), unit: try next(),
                counters: PoolCounters(
                    sellable: try next(), held: try next(), committed: try next(), allotted: try next()),
                version: try next()))
    }
}

/// Reads every pool in the order of the codes, a page at a time.
struct BoardRowsAfter: Statement {
    /// The last position of the page before; nil for the first page.
    let after: StockLevel.Position?
    let limit: Int32

    static let sql = """
        SELECT pool.sku_id, pool.warehouse_id, pool.owner_id, sku.code, warehouse.code, owner.code, sku.name,
            sku.base_unit, pool.sellable, pool.held, pool.committed, pool.allotted, pool.version
        FROM pool
        JOIN sku ON sku.id = pool.sku_id
        JOIN warehouse ON warehouse.id = pool.warehouse_id
        JOIN owner ON owner.id = pool.owner_id
        WHERE sku.code >= $1 AND (sku.code, warehouse.code, owner.code) > ($1, $2, $3)
        ORDER BY sku.code, warehouse.code, owner.code
        LIMIT $4
        """

    /// An empty text lies before every code, so the first page needs no other statement.
    func bind(to parameters: inout Parameters) {
        parameters.append(after?.sku.rawValue ?? "")
        parameters.append(after?.warehouse.rawValue ?? "")
        parameters.append(after?.owner?.rawValue ?? "")
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> BoardRow {
        try row.nextBoardRow()
    }
}

/// Reads every pool of some SKUs.
struct BoardRowsOf: Statement {
    let skus: [ID<SKU>]

    static let sql = """
        SELECT pool.sku_id, pool.warehouse_id, pool.owner_id, sku.code, warehouse.code, owner.code, sku.name,
            sku.base_unit, pool.sellable, pool.held, pool.committed, pool.allotted, pool.version
        FROM pool
        JOIN sku ON sku.id = pool.sku_id
        JOIN warehouse ON warehouse.id = pool.warehouse_id
        JOIN owner ON owner.id = pool.owner_id
        WHERE pool.sku_id = ANY ($1)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(skus)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> BoardRow {
        try row.nextBoardRow()
    }
}

/// Reads what every set is made of, a component a row, in the order of the sets' codes, a page at a time.
struct SetRecipesAfter: Statement {
    /// The last set and component of the page before; nil for the first page.
    let after: (set: SKUCode, component: ID<SKU>)?
    let limit: Int32

    static let sql = """
        SELECT bundle.code, bundle.name, bundle.base_unit, sku.code, part.quantity, part.component_sku_id
        FROM set_component AS part
        JOIN sku AS bundle ON bundle.id = part.set_sku_id
        JOIN sku ON sku.id = part.component_sku_id
        WHERE (bundle.code, part.component_sku_id) > ($1, $2)
        ORDER BY bundle.code, part.component_sku_id
        LIMIT $3
        """

    /// An empty text lies before every code.
    func bind(to parameters: inout Parameters) {
        parameters.append(after?.set.rawValue ?? "")
        parameters.append(after?.component ?? .sample)
        parameters.append(limit)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (recipe: SetRecipe, component: ID<SKU>) {
        (
            SetRecipe(
                set: try row.next(), name: try row.next(), unit: try row.next(),
                components: [SetRecipe.Component(sku: try row.next(), quantity: try row.next())]),
            try row.next()
        )
    }
}

/// Sums up what the board shows in one row, so that a look for changes costs next to nothing when there are none.
///
/// Pools are never deleted and versions only grow, so equal numbers mean equal pools. Names, and what sets are made of, have
/// no version: they are summed up by a hash.
struct BoardDigestNow: Statement {
    static let sql = """
        SELECT count(*), COALESCE(sum(version), 0)::bigint,
            (SELECT COALESCE(sum(hashtext(name)), 0)::bigint FROM sku),
            (
                SELECT COALESCE(sum(hashtext(set_sku_id::text || component_sku_id::text || quantity::text)), 0)::bigint
                FROM set_component
            )
        FROM pool
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (
        extent: StockPicture.Extent, names: Int64, sets: Int64
    ) {
        (StockPicture.Extent(pools: try row.next(), versions: try row.next()), try row.next(), try row.next())
    }
}

/// Reads the version of every pool in key order, a page at a time: what to read again when the digests differ.
struct PoolVersionsAfter: Statement {
    /// The last key of the page before; nil for the first page.
    let after: PoolKey?
    let limit: Int32

    static let sql = """
        SELECT sku_id, warehouse_id, owner_id, version
        FROM pool
        WHERE (sku_id, warehouse_id, owner_id) > ($1, $2, $3)
        ORDER BY sku_id, warehouse_id, owner_id
        LIMIT $4
        """

    /// No pool has the id of zeros.
    func bind(to parameters: inout Parameters) {
        parameters.append(after?.sku ?? .sample)
        parameters.append(after?.warehouse ?? .sample)
        parameters.append(after?.owner ?? .sample)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (key: PoolKey, version: Int64) {
        (try row.nextPoolKey(), try row.next())
    }
}
