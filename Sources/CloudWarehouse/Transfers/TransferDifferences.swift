import Postgres

/// Transfers whose state is not where their events lead, whose counters are not what was picked and has arrived, and that are
/// over while something of them is still on its way.
///
/// The events of a transfer are a way from `absent` to its state: what leads into each state, leads out of it again, but for the
/// first and the last.
struct TransferDifferences: Statement {
    let limit: Int32

    static let sql = """
        WITH flow AS (
            SELECT transfer_id, to_state AS state, 1 AS change FROM transfer_event
            UNION ALL
            SELECT transfer_id, from_state, -1 FROM transfer_event
            UNION ALL
            SELECT id, state, -1 FROM transfer
            UNION ALL
            SELECT id, 'absent', 1 FROM transfer
        ), picked AS (
            SELECT transfer_id, lot_id, quality, sum(quantity)::bigint AS quantity FROM transfer_pick
            GROUP BY transfer_id, lot_id, quality
        ), arrived AS (
            SELECT transfer_id, lot_id, quality, sum(received)::bigint AS received, sum(damaged)::bigint AS damaged,
                sum(lost)::bigint AS lost
            FROM transfer_arrival
            GROUP BY transfer_id, lot_id, quality
        )
        SELECT 'transfer' AS place, transfer_id AS id, 'state' AS what, string_agg(state, ', ' ORDER BY state) AS stored
        FROM (SELECT transfer_id, state FROM flow GROUP BY transfer_id, state HAVING sum(change) <> 0) AS uneven
        GROUP BY transfer_id
        UNION ALL
        SELECT 'transfer_lot', transfer_id, 'picked', concat(moving.picked, ' of ', lot_id)
        FROM transfer_lot AS moving
        LEFT JOIN picked USING (transfer_id, lot_id, quality)
        WHERE moving.picked <> COALESCE(picked.quantity, 0)
        UNION ALL
        SELECT 'transfer_lot', transfer_id, 'received',
            concat(moving.received, ' received, ', moving.damaged, ' damaged, ', moving.lost, ' lost of ', lot_id)
        FROM transfer_lot AS moving
        LEFT JOIN arrived USING (transfer_id, lot_id, quality)
        WHERE (moving.received, moving.damaged, moving.lost)
            <> (COALESCE(arrived.received, 0), COALESCE(arrived.damaged, 0), COALESCE(arrived.lost, 0))
        UNION ALL
        SELECT 'transfer_line', line.transfer_id, 'picked', concat(line.picked, ' in line ', line.position)
        FROM transfer_line AS line
        WHERE line.picked <> (
            SELECT COALESCE(sum(moving.picked), 0) FROM transfer_lot AS moving
            WHERE moving.transfer_id = line.transfer_id AND moving.sku_id = line.sku_id AND moving.owner_id = line.owner_id)
        UNION ALL
        SELECT 'transfer_lot', moving.transfer_id, 'in_transit',
            concat(moving.waiting, ' waiting, ', moving.in_transit, ' in transit of ', moving.lot_id)
        FROM transfer_lot AS moving
        JOIN transfer ON transfer.id = moving.transfer_id
        WHERE moving.waiting > 0 AND transfer.state NOT IN ('picking', 'loaded')
            OR moving.in_transit > 0 AND transfer.state NOT IN ('in_transit', 'returning')
        ORDER BY 1, 2, 3, 4
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let table: String = try row.next()
        let transfer: ID<Transfer> = try row.next()
        let column: String = try row.next()
        let stored: String? = try row.next()
        return Difference(
            table: table, row: "transfer \(transfer)", column: column, stored: stored, expected: "what its events say")
    }
}

/// Goods of transfers that the ledger does not explain: what it says of the transfer dock, of what is in transit, and of what has
/// come of it, lot by lot; and whatever else is at these places.
struct TransferredDifferences: Statement {
    let limit: Int32

    static let sql = """
        WITH moved AS (
            SELECT movement.document_kind, movement.document_id, movement.lot_id, movement.from_quality AS quality, movement.quantity,
                movement.from_location_id = $1 AS from_dock, movement.to_location_id = $1 AS to_dock,
                movement.from_location_id = $2 AS from_road, movement.to_location_id = $2 AS to_road,
                movement.to_location_id = $3 AS to_loss, movement.to_quality <> movement.from_quality
                    AND movement.to_quality = 'damaged' AS is_damaged, target.kind = 'storage' AS is_inside
            FROM movement
            JOIN location AS target ON target.id = movement.to_location_id
            WHERE movement.from_location_id IN ($1, $2) OR movement.to_location_id IN ($1, $2)
                OR movement.document_kind = 'transfer'
        ), ledger AS (
            SELECT document_kind, document_id AS transfer_id, lot_id, quality, ARRAY[
                COALESCE(sum(quantity) FILTER (WHERE to_dock), 0), COALESCE(sum(quantity) FILTER (WHERE to_dock), 0)
                    - COALESCE(sum(quantity) FILTER (WHERE from_dock), 0),
                COALESCE(sum(quantity) FILTER (WHERE from_dock AND is_inside), 0),
                COALESCE(sum(quantity) FILTER (WHERE to_road), 0),
                COALESCE(sum(quantity) FILTER (WHERE from_road AND is_inside AND NOT is_damaged), 0),
                COALESCE(sum(quantity) FILTER (WHERE from_road AND is_inside AND is_damaged), 0),
                COALESCE(sum(quantity) FILTER (WHERE from_road AND to_loss), 0),
                COALESCE(sum(quantity) FILTER (WHERE to_road), 0) - COALESCE(sum(quantity) FILTER (WHERE from_road), 0)
            ]::bigint[] AS counters
            FROM moved
            GROUP BY document_kind, document_id, lot_id, quality
        ), stored AS (
            SELECT 'transfer' AS document_kind, transfer_id, lot_id, quality,
                ARRAY[picked, waiting, put_back, shipped, received, damaged, lost, in_transit] AS counters
            FROM transfer_lot
        )
        SELECT transfer_id, lot_id, quality, array_to_string(stored.counters, ' '), array_to_string(ledger.counters, ' ')
        FROM stored
        FULL JOIN ledger USING (document_kind, transfer_id, lot_id, quality)
        WHERE stored.counters IS DISTINCT FROM ledger.counters
        ORDER BY 1, 2, 3
        LIMIT $4
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(Location.transferDock)
        parameters.append(Location.inTransit)
        parameters.append(Location.loss)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let transfer: ID<Transfer> = try row.next()
        let lot: ID<Lot> = try row.next()
        let quality: Quality = try row.next()
        return Difference(
            table: "transfer_lot", row: "transfer \(transfer), lot \(lot), \(quality.rawValue)",
            column: "picked waiting put_back shipped received damaged lost in_transit", stored: try row.next(),
            expected: try row.next())
    }
}
