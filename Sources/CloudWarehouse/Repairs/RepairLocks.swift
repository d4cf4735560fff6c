import Postgres

/// Has a transaction wait only so long for a row that somebody else has locked.
struct SetLockTimeout: Statement {
    let milliseconds: Int64

    static let sql = "SELECT set_config('lock_timeout', $1::bigint::text, true)"

    func bind(to parameters: inout Parameters) {
        parameters.append(milliseconds)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> String {
        try row.next()
    }
}

/// The SKUs by whose pools' locks buyers' counts are guarded: those that are counted, and whatever else is in the buyers' orders
/// of them, since a set has no pool of its own.
struct SKUsGuardingCounts: Statement {
    let counts: [IntakeSnapshot.CountKey]

    static let sql = """
        SELECT sku_id FROM unnest($3::uuid[]) AS counted (sku_id)
        UNION
        SELECT component_sku_id FROM set_component WHERE set_sku_id = ANY ($3)
        UNION
        SELECT other.sku_id
        FROM unnest($1::text[], $2::text[], $3) AS counted (source, buyer, sku_id)
        JOIN order_terms AS terms ON terms.buyer = counted.buyer
        JOIN customer_order AS placed ON placed.id = terms.order_id AND placed.source = counted.source
        JOIN order_line AS line ON line.order_id = placed.id AND line.sku_id = counted.sku_id
        JOIN order_line AS other ON other.order_id = placed.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(counts.map(\.source))
        parameters.append(counts.map(\.buyer))
        parameters.append(counts.map(\.sku))
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<SKU> {
        try row.next()
    }
}

/// Makes the pools of these keys that are missing, empty, and tells which were.
struct InsertMissingPools: Statement {
    let keys: [PoolKey]

    static let sql = """
        INSERT INTO pool (sku_id, warehouse_id, owner_id, sellable, held, committed, allotted, version)
        SELECT sku_id, warehouse_id, owner_id, 0, 0, 0, 0, 0
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS new (sku_id, warehouse_id, owner_id)
        ORDER BY sku_id, warehouse_id, owner_id
        ON CONFLICT (sku_id, warehouse_id, owner_id) DO NOTHING
        RETURNING sku_id, warehouse_id, owner_id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(keys.map(\.sku))
        parameters.append(keys.map(\.warehouse))
        parameters.append(keys.map(\.owner))
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> PoolKey {
        PoolKey(sku: try row.next(), warehouse: try row.next(), owner: try row.next())
    }
}

/// Makes the balances of these keys that are missing, of nothing, and tells which were.
struct InsertMissingBalances: Statement {
    let balances: [WrongBalance]

    static let sql = """
        INSERT INTO balance (sku_id, location_id, lot_id, owner_id, quality, on_hand)
        SELECT sku_id, location_id, lot_id, owner_id, quality, 0
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[])
            AS new (sku_id, location_id, lot_id, owner_id, quality)
        ORDER BY sku_id, location_id, lot_id, quality
        ON CONFLICT (sku_id, location_id, lot_id, quality) DO NOTHING
        RETURNING sku_id, location_id, lot_id, quality
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(balances.map(\.key.sku))
        parameters.append(balances.map(\.key.location))
        parameters.append(balances.map(\.key.lot))
        parameters.append(balances.map(\.owner))
        parameters.append(balances.map(\.key.quality))
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> BalanceKey {
        BalanceKey(sku: try row.next(), location: try row.next(), lot: try row.next(), quality: try row.next())
    }
}

/// Locks these balances in key order.
struct LockBalances: Statement {
    let keys: [BalanceKey]

    static let sql = """
        SELECT balance.on_hand
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) AS wanted (sku_id, location_id, lot_id, quality)
        JOIN balance USING (sku_id, location_id, lot_id, quality)
        ORDER BY balance.sku_id, balance.location_id, balance.lot_id, balance.quality
        FOR NO KEY UPDATE OF balance
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(keys.map(\.sku))
        parameters.append(keys.map(\.location))
        parameters.append(keys.map(\.lot))
        parameters.append(keys.map(\.quality))
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 {
        try row.next()
    }
}
