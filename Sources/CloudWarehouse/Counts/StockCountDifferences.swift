import Postgres

/// Counts whose state is not where their events lead, whose lines are not what was counted last, and whose differences are not the
/// rows of the ledger that they should be.
struct StockCountDifferences: Statement {
    let limit: Int32

    static let sql = """
        WITH flow AS (
            SELECT count_id, to_state AS state, 1 AS change FROM stock_count_event
            UNION ALL
            SELECT count_id, from_state, -1 FROM stock_count_event
            UNION ALL
            SELECT id, state, -1 FROM stock_count
            UNION ALL
            SELECT id, 'absent', 1 FROM stock_count
        ), entry AS (
            SELECT count_id, location_id, lot_id, quality, count(*) AS times FROM stock_count_entry
            GROUP BY count_id, location_id, lot_id, quality
        ), line AS (
            SELECT line.count_id, line.movement_id, line.lot_id, line.quality, line.location_id,
                line.counted - line.expected AS difference
            FROM stock_count_line AS line
            JOIN stock_count ON stock_count.id = line.count_id
            WHERE line.movement_id IS NOT NULL OR stock_count.state = 'posted' AND line.counted <> line.expected
        ), moved AS (
            SELECT id, document_id, lot_id, from_quality AS quality, from_location_id, to_location_id, quantity
            FROM movement WHERE document_kind = 'count'
        )
        SELECT 'stock_count' AS place, count_id AS id, 'state' AS what, string_agg(state, ', ' ORDER BY state) AS stored
        FROM (SELECT count_id, state FROM flow GROUP BY count_id, state HAVING sum(change) <> 0) AS uneven
        GROUP BY count_id
        UNION ALL
        SELECT 'stock_count_line', line.count_id, 'counted', concat(line.counted, ' of ', line.lot_id)
        FROM stock_count_line AS line
        LEFT JOIN entry USING (count_id, location_id, lot_id, quality)
        WHERE line.times <> COALESCE(entry.times, 0) OR NOT EXISTS (
            SELECT FROM stock_count_entry AS last
            WHERE last.count_id = line.count_id AND last.location_id = line.location_id AND last.lot_id = line.lot_id
                AND last.quality = line.quality AND last.expected = line.expected AND last.counted = line.counted
                AND last.position = line.position)
        UNION ALL
        SELECT CASE WHEN line.count_id IS NULL THEN 'movement' ELSE 'stock_count_line' END,
            COALESCE(line.count_id, moved.document_id), 'movement_id', COALESCE(moved.id, line.movement_id)::text
        FROM line
        FULL JOIN moved ON moved.id = line.movement_id AND moved.document_id = line.count_id
            AND moved.lot_id = line.lot_id AND moved.quality = line.quality AND moved.quantity = abs(line.difference)
            AND line.location_id = CASE WHEN line.difference < 0 THEN moved.from_location_id ELSE moved.to_location_id END
        WHERE line.count_id IS NULL OR moved.id IS NULL
        ORDER BY 1, 2, 3, 4
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let table: String = try row.next()
        let count: ID<StockCount> = try row.next()
        let column: String = try row.next()
        let stored: String? = try row.next()
        return Difference(
            table: table, row: "count \(count)", column: column, stored: stored, expected: "what its events say")
    }
}
