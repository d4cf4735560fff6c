import Postgres

/// Pools that the balances and the claims of order lines do not explain.
struct PoolDifferences: Statement {
    let limit: Int32

    /// What a claim counts is bound from ``ClaimState/counters``: the one table, which the intake writes by as well.
    static let sql = """
        WITH weight AS (
            SELECT claim, held, committed FROM unnest($1::text[], $2::bigint[], $3::bigint[])
                AS weight (claim, held, committed)
        ), claimed AS (
            SELECT line.sku_id, line.warehouse_id, line.owner_id, sum((line.quantity - line.cancelled) * weight.held)::bigint AS held,
                sum((line.quantity - line.cancelled) * weight.committed)::bigint AS committed
            FROM order_line AS line
            JOIN weight ON weight.claim = line.claim
            WHERE line.warehouse_id IS NOT NULL
            GROUP BY line.sku_id, line.warehouse_id, line.owner_id
        ), standing AS (
            SELECT balance.sku_id, location.warehouse_id, balance.owner_id, sum(balance.on_hand)::bigint AS sellable
            FROM balance
            JOIN location ON location.id = balance.location_id
            JOIN lot ON lot.id = balance.lot_id
            WHERE balance.quality = 'good' AND lot.status = 'released'
            GROUP BY balance.sku_id, location.warehouse_id, balance.owner_id
        )
        SELECT COALESCE(sku.code, sku_id::text), COALESCE(warehouse.code, warehouse_id::text),
            COALESCE(owner.code, owner_id::text), pool.sellable, pool.held, pool.committed, pool.allotted,
            COALESCE(standing.sellable, 0), COALESCE(claimed.held, 0), COALESCE(claimed.committed, 0)
        FROM pool
        FULL JOIN claimed USING (sku_id, warehouse_id, owner_id)
        FULL JOIN standing USING (sku_id, warehouse_id, owner_id)
        LEFT JOIN sku ON sku.id = sku_id
        LEFT JOIN warehouse ON warehouse.id = warehouse_id
        LEFT JOIN owner ON owner.id = owner_id
        WHERE COALESCE(pool.sellable, 0) <> COALESCE(standing.sellable, 0)
            OR COALESCE(pool.held, 0) <> COALESCE(claimed.held, 0)
            OR COALESCE(pool.committed, 0) <> COALESCE(claimed.committed, 0)
            OR COALESCE(pool.allotted, 0) <> 0
            OR pool.sku_id IS NULL AND claimed.sku_id IS NOT NULL
        ORDER BY 1, 2, 3
        LIMIT $4
        """

    func bind(to parameters: inout Parameters) {
        let claims = ClaimState.allCases
        parameters.append(claims)
        parameters.append(claims.map(\.counters.held))
        parameters.append(claims.map(\.counters.committed))
        parameters.append(limit)
    }

    /// Reads one pool, which may be wrong in several columns.
    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> [Difference] {
        let sku: String = try row.next()
        let warehouse: String = try row.next()
        let owner: String = try row.next()
        let stored: [Int64?] = [try row.next(), try row.next(), try row.next(), try row.next()]
        // No session can ring-fence stock yet, so nothing is allotted.
        let expected: [Int64] = [try row.next(), try row.next(), try row.next(), 0]
        return ["sellable", "held", "committed", "allotted"].enumerated().compactMap { index, column in
            guard stored[index] != expected[index] else { return nil }
            return Difference(
                table: "pool", row: "SKU \(sku), warehouse \(warehouse), owner \(owner)", column: column,
                stored: stored[index].map { "\($0)" }, expected: "\(expected[index])")
        }
    }
}
