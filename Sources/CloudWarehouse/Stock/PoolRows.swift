import Postgres

/// Raises what is sellable, by pool; makes pools that are not there yet. Rows are locked in key order.
struct AddSellable: Command {
    /// Each pool once.
    let additions: [(key: PoolKey, sellable: Int64)]

    static let sql = """
        INSERT INTO pool (sku_id, warehouse_id, owner_id, sellable, held, committed, allotted, version)
        SELECT sku_id, warehouse_id, owner_id, sellable, 0, 0, 0, 1
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[]) AS new (sku_id, warehouse_id, owner_id, sellable)
        ORDER BY sku_id, warehouse_id, owner_id
        ON CONFLICT (sku_id, warehouse_id, owner_id)
        DO UPDATE SET sellable = pool.sellable + EXCLUDED.sellable, version = pool.version + 1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(additions.map(\.key.sku))
        parameters.append(additions.map(\.key.warehouse))
        parameters.append(additions.map(\.key.owner))
        parameters.append(additions.map(\.sellable))
    }
}

extension PostgresError {
    /// Whether the database kept a pool from counting more than a quantity may be.
    var isBeyondPool: Bool {
        guard case .server(let server) = self else { return false }
        return server.sqlState == .numericValueOutOfRange
            || server.sqlState == .checkViolation && server.constraint == "pool_is_a_quantity"
    }
}

/// Locks every pool of these SKUs in key order, as the intake does.
struct LockPoolsOfSKUs: Statement {
    let skus: [ID<SKU>]

    static let sql = """
        SELECT sku_id FROM pool WHERE sku_id = ANY ($1) ORDER BY sku_id, warehouse_id, owner_id FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(skus)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<SKU> {
        try row.next()
    }
}

/// Adds claims to pools that the transaction has locked, or takes them back.
struct ClaimFromPools: Command {
    /// Each pool once, with what its counters change by.
    let claims: [(key: PoolKey, change: PoolCounters)]

    static let sql = """
        UPDATE pool
        SET held = pool.held + change.held, committed = pool.committed + change.committed, version = pool.version + 1
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[])
            AS change (sku_id, warehouse_id, owner_id, held, committed)
        WHERE pool.sku_id = change.sku_id AND pool.warehouse_id = change.warehouse_id
            AND pool.owner_id = change.owner_id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(claims.map(\.key.sku))
        parameters.append(claims.map(\.key.warehouse))
        parameters.append(claims.map(\.key.owner))
        parameters.append(claims.map(\.change.held))
        parameters.append(claims.map(\.change.committed))
    }
}

/// Reads what is sellable of SKUs in one warehouse, of each owner.
struct SellableByCode: Statement {
    struct Key: Hashable {
        let sku: SKUCode
        let owner: OwnerCode
    }

    let warehouse: WarehouseCode
    let skus: [SKUCode]

    static let sql = """
        SELECT sku.code, owner.code, pool.sellable
        FROM pool
        JOIN sku ON sku.id = pool.sku_id
        JOIN owner ON owner.id = pool.owner_id
        JOIN warehouse ON warehouse.id = pool.warehouse_id
        WHERE warehouse.code = $1 AND sku.code = ANY ($2)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse)
        parameters.append(skus)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (key: Key, sellable: Int64) {
        (Key(sku: try row.next(), owner: try row.next()), try row.next())
    }
}
