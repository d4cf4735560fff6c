import Postgres

/// A wave that the transaction has locked.
struct StandingWave: Hashable {
    let id: ID<Wave>
    let code: WaveCode
    let fingerprint: Fingerprint
    let state: WaveState
    let kind: Wave.Kind
    let warehouse: ID<Warehouse>
    let packing: ID<Location>
    let carrier: Carrier?
    let shipOn: CalendarDate
    let isPartial: Bool
    let mostGrams: Int64?
    let slots: Int16?
    let groups: Int32
    let releasedThrough: Int32
    let parcels: Int32
}

/// Locks a wave, so that one thing happens to it after the other.
struct LockWave: Statement {
    let code: WaveCode

    static let sql = """
        SELECT id, code, fingerprint, state, kind, warehouse_id, packing_location_id, carrier, ship_on, is_partial, most_grams,
            slots, group_count, released_through, parcel_count
        FROM wave WHERE code = $1
        FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(code)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StandingWave {
        StandingWave(
            id: try row.next(), code: try row.next(), fingerprint: try row.next(), state: try row.next(),
            kind: try row.next(), warehouse: try row.next(), packing: try row.next(), carrier: try row.next(),
            shipOn: try row.next(), isPartial: try row.next(), mostGrams: try row.next(), slots: try row.next(),
            groups: try row.next(), releasedThrough: try row.next(), parcels: try row.next())
    }
}

/// Records a wave under its code; no row is written when the code is taken.
struct InsertWave: Command {
    let id: ID<Wave>
    let code: WaveCode
    let terms: WaveTerms
    let warehouse: ID<Warehouse>
    let packing: ID<Location>
    let shipOn: CalendarDate
    let at: Timestamp

    static let sql = """
        INSERT INTO wave (id, code, fingerprint, state, kind, warehouse_id, packing_location_id, carrier, ship_on, is_partial,
            most_grams, slots, order_count, group_count, released_through, parcel_count, planned_at)
        VALUES ($1, $2, $3, 'planned', $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0, 0, $12)
        ON CONFLICT (code) DO NOTHING
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(code)
        parameters.append(terms.fingerprint)
        parameters.append(terms.kind)
        parameters.append(warehouse)
        parameters.append(packing)
        parameters.append(terms.carrier)
        parameters.append(shipOn)
        parameters.append(terms.isPartial)
        parameters.append(terms.mostGrams?.rawValue)
        parameters.append(terms.kind == .multi ? terms.slots : nil)
        parameters.append(at)
    }
}

/// Says how many orders a wave has.
struct CountWaveOrders: Command {
    let wave: ID<Wave>

    static let sql = """
        UPDATE wave SET order_count = chosen.orders, group_count = chosen.groups
        FROM (
            SELECT count(*)::integer AS orders, COALESCE(max(group_number), 0) AS groups FROM wave_order WHERE wave_id = $1
        ) AS chosen
        WHERE wave.id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
    }
}

/// Gives a wave its state.
struct SetWaveState: Command {
    let wave: ID<Wave>
    let state: WaveState

    static let sql = "UPDATE wave SET state = $2 WHERE id = $1"

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
        parameters.append(state)
    }
}

/// Says how far a wave's lots are bound.
struct AdvanceWave: Command {
    let wave: ID<Wave>
    let state: WaveState
    let releasedThrough: Int32
    let parcels: Int32
    /// When the last of them were; nil before.
    let releasedAt: Timestamp?

    static let sql = """
        UPDATE wave SET state = $2, released_through = $3, parcel_count = $4, released_at = $5 WHERE id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
        parameters.append(state)
        parameters.append(releasedThrough)
        parameters.append(parcels)
        parameters.append(releasedAt)
    }
}

/// Counts the parcels of a wave that are in the house.
struct ParcelsInHouse: Statement {
    let wave: ID<Wave>

    static let sql = """
        SELECT count(*) FROM parcel WHERE wave_id = $1 AND state IN ('bound', 'picked', 'packed')
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

/// The packing locations of a warehouse that are open, or the one of a code whatever it is for.
struct PackingLocations: Statement {
    let warehouse: WarehouseCode
    let code: LocationCode?

    static let sql = """
        SELECT location.id, location.code, location.purpose, location.closed_at IS NOT NULL
        FROM location
        JOIN warehouse ON warehouse.id = location.warehouse_id
        WHERE warehouse.code = $1 AND location.code = COALESCE($2, location.code)
            AND ($2 IS NOT NULL OR location.purpose = 'packing' AND location.closed_at IS NULL)
        ORDER BY location.code
        LIMIT 100
        FOR KEY SHARE OF location
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse)
        parameters.append(code)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (id: ID<Location>, code: LocationCode, purpose: LocationPurpose, isClosed: Bool) {
        (try row.next(), try row.next(), try row.next(), try row.next())
    }
}
