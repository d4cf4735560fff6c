import Postgres

/// The lots of a delivery, locked: nobody corrects them before it is known whether they are released.
struct LockLotsOfInbound: Statement {
    let inbound: ID<Inbound>

    static let sql = """
        SELECT lot.id, lot.sku_id, lot.owner_id, sku.base_unit, lot.status, lot.expires_on, receipt.location_id
        FROM inbound_receipt AS receipt
        JOIN lot ON lot.id = receipt.lot_id
        JOIN sku ON sku.id = lot.sku_id
        WHERE receipt.inbound_id = $1
        ORDER BY lot.id
        FOR NO KEY UPDATE OF lot
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (goods: AdjustmentPlan.Goods, receivedAt: ID<Location>?) {
        (try GoodsOfLot.decode(&row), try row.next())
    }
}

/// Makes lots sellable; what is blocked stays so.
struct ReleaseLots: Command {
    let lots: [ID<Lot>]

    static let sql = """
        UPDATE lot SET status = 'released' WHERE id = ANY ($1) AND status = 'pending'
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(lots)
    }
}

/// What stands of lots in warehouses, locked.
struct LockBalancesOfLots: Statement {
    let lots: [ID<Lot>]

    struct Standing: Hashable {
        let lot: ID<Lot>
        let location: ID<Location>
        let warehouse: ID<Warehouse>
        let quality: Quality
        let onHand: Quantity
    }

    static let sql = """
        SELECT balance.lot_id, balance.location_id, location.warehouse_id, balance.quality, balance.on_hand
        FROM lot
        JOIN balance ON balance.sku_id = lot.sku_id AND balance.lot_id = lot.id
        JOIN location ON location.id = balance.location_id
        WHERE lot.id = ANY ($1) AND balance.on_hand > 0
        ORDER BY balance.sku_id, balance.location_id, balance.lot_id, balance.quality
        FOR NO KEY UPDATE OF balance
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(lots)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Standing {
        Standing(
            lot: try row.next(), location: try row.next(), warehouse: try row.next(), quality: try row.next(),
            onHand: try row.next())
    }
}

/// How much of a delivery's goods waits where it was received to be put away, good or set aside; what is damaged does not.
struct GoodsToPutAway: Statement {
    let inbound: ID<Inbound>

    static let sql = """
        SELECT COALESCE(sum(balance.on_hand), 0)::bigint
        FROM inbound_receipt AS receipt
        JOIN balance ON balance.sku_id = receipt.sku_id AND balance.lot_id = receipt.lot_id
            AND balance.quality <> 'damaged'
        JOIN location ON location.id = balance.location_id AND location.purpose = 'receiving'
        WHERE receipt.inbound_id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

/// Tells how many times something of a delivery was counted, what was taken back included.
struct CountsOfInbound: Statement {
    let inbound: ID<Inbound>

    static let sql = """
        SELECT count(*) FROM inbound_event WHERE inbound_id = $1 AND event = 'count'
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

/// Tells a warehouse's code.
struct WarehouseOfID: Statement {
    let id: ID<Warehouse>

    static let sql = """
        SELECT id, code, name FROM warehouse WHERE id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Warehouse {
        Warehouse(id: try row.next(), code: try row.next(), name: try row.next())
    }
}
