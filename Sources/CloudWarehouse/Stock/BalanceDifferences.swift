import Postgres

/// Balances that the movements do not explain.
struct BalanceDifferences: Statement {
    let limit: Int32

    static let sql = """
        WITH moved AS (
            SELECT sku_id, to_location_id AS location_id, lot_id, to_quality AS quality, quantity FROM movement
            UNION ALL
            SELECT sku_id, from_location_id, lot_id, from_quality, -quantity FROM movement
        ), ledger AS (
            SELECT moved.sku_id, moved.location_id, moved.lot_id, moved.quality, sum(moved.quantity)::bigint AS on_hand
            FROM moved
            JOIN location ON location.id = moved.location_id
            WHERE location.kind = 'storage'
            GROUP BY moved.sku_id, moved.location_id, moved.lot_id, moved.quality
        )
        SELECT COALESCE(sku.code, sku_id::text), COALESCE(location.code, location_id::text), lot_id, quality,
            balance.on_hand, COALESCE(ledger.on_hand, 0)
        FROM balance
        FULL JOIN ledger USING (sku_id, location_id, lot_id, quality)
        LEFT JOIN sku ON sku.id = sku_id
        LEFT JOIN location ON location.id = location_id
        WHERE COALESCE(balance.on_hand, 0) <> COALESCE(ledger.on_hand, 0)
        ORDER BY 1, 2, 3, 4
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let sku: String = try row.next()
        let location: String = try row.next()
        let lot: ID<Lot> = try row.next()
        let quality: String = try row.next()
        let stored: Int64? = try row.next()
        let expected: Int64 = try row.next()
        return Difference(
            table: "balance", row: "SKU \(sku), location \(location), lot \(lot), \(quality)", column: "on_hand",
            stored: stored.map { "\($0)" }, expected: "\(expected)")
    }
}
