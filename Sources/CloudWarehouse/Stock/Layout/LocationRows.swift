import Postgres

/// Finds a storage location and locks it against everybody who would put goods there, so it is known what stands there.
struct LockLocation: Statement {
    let warehouse: WarehouseCode
    let code: LocationCode

    static let sql = """
        SELECT \(Location.columns)
        FROM location
        JOIN warehouse ON warehouse.id = location.warehouse_id
        WHERE warehouse.code = $1 AND location.code = $2
        FOR UPDATE OF location
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse)
        parameters.append(code)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Location { try row.nextLocation() }
}

/// Counts the lots that something is left of at a location.
struct LotsStandingAt: Statement {
    let location: ID<Location>

    static let sql = """
        SELECT count(DISTINCT lot_id) FROM balance WHERE location_id = $1 AND on_hand > 0
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(location)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

/// Gives a location its terms; what is closed keeps the time since when.
struct UpdateLocation: Command {
    let location: Location
    let zone: ID<Zone>?
    let at: Timestamp

    static let sql = """
        UPDATE location
        SET storage_class = $2, purpose = $3, zone_id = $4, capacity = $5, capacity_unit = $6, pick_sequence = $7,
            closed_at = CASE WHEN $8 THEN COALESCE(location.closed_at, $9) END
        WHERE id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(location.id)
        parameters.append(location.terms.storageClass)
        parameters.append(location.terms.purpose)
        parameters.append(zone)
        parameters.append(location.terms.capacity?.quantity)
        parameters.append(location.terms.capacity?.unit)
        parameters.append(location.terms.pickSequence)
        parameters.append(location.terms.isClosed)
        parameters.append(at)
    }
}

/// Tells what a place where goods are about to be put is called and whether it is closed: it is not before the transaction ends.
struct KeepLocation: Statement {
    let location: ID<Location>

    static let sql = """
        SELECT warehouse.code, location.code, location.closed_at IS NOT NULL
        FROM location
        JOIN warehouse ON warehouse.id = location.warehouse_id
        WHERE location.id = $1
        FOR KEY SHARE OF location
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(location)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (warehouse: WarehouseCode, code: LocationCode, isClosed: Bool) {
        (try row.next(), try row.next(), try row.next())
    }
}

/// Lets one after the other put goods away at a location, so that each sees what the one before has brought.
struct LockRoom: Statement {
    let location: ID<Location>

    static let sql = """
        SELECT id FROM location WHERE id = $1 FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(location)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<Location> { try row.next() }
}

/// Adds up what stands at a location of the goods that are counted in one unit.
struct GoodsStandingAt: Statement {
    let location: ID<Location>
    let unit: BaseUnit

    static let sql = """
        SELECT LEAST(COALESCE(sum(balance.on_hand), 0), $3)::bigint
        FROM balance
        JOIN sku ON sku.id = balance.sku_id
        WHERE balance.location_id = $1 AND sku.base_unit = $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(location)
        parameters.append(unit)
        parameters.append(InboundTally.greatest)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

extension Location {
    /// What ``RowDecoder/nextLocation()`` reads of `location`.
    static let columns = """
        location.id, location.warehouse_id, location.code, location.storage_class, location.purpose,
            (SELECT zone.code FROM zone WHERE zone.id = location.zone_id), location.capacity, location.capacity_unit,
            location.pick_sequence, location.closed_at IS NOT NULL
        """
}

extension RowDecoder {
    /// The columns of a location, its zone by its code.
    mutating func nextLocation() throws(DecodingFailure) -> Location {
        let id: ID<Location> = try next()
        let warehouse: ID<Warehouse> = try next()
        let code: LocationCode = try next()
        var terms = LocationTerms(storageClass: try next(), purpose: try next(), zone: try next())
        let (quantity, unit): (Quantity?, BaseUnit?) = (try next(), try next())
        if let quantity, let unit { terms.capacity = Capacity(quantity, of: unit) }
        terms.pickSequence = try next()
        terms.isClosed = try next()
        return Location(id: id, warehouse: warehouse, code: code, terms: terms)
    }
}
