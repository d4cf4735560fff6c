import FoundationEssentials
import Postgres

/// Lists rows of the ledger, the newest first, a page at a time.
struct LedgerBefore: Statement {
    /// Where the page before ended; nil for the first page.
    let before: ID<LedgerEntry>?
    /// The oldest row that is looked at; nil for no bound.
    let oldest: ID<LedgerEntry>?
    /// Only goods of this SKU; nil for all.
    let sku: SKUCode?
    /// Only goods of this owner; nil for all.
    let owner: OwnerCode?
    /// How many rows at most, up to ``Stock/maximumEntries`` and one more.
    let limit: Int32

    /// The id is the time, so it is the order and the cursor. The constant bound tells a plan for all values how few rows
    /// there are.
    static let sql = """
        SELECT movement.id, movement.recorded_at, sku.code, sku.base_unit, owner.code, movement.lot_id,
            movement.quantity, origin.kind, origin_warehouse.code, origin.code, movement.from_quality,
            target.kind, target_warehouse.code, target.code, movement.to_quality, movement.reason
        FROM (
            SELECT id, recorded_at, sku_id, owner_id, lot_id, quantity, from_location_id, from_quality, to_location_id,
                to_quality, reason
            FROM (
                SELECT id, recorded_at, sku_id, owner_id, lot_id, quantity, from_location_id, from_quality,
                    to_location_id, to_quality, reason
                FROM movement
                WHERE id < $1 AND id >= $2
                    AND ($3::text IS NULL OR sku_id = (SELECT id FROM sku WHERE code = $3))
                    AND ($4::text IS NULL OR owner_id = (SELECT id FROM owner WHERE code = $4))
                ORDER BY id DESC
                LIMIT 501
            ) AS newest
            ORDER BY id DESC
            LIMIT $5
        ) AS movement
        JOIN sku ON sku.id = movement.sku_id
        JOIN owner ON owner.id = movement.owner_id
        JOIN location AS origin ON origin.id = movement.from_location_id
        JOIN location AS target ON target.id = movement.to_location_id
        LEFT JOIN warehouse AS origin_warehouse ON origin_warehouse.id = origin.warehouse_id
        LEFT JOIN warehouse AS target_warehouse ON target_warehouse.id = target.warehouse_id
        ORDER BY movement.id DESC
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(oldest ?? .least)
        parameters.append(sku)
        parameters.append(owner)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> LedgerEntry {
        let (id, at): (ID<LedgerEntry>, Timestamp) = (try row.next(), try row.next())
        let goods = LedgerEntry.Goods(
            sku: try row.next(), unit: try row.next(), owner: try row.next(), lot: try row.next(),
            quantity: try row.next())
        return LedgerEntry(
            id: id, recordedAt: at, goods: goods, from: try row.nextPlace(), to: try row.nextPlace(),
            reason: try row.next())
    }
}

/// Finds the last of so many rows of the ledger, from the newest or from a page's end on: how far a filtered page looks.
struct LedgerEntryAtDepth: Statement {
    let before: ID<LedgerEntry>?
    let depth: Int32

    static let sql = """
        SELECT id FROM movement WHERE id < $1 ORDER BY id DESC OFFSET $2 LIMIT 1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(Int64(depth) - 1)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<LedgerEntry> {
        try row.next()
    }
}

extension RowDecoder {
    fileprivate mutating func nextPlace() throws(DecodingFailure) -> LedgerEntry.Place {
        LedgerEntry.Place(
            kind: try next(), warehouse: try next(), location: try next(), quality: try next())
    }
}

extension ID {
    /// The least id of the same millisecond, which is no row's: a cursor that tells of no row.
    var floorOfMillisecond: Self {
        var uuid = rawValue.uuid
        (uuid.6, uuid.7, uuid.8, uuid.9) = (0, 0, 0, 0)
        (uuid.10, uuid.11, uuid.12, uuid.13, uuid.14, uuid.15) = (0, 0, 0, 0, 0, 0)
        return Self(rawValue: UUID(uuid: uuid))
    }
}
