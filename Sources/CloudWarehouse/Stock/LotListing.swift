import Postgres

/// Lists lots with where they stand, the newest first, a page at a time: a row for each place, one without for a lot of
/// which nothing is left.
struct LotsBefore: Statement {
    /// Where the page before ended; nil for the first page.
    let before: ID<Lot>?
    /// Only lots of this owner; nil for all.
    let owner: OwnerCode?
    /// How many lots at most, up to ``Stock/maximumLots`` and one more.
    let limit: Int32

    /// The id is the time, so it is the order and the cursor. The constant bound tells a plan for all values how few lots
    /// there are.
    static let sql = """
        SELECT lot.id, sku.code, sku.base_unit, owner.code, lot.harvested_on, lot.expires_on, lot.grade, lot.status,
            warehouse.code, location.code, balance.quality, balance.on_hand
        FROM (
            SELECT id, sku_id, owner_id, harvested_on, expires_on, grade, status
            FROM (
                SELECT id, sku_id, owner_id, harvested_on, expires_on, grade, status
                FROM lot
                WHERE id < $1 AND ($2::text IS NULL OR owner_id = (SELECT id FROM owner WHERE code = $2))
                ORDER BY id DESC
                LIMIT 501
            ) AS newest
            ORDER BY id DESC
            LIMIT $3
        ) AS lot
        JOIN sku ON sku.id = lot.sku_id
        JOIN owner ON owner.id = lot.owner_id
        LEFT JOIN (balance JOIN location ON location.id = balance.location_id
                JOIN warehouse ON warehouse.id = location.warehouse_id)
            ON balance.sku_id = lot.sku_id AND balance.lot_id = lot.id AND balance.on_hand > 0
        ORDER BY lot.id DESC, warehouse.code, location.code, balance.quality
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(owner)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StoredLot {
        try row.nextStoredLot()
    }
}

/// The same for one SKU: its balances, of which every lot has one for ever, lead to its lots by their key.
struct LotsOfSKUBefore: Statement {
    let sku: SKUCode
    /// Where the page before ended; nil for the first page.
    let before: ID<Lot>?
    /// Only lots of this owner; nil for all.
    let owner: OwnerCode?
    /// How many lots at most.
    let limit: Int32

    static let sql = """
        SELECT lot.id, sku.code, sku.base_unit, owner.code, lot.harvested_on, lot.expires_on, lot.grade, lot.status,
            warehouse.code, location.code, balance.quality, balance.on_hand
        FROM (
            SELECT DISTINCT sku_id, lot_id
            FROM balance
            WHERE sku_id = (SELECT id FROM sku WHERE code = $1) AND lot_id < $2
                AND ($3::text IS NULL OR owner_id = (SELECT id FROM owner WHERE code = $3))
            ORDER BY lot_id DESC
            LIMIT $4
        ) AS newest
        JOIN lot ON lot.id = newest.lot_id
        JOIN sku ON sku.id = newest.sku_id
        JOIN owner ON owner.id = lot.owner_id
        LEFT JOIN (balance JOIN location ON location.id = balance.location_id
                JOIN warehouse ON warehouse.id = location.warehouse_id)
            ON balance.sku_id = newest.sku_id AND balance.lot_id = newest.lot_id AND balance.on_hand > 0
        ORDER BY lot.id DESC, warehouse.code, location.code, balance.quality
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
        parameters.append(before ?? .greatest)
        parameters.append(owner)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StoredLot {
        try row.nextStoredLot()
    }
}

extension RowDecoder {
    /// Reads twelve columns, a lot and one place where it stands: the last four are NULL together.
    fileprivate mutating func nextStoredLot() throws(DecodingFailure) -> StoredLot {
        var lot = StoredLot(
            id: try next(), sku: try next(), unit: try next(), owner: try next(), harvestedOn: try next(),
            expiresOn: try next(), grade: try next(), status: try next(), standings: [])
        let warehouse: WarehouseCode? = try next()
        let location: LocationCode? = try next()
        let quality: Quality? = try next()
        let onHand: Quantity? = try next()
        if let warehouse, let location, let quality, let onHand {
            lot.standings = [
                StoredLot.Standing(warehouse: warehouse, location: location, quality: quality, onHand: onHand)
            ]
        }
        return lot
    }
}
