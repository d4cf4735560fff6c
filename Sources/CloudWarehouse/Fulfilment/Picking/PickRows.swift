import Postgres

/// The parcels of a wave that something of a lot is still to be picked for at a location.
struct ParcelsToPick: Statement {
    let wave: ID<Wave>
    let location: ID<Location>
    let lot: ID<Lot>
    let round: Int16?

    static let sql = """
        SELECT DISTINCT parcel.id
        FROM parcel_item AS item
        JOIN parcel ON parcel.id = item.parcel_id
        WHERE item.wave_id = $1 AND item.location_id = $2 AND item.lot_id = $3 AND item.state = 'bound'
            AND ($4::smallint IS NULL OR parcel.round = $4)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
        parameters.append(location)
        parameters.append(lot)
        parameters.append(round)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<Parcel> { try row.next() }
}

/// Records a pick under its reference.
struct InsertWavePick: Command {
    let wave: ID<Wave>
    let pick: WavePick
    let location: ID<Location>
    let result: PickResult
    let principal: Principal
    let at: Timestamp

    static let sql = """
        INSERT INTO wave_pick (wave_id, reference, fingerprint, location_id, lot_id, asked, found, rebound, actor, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
        parameters.append(pick.reference)
        parameters.append(pick.fingerprint)
        parameters.append(location)
        parameters.append(pick.lot)
        parameters.append(result.asked)
        parameters.append(result.found)
        parameters.append(result.rebound)
        parameters.append(principal.name)
        parameters.append(at)
    }
}

/// Reads what a pick's reference was first used for.
struct WavePickByReference: Statement {
    let wave: ID<Wave>
    let reference: ReceiptReference

    static let sql = """
        SELECT fingerprint, asked, found, rebound FROM wave_pick WHERE wave_id = $1 AND reference = $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
        parameters.append(reference)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (fingerprint: Fingerprint, result: PickResult) {
        (try row.next(), PickResult(asked: try row.next(), found: try row.next(), rebound: try row.next()))
    }
}

/// Says that goods were not found where they should stand.
struct DoubtShelf: Command {
    let location: ID<Location>
    let lot: ID<Lot>
    let missing: Int64
    let at: Timestamp

    static let sql = """
        INSERT INTO pick_doubt (location_id, lot_id, missing, recorded_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (location_id, lot_id) DO UPDATE SET missing = EXCLUDED.missing, recorded_at = EXCLUDED.recorded_at
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(location)
        parameters.append(lot)
        parameters.append(missing)
        parameters.append(at)
    }
}

/// Ends the doubt about a shelf: somebody has looked.
struct EndDoubt: Command {
    let location: ID<Location>
    let lot: ID<Lot>

    static let sql = "DELETE FROM pick_doubt WHERE location_id = $1 AND lot_id = $2"

    func bind(to parameters: inout Parameters) {
        parameters.append(location)
        parameters.append(lot)
    }
}

/// Ends the doubts about shelves that were counted.
struct EndDoubts: Command {
    let places: [(location: ID<Location>, lot: ID<Lot>)]

    static let sql = """
        DELETE FROM pick_doubt USING unnest($1::uuid[], $2::uuid[]) AS counted (location_id, lot_id)
        WHERE pick_doubt.location_id = counted.location_id AND pick_doubt.lot_id = counted.lot_id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(places.map(\.location))
        parameters.append(places.map(\.lot))
    }
}

/// Says that less of some goods goes into their parcels than was bound.
struct LowerItems: Command {
    let items: [(id: ID<ParcelItem>, quantity: Int64)]

    static let sql = """
        UPDATE parcel_item SET quantity = new.quantity
        FROM unnest($1::uuid[], $2::bigint[]) AS new (id, quantity)
        WHERE parcel_item.id = new.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(items.map(\.id))
        parameters.append(items.map(\.quantity))
    }
}

/// Says that goods of parcels were not found.
struct MarkShort: Command {
    let parcels: [ID<Parcel>]

    static let sql = "UPDATE parcel SET is_short = true WHERE id = ANY ($1)"

    func bind(to parameters: inout Parameters) {
        parameters.append(parcels)
    }
}
