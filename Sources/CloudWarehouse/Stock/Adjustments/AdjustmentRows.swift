import Postgres

/// Records a correction under its reference, or a reversal under what it takes back; no row is written when that is taken.
///
/// A transaction that is writing the same one is waited for.
struct InsertAdjustment: Command {
    let id: ID<Adjustment>
    let reference: ReceiptReference?
    let fingerprint: Fingerprint?
    let reverses: ID<LedgerEntry>?
    let movement: ID<LedgerEntry>
    let note: AdjustmentNote
    let principal: Principal
    let at: Timestamp

    static let sql = """
        INSERT INTO adjustment (id, reference, fingerprint, reverses, movement_id, note, actor, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT DO NOTHING
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(reference)
        parameters.append(fingerprint)
        parameters.append(reverses)
        parameters.append(movement)
        parameters.append(note)
        parameters.append(principal.name)
        parameters.append(at)
    }
}

/// Reads what a reference was first used for, or by what a movement was taken back.
struct AdjustmentRecorded: Statement {
    let reference: ReceiptReference?
    let reverses: ID<LedgerEntry>?

    static let sql = """
        SELECT movement_id, fingerprint, recorded_at FROM adjustment WHERE reference = $1 OR reverses = $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
        parameters.append(reverses)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (movement: ID<LedgerEntry>, fingerprint: Fingerprint?, recordedAt: Timestamp) {
        (try row.next(), try row.next(), try row.next())
    }
}

/// Reads what a correction needs to know of a lot, which is not released before the transaction ends.
struct GoodsOfLot: Statement {
    let lot: ID<Lot>

    static let sql = """
        SELECT lot.id, lot.sku_id, lot.owner_id, sku.base_unit, lot.status, lot.expires_on
        FROM lot
        JOIN sku ON sku.id = lot.sku_id
        WHERE lot.id = $1
        FOR SHARE OF lot
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(lot)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> AdjustmentPlan.Goods {
        AdjustmentPlan.Goods(
            lot: try row.next(), sku: try row.next(), owner: try row.next(), unit: try row.next(),
            status: try row.next(), expiresOn: try row.next())
    }
}

/// Reads one row of the ledger as it would be taken back; its lot is not released before the transaction ends.
struct MovementToReverse: Statement {
    let movement: ID<LedgerEntry>

    static let sql = """
        SELECT lot.id, lot.sku_id, lot.owner_id, sku.base_unit, lot.status, lot.expires_on,
            origin.id, origin.warehouse_id, movement.from_quality, target.id, target.warehouse_id, movement.to_quality,
            movement.quantity, movement.reason
        FROM movement
        JOIN lot ON lot.id = movement.lot_id
        JOIN sku ON sku.id = movement.sku_id
        JOIN location AS origin ON origin.id = movement.from_location_id
        JOIN location AS target ON target.id = movement.to_location_id
        WHERE movement.id = $1
        FOR SHARE OF lot
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(movement)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> AdjustmentPlan {
        let goods = try GoodsOfLot.decode(&row)
        return AdjustmentPlan(
            goods: goods, from: try row.nextPlace(), to: try row.nextPlace(), quantity: try row.next(),
            reason: try row.next())
    }
}

extension RowDecoder {
    fileprivate mutating func nextPlace() throws(DecodingFailure) -> AdjustmentPlan.Place {
        AdjustmentPlan.Place(location: try next(), warehouse: try next(), quality: try next())
    }
}
