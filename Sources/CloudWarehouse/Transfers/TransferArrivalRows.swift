import Postgres

/// Writes down what has come, and what has not.
struct InsertTransferArrival: Command {
    let event: ID<TransferStep>
    let transfer: ID<Transfer>
    let arrival: TransferArrival
    let location: ID<Location>?

    static let sql = """
        INSERT INTO transfer_arrival (event_id, transfer_id, lot_id, quality, received, damaged, lost, location_id, reason,
            answerable)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(event)
        parameters.append(transfer)
        parameters.append(arrival.lot)
        parameters.append(arrival.quality)
        parameters.append(arrival.count.received)
        parameters.append(arrival.count.damaged)
        parameters.append(arrival.count.lost)
        parameters.append(location)
        parameters.append(arrival.loss?.reason)
        parameters.append(arrival.loss?.answerable)
    }
}

/// Takes what has arrived, or is lost, out of what is in transit of a lot.
struct ArriveTransferLot: Command {
    let transfer: ID<Transfer>
    let arrival: TransferArrival

    static let sql = """
        UPDATE transfer_lot
        SET received = transfer_lot.received + $4, damaged = transfer_lot.damaged + $5, lost = transfer_lot.lost + $6,
            in_transit = transfer_lot.in_transit - $4 - $5 - $6
        WHERE transfer_id = $1 AND lot_id = $2 AND quality = $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
        parameters.append(arrival.lot)
        parameters.append(arrival.quality)
        parameters.append(arrival.count.received)
        parameters.append(arrival.count.damaged)
        parameters.append(arrival.count.lost)
    }
}

/// Tells whether something of a transfer is in transit.
struct IsInTransit: Statement {
    let transfer: ID<Transfer>

    static let sql = """
        SELECT EXISTS (SELECT FROM transfer_lot WHERE transfer_id = $1 AND in_transit > 0)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Bool { try row.next() }
}

/// Reads what is to be put back of a transfer, by the places where it was picked, which are not closed before the transaction ends.
struct PickedPlaces: Statement {
    struct Row: Hashable {
        let lot: ID<Lot>
        let quality: Quality
        let location: ID<Location>
        let warehouse: WarehouseCode
        let code: LocationCode
        let isClosed: Bool
        let purpose: LocationPurpose
        let quantity: Quantity
    }

    let transfer: ID<Transfer>

    static let sql = """
        SELECT pick.lot_id, pick.quality, location.id, warehouse.code, location.code, location.closed_at IS NOT NULL,
            location.purpose, pick.quantity
        FROM (
            SELECT lot_id, quality, location_id, sum(quantity)::bigint AS quantity
            FROM transfer_pick WHERE transfer_id = $1
            GROUP BY lot_id, quality, location_id
        ) AS pick
        JOIN location ON location.id = pick.location_id
        JOIN warehouse ON warehouse.id = location.warehouse_id
        ORDER BY location.id, pick.lot_id, pick.quality
        FOR KEY SHARE OF location
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Row {
        Row(
            lot: try row.next(), quality: try row.next(), location: try row.next(), warehouse: try row.next(),
            code: try row.next(), isClosed: try row.next(), purpose: try row.next(), quantity: try row.next())
    }
}
