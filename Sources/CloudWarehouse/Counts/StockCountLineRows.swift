import Postgres

/// A line of a count that the transaction has locked, with its lot.
struct StandingCountLine: Hashable {
    let goods: AdjustmentPlan.Goods
    let location: ID<Location>
    let quality: Quality
    let expected: Quantity
    let counted: Quantity
    let times: Int16
    let isExplained: Bool

    var difference: Int64 { counted.rawValue - expected.rawValue }
}

/// Reads the lines of a count that the transaction has locked, whose lots are not released before it ends.
struct LinesOfStockCount: Statement {
    let count: ID<StockCount>

    static let sql = """
        SELECT lot.id, lot.sku_id, lot.owner_id, sku.base_unit, lot.status, lot.expires_on, line.location_id, line.quality,
            line.expected, line.counted, line.times, line.reason IS NOT NULL
        FROM stock_count_line AS line
        JOIN lot ON lot.id = line.lot_id
        JOIN sku ON sku.id = line.sku_id
        WHERE line.count_id = $1
        ORDER BY lot.id, line.location_id, line.quality
        FOR SHARE OF lot
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(count)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StandingCountLine {
        StandingCountLine(
            goods: try GoodsOfLot.decode(&row), location: try row.next(), quality: try row.next(),
            expected: try row.next(), counted: try row.next(), times: try row.next(), isExplained: try row.next())
    }
}

/// Writes what was counted: a line of its own the first time, else what the line says from now on.
struct UpsertCountLine: Command {
    let count: ID<StockCount>
    let place: AdjustmentPlan.Place
    let goods: AdjustmentPlan.Goods
    let expected: Quantity
    let counted: Quantity
    let position: ID<LedgerEntry>

    static let sql = """
        INSERT INTO stock_count_line (count_id, location_id, lot_id, quality, sku_id, owner_id, expected, counted, position, times)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
        ON CONFLICT (count_id, location_id, lot_id, quality) DO UPDATE
        SET expected = EXCLUDED.expected, counted = EXCLUDED.counted, position = EXCLUDED.position,
            times = stock_count_line.times + 1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(count)
        parameters.append(place.location)
        parameters.append(goods.lot)
        parameters.append(place.quality)
        parameters.append(goods.sku)
        parameters.append(goods.owner)
        parameters.append(expected)
        parameters.append(counted)
        parameters.append(position)
    }
}

/// Writes down one counting.
struct InsertCountEntry: Command {
    let event: ID<StockCountStep>
    let line: UpsertCountLine

    static let sql = """
        INSERT INTO stock_count_entry (event_id, count_id, location_id, lot_id, quality, expected, counted, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(event)
        parameters.append(line.count)
        parameters.append(line.place.location)
        parameters.append(line.goods.lot)
        parameters.append(line.place.quality)
        parameters.append(line.expected)
        parameters.append(line.counted)
        parameters.append(line.position)
    }
}

/// Says why something is missing, and who answers for it.
struct ExplainCountLine: Command {
    let count: ID<StockCount>
    let location: ID<Location>
    let explanation: StockCountExplanation

    static let sql = """
        UPDATE stock_count_line SET reason = $5, answerable = $6
        WHERE count_id = $1 AND location_id = $2 AND lot_id = $3 AND quality = $4
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(count)
        parameters.append(location)
        parameters.append(explanation.place.lot)
        parameters.append(explanation.place.quality)
        parameters.append(explanation.reason)
        parameters.append(explanation.answerable)
    }
}

/// Says which rows of the ledger the differences of lines have become.
struct PostCountLines: Command {
    let count: ID<StockCount>
    let lines: [(line: StandingCountLine, movement: ID<LedgerEntry>)]

    static let sql = """
        UPDATE stock_count_line AS line SET movement_id = posted.movement_id
        FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[]) AS posted (location_id, lot_id, quality, movement_id)
        WHERE line.count_id = $1 AND line.location_id = posted.location_id AND line.lot_id = posted.lot_id
            AND line.quality = posted.quality
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(count)
        parameters.append(lines.map(\.line.location))
        parameters.append(lines.map(\.line.goods.lot))
        parameters.append(lines.map(\.line.quality))
        parameters.append(lines.map(\.movement))
    }
}
