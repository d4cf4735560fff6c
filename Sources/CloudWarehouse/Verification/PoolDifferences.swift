import Postgres

/// Pools that the ledger and the claims of order lines do not explain.
struct PoolDifferences: Statement {
    /// Only these; nil for all of them.
    var only: [PoolKey]?
    let limit: Int32

    /// What is sellable is counted from the ledger, not from the balances, so that of the two only the wrong one is named. What
    /// a claim counts is bound from ``ClaimState/counters``: the one table, which the intake writes by as well.
    static let sql = """
        WITH weight AS (
            SELECT claim, held, committed FROM unnest($1::text[], $2::bigint[], $3::bigint[])
                AS weight (claim, held, committed)
        ), claimed AS (
            SELECT line.sku_id, line.warehouse_id, line.owner_id,
                sum((line.quantity - line.cancelled - line.shipped) * weight.held)::bigint AS held,
                sum((line.quantity - line.cancelled - line.shipped) * weight.committed)::bigint AS committed
            FROM order_line AS line
            JOIN weight ON weight.claim = line.claim
            WHERE line.warehouse_id IS NOT NULL AND line.owner_id IS NOT NULL AND ($4::uuid[] IS NULL OR line.sku_id = ANY ($4))
            GROUP BY line.sku_id, line.warehouse_id, line.owner_id
        ), moved AS (
            SELECT to_location_id AS location_id, lot_id, quantity FROM movement
            WHERE to_quality = 'good' AND ($4::uuid[] IS NULL OR sku_id = ANY ($4))
            UNION ALL
            SELECT from_location_id, lot_id, -quantity FROM movement
            WHERE from_quality = 'good' AND ($4::uuid[] IS NULL OR sku_id = ANY ($4))
        ), ledger AS (
            SELECT location_id, lot_id, sum(quantity)::bigint AS on_hand FROM moved GROUP BY location_id, lot_id
        ), standing AS (
            SELECT lot.sku_id, location.warehouse_id, lot.owner_id, sum(ledger.on_hand)::bigint AS sellable
            FROM ledger
            JOIN location ON location.id = ledger.location_id
            JOIN lot ON lot.id = ledger.lot_id
            WHERE location.kind = 'storage' AND lot.status = 'released'
            GROUP BY lot.sku_id, location.warehouse_id, lot.owner_id
        )
        SELECT sku_id, warehouse_id, owner_id, COALESCE(sku.code, sku_id::text),
            COALESCE(warehouse.code, warehouse_id::text), COALESCE(owner.code, owner_id::text),
            sku.id IS NOT NULL AND warehouse.id IS NOT NULL AND owner.id IS NOT NULL,
            pool.sellable, pool.held, pool.committed, pool.allotted,
            COALESCE(standing.sellable, 0), COALESCE(claimed.held, 0), COALESCE(claimed.committed, 0)
        FROM pool
        FULL JOIN claimed USING (sku_id, warehouse_id, owner_id)
        FULL JOIN standing USING (sku_id, warehouse_id, owner_id)
        LEFT JOIN sku ON sku.id = sku_id
        LEFT JOIN warehouse ON warehouse.id = warehouse_id
        LEFT JOIN owner ON owner.id = owner_id
        WHERE (COALESCE(pool.sellable, 0) <> COALESCE(standing.sellable, 0)
                OR COALESCE(pool.held, 0) <> COALESCE(claimed.held, 0)
                OR COALESCE(pool.committed, 0) <> COALESCE(claimed.committed, 0)
                OR COALESCE(pool.allotted, 0) <> 0
                OR pool.sku_id IS NULL AND claimed.sku_id IS NOT NULL)
            AND ($4::uuid[] IS NULL OR (sku_id, warehouse_id, owner_id) IN (
                SELECT wanted.sku_id, wanted.warehouse_id, wanted.owner_id
                FROM unnest($4::uuid[], $5::uuid[], $6::uuid[]) AS wanted (sku_id, warehouse_id, owner_id)))
        ORDER BY 4, 5, 6
        LIMIT $7
        """

    func bind(to parameters: inout Parameters) {
        let claims = ClaimState.allCases
        parameters.append(claims)
        parameters.append(claims.map(\.counters.held))
        parameters.append(claims.map(\.counters.committed))
        parameters.append(only?.map(\.sku))
        parameters.append(only?.map(\.warehouse))
        parameters.append(only?.map(\.owner))
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> WrongPool {
        let key = PoolKey(sku: try row.next(), warehouse: try row.next(), owner: try row.next())
        let (sku, warehouse, owner): (String, String, String) = (try row.next(), try row.next(), try row.next())
        let isKnown: Bool = try row.next()
        let stored: [Int64?] = [try row.next(), try row.next(), try row.next(), try row.next()]
        // No session can ring-fence stock yet, so nothing is allotted.
        return WrongPool(
            key: key, name: "SKU \(sku), warehouse \(warehouse), owner \(owner)", isKnown: isKnown,
            stored: WrongPool.counters(stored),
            expected: PoolCounters(sellable: try row.next(), held: try row.next(), committed: try row.next()))
    }
}

/// A pool that counts something else than the ledger and the orders explain; it may be wrong in several columns.
struct WrongPool: Sendable {
    let key: PoolKey
    /// The row, in the words of its key.
    let name: String
    /// Whether there is such a SKU, such a warehouse and such an owner.
    let isKnown: Bool
    /// What is stored; nil when there is no row.
    let stored: PoolCounters?
    let expected: PoolCounters

    /// Each column that is wrong.
    var columns: [(name: String, stored: Int64?, expected: Int64)] {
        [
            ("sellable", stored?.sellable, expected.sellable), ("held", stored?.held, expected.held),
            ("committed", stored?.committed, expected.committed), ("allotted", stored?.allotted, expected.allotted),
        ].filter { $0.1 != $0.2 }
    }

    /// What a verification names.
    var differences: [Difference] {
        columns.map { column, stored, expected in
            Difference(
                table: "pool", row: name, column: column, stored: stored.map { "\($0)" }, expected: "\(expected)")
        }
    }

    fileprivate static func counters(_ columns: [Int64?]) -> PoolCounters? {
        guard let sellable = columns[0], let held = columns[1], let committed = columns[2], let allotted = columns[3]
        else { return nil }
        return PoolCounters(sellable: sellable, held: held, committed: committed, allotted: allotted)
    }
}
