import Postgres

/// Deliveries whose state is not where their events lead, whose counts are not the rows of the ledger that they made, and
/// whose lots are sellable too early or too late.
///
/// The events of a delivery are a way from `absent` to its state: what leads into each state, leads out of it again, but for
/// the first and the last. Their order is not told by their ids, since a step that waits is older than what it waits for.
struct InboundDifferences: Statement {
    let limit: Int32

    static let sql = """
        WITH flow AS (
            SELECT inbound_id, to_state AS state, 1 AS change FROM inbound_event
            UNION ALL
            SELECT inbound_id, from_state, -1 FROM inbound_event
            UNION ALL
            SELECT id, state, -1 FROM inbound WHERE id IN (SELECT inbound_id FROM inbound_event)
            UNION ALL
            SELECT DISTINCT inbound_id, 'absent', 1 FROM inbound_event
        ), receipt AS (
            SELECT inbound_id, movement_id, lot_id, received, location_id FROM inbound_receipt WHERE lot_id IS NOT NULL
        ), movement AS (
            SELECT id, document_id, lot_id, quantity, to_location_id FROM movement
            WHERE document_kind = 'inbound' AND reason = 'receipt'
                AND document_id IN (SELECT inbound_id FROM inbound_event)
        )
        SELECT 'inbound' AS place, inbound_id AS id, 'state' AS what, string_agg(state, ', ' ORDER BY state) AS stored
        FROM (SELECT inbound_id, state FROM flow GROUP BY inbound_id, state HAVING sum(change) <> 0) AS uneven
        GROUP BY inbound_id
        UNION ALL
        SELECT CASE WHEN movement.id IS NULL THEN 'inbound_receipt' ELSE 'movement' END,
            COALESCE(receipt.inbound_id, movement.document_id), 'movement_id',
            COALESCE(movement.id, receipt.movement_id)::text
        FROM receipt
        FULL JOIN movement ON movement.id = receipt.movement_id AND movement.document_id = receipt.inbound_id
            AND movement.lot_id = receipt.lot_id AND movement.quantity = receipt.received
            AND movement.to_location_id = receipt.location_id
        WHERE receipt.movement_id IS NULL OR movement.id IS NULL
        UNION ALL
        SELECT 'lot', inbound.id, 'status', lot.status
        FROM receipt
        JOIN inbound ON inbound.id = receipt.inbound_id
        JOIN lot ON lot.id = receipt.lot_id
        WHERE (lot.status = 'pending') <> (inbound.state IN ('arrived', 'received', 'cancelled'))
            AND lot.status <> 'blocked'
        ORDER BY 1, 2, 4
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let table: String = try row.next()
        let inbound: ID<Inbound> = try row.next()
        let column: String = try row.next()
        let stored: String? = try row.next()
        return Difference(
            table: table, row: "delivery \(inbound)", column: column, stored: stored, expected: "what its events say")
    }
}
