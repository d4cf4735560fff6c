import Postgres

/// Tells how many lines a count has, and whether these goods are among them.
struct KnownCountLines: Statement {
    let count: ID<StockCount>
    let lot: ID<Lot>
    let place: AdjustmentPlan.Place

    static let sql = """
        SELECT count(*), COALESCE(bool_or(location_id = $2 AND lot_id = $3 AND quality = $4), false)
        FROM stock_count_line WHERE count_id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(count)
        parameters.append(place.location)
        parameters.append(lot)
        parameters.append(place.quality)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (lines: Int64, hasThis: Bool) {
        (try row.next(), try row.next())
    }
}

/// Finds another count with a line of these goods that may still post a difference. The balance is locked, so two counts do not
/// pass each other.
struct OtherCountOfPlace: Statement {
    let count: ID<StockCount>
    let lot: ID<Lot>
    let place: AdjustmentPlan.Place

    static let sql = """
        SELECT stock_count.reference
        FROM stock_count_line AS line
        JOIN stock_count ON stock_count.id = line.count_id
        WHERE line.location_id = $2 AND line.lot_id = $3 AND line.quality = $4 AND line.count_id <> $1
            AND stock_count.state IN ('counting', 'counted')
        ORDER BY stock_count.id
        LIMIT 1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(count)
        parameters.append(place.location)
        parameters.append(lot)
        parameters.append(place.quality)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ReceiptReference { try row.next() }
}

/// Finds a line with a difference whose goods were corrected by hand after they were counted; the first of them by its place.
struct AdjustedSinceCounted: Statement {
    let count: ID<StockCount>

    static let sql = """
        WITH line AS MATERIALIZED (
            SELECT location_id, lot_id, quality, position FROM stock_count_line
            WHERE count_id = $1 AND counted <> expected
        ), corrected AS MATERIALIZED (
            SELECT movement.id, movement.lot_id, movement.from_location_id, movement.from_quality, movement.to_location_id,
                movement.to_quality
            FROM adjustment
            JOIN movement ON movement.id = adjustment.movement_id
            WHERE adjustment.movement_id > (SELECT min(position::text)::uuid FROM line)
                AND movement.id > (SELECT min(position::text)::uuid FROM line)
        )
        SELECT line.lot_id, location.code, line.quality
        FROM line
        JOIN location ON location.id = line.location_id
        JOIN corrected ON corrected.lot_id = line.lot_id AND corrected.id > line.position
            AND ((corrected.from_location_id, corrected.from_quality) = (line.location_id, line.quality)
                OR (corrected.to_location_id, corrected.to_quality) = (line.location_id, line.quality))
        ORDER BY location.code, line.lot_id, line.quality
        LIMIT 1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(count)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> CountedPlace {
        CountedPlace(lot: try row.next(), location: try row.next(), quality: try row.next())
    }
}
