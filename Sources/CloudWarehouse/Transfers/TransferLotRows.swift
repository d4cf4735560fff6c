import Postgres

/// Goods of one lot and quality of a transfer, and what has become of them.
struct MovingGoods: Hashable {
    let goods: AdjustmentPlan.Goods
    let quality: Quality
    let storageClass: StorageClass
    let waiting: Quantity
    let inTransit: Quantity
}

/// Reads the goods of a transfer that the transaction has locked, whose lots are not released before it ends.
struct LotsOfTransfer: Statement {
    let transfer: ID<Transfer>
    /// Only this one; nil for all.
    var lot: ID<Lot>?

    static let sql = """
        SELECT lot.id, lot.sku_id, lot.owner_id, sku.base_unit, lot.status, lot.expires_on,
            moving.quality, moving.storage_class, moving.waiting, moving.in_transit
        FROM transfer_lot AS moving
        JOIN lot ON lot.id = moving.lot_id
        JOIN sku ON sku.id = moving.sku_id
        WHERE moving.transfer_id = $1 AND ($2::uuid IS NULL OR moving.lot_id = $2)
        ORDER BY lot.id, moving.quality
        FOR SHARE OF lot
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
        parameters.append(lot)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> MovingGoods {
        MovingGoods(
            goods: try GoodsOfLot.decode(&row), quality: try row.next(), storageClass: try row.next(),
            waiting: try row.next(), inTransit: try row.next())
    }
}

/// Reads how much was asked for of a SKU and owner, and how much of it was picked.
struct LineOfTransfer: Statement {
    let transfer: ID<Transfer>
    let sku: ID<SKU>
    let owner: ID<Owner>

    static let sql = """
        SELECT requested, picked FROM transfer_line WHERE transfer_id = $1 AND sku_id = $2 AND owner_id = $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
        parameters.append(sku)
        parameters.append(owner)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (requested: Quantity, picked: Quantity) {
        (try row.next(), try row.next())
    }
}

/// Adds to what was picked of a line.
struct AddToTransferLine: Command {
    let transfer: ID<Transfer>
    let sku: ID<SKU>
    let owner: ID<Owner>
    let quantity: Quantity

    static let sql = """
        UPDATE transfer_line SET picked = transfer_line.picked + $4
        WHERE transfer_id = $1 AND sku_id = $2 AND owner_id = $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
        parameters.append(sku)
        parameters.append(owner)
        parameters.append(quantity)
    }
}

/// Adds goods of a lot to what waits at the transfer dock.
struct AddToTransferLot: Command {
    let transfer: ID<Transfer>
    let goods: AdjustmentPlan.Goods
    let quality: Quality
    let storageClass: StorageClass
    let quantity: Quantity

    static let sql = """
        INSERT INTO transfer_lot (transfer_id, lot_id, quality, sku_id, owner_id, storage_class, picked, waiting, put_back,
            shipped, received, damaged, lost, in_transit)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 0, 0, 0, 0, 0, 0)
        ON CONFLICT (transfer_id, lot_id, quality) DO UPDATE
        SET picked = transfer_lot.picked + EXCLUDED.picked, waiting = transfer_lot.waiting + EXCLUDED.waiting
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
        parameters.append(goods.lot)
        parameters.append(quality)
        parameters.append(goods.sku)
        parameters.append(goods.owner)
        parameters.append(storageClass)
        parameters.append(quantity)
    }
}

/// Writes down what was picked, from where.
struct InsertTransferPick: Command {
    let event: ID<TransferStep>
    let transfer: ID<Transfer>
    let lot: ID<Lot>
    let quality: Quality
    let location: ID<Location>
    let quantity: Quantity

    static let sql = """
        INSERT INTO transfer_pick (event_id, transfer_id, lot_id, quality, location_id, quantity)
        VALUES ($1, $2, $3, $4, $5, $6)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(event)
        parameters.append(transfer)
        parameters.append(lot)
        parameters.append(quality)
        parameters.append(location)
        parameters.append(quantity)
    }
}

/// All that waits of a transfer is on the road.
struct DepartTransferLots: Command {
    let transfer: ID<Transfer>

    static let sql = """
        UPDATE transfer_lot
        SET shipped = transfer_lot.shipped + transfer_lot.waiting, in_transit = transfer_lot.in_transit + transfer_lot.waiting,
            waiting = 0
        WHERE transfer_id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
    }
}

/// All that waits of a transfer is back where it was.
struct PutBackTransferLots: Command {
    let transfer: ID<Transfer>

    static let sql = """
        UPDATE transfer_lot SET put_back = transfer_lot.put_back + transfer_lot.waiting, waiting = 0 WHERE transfer_id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
    }
}
