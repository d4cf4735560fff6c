public import Postgres

extension Stock {
    /// The most counts that one page lists.
    public static let maximumCounts: Int32 = 500
    /// The most rows of shrinkage that are told, the largest ones.
    public static let maximumShrinkage: Int32 = 1_000

    /// Lists counts, the newest first, a page at a time: at most `limit`, the first ones before `before`; of one warehouse, or all.
    public func counts(
        in warehouse: WarehouseCode? = nil, before: ID<StockCount>? = nil, limit: Int32 = maximumCounts
    ) async throws(StockError) -> [StockCountSummary] {
        let limit = min(max(limit, 1), Self.maximumCounts)
        return try await pool.rows(
            of: StockCountsBefore(before: before, warehouse: warehouse, limit: limit), throwing: StockError.self)
    }

    /// The count of this reference, from one consistent look; nil when there is none. What is expected of a blind one is told when
    /// its counting is over.
    public func count(_ reference: ReceiptReference) async throws(StockError) -> StockCountDetails? {
        try await pool.transaction(throwing: StockError.self, .repeatableRead, .readOnly) { transaction in
            guard let summary = try await transaction.query(StockCountByReference(reference: reference)).first else {
                return nil
            }
            let lines = try await transaction.query(CountedLines(count: summary.id)).map { line in
                var line = line
                if summary.isSecret { line.expected = nil }
                return line
            }
            return StockCountDetails(summary: summary, lines: lines)
        }
    }

    /// What counts have found missing that were posted within these days of the base, by reason and by who answers for it.
    public func shrinkage(
        from first: CalendarDate, through last: CalendarDate
    ) async throws(StockError) -> [Shrinkage] {
        try await pool.rows(
            of: ShrinkageOfDays(first: first, last: last, timeZone: timeZone, limit: Self.maximumShrinkage),
            throwing: StockError.self)
    }
}

/// Lists counts, the newest first.
struct StockCountsBefore: Statement {
    /// Where the page before ended; nil for the first page.
    let before: ID<StockCount>?
    let warehouse: WarehouseCode?
    let limit: Int32

    static let sql = """
        SELECT \(StockCountSummary.columns)
        FROM stock_count AS count
        JOIN warehouse ON warehouse.id = count.warehouse_id
        LEFT JOIN location ON location.id = count.location_id
        LEFT JOIN sku ON sku.id = count.sku_id
        WHERE count.id < $1 AND ($2::text IS NULL OR warehouse.code = $2)
        ORDER BY count.id DESC
        LIMIT $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(warehouse)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StockCountSummary { try row.nextCount() }
}

/// Finds a count by its reference.
struct StockCountByReference: Statement {
    let reference: ReceiptReference

    static let sql = """
        SELECT \(StockCountSummary.columns)
        FROM stock_count AS count
        JOIN warehouse ON warehouse.id = count.warehouse_id
        LEFT JOIN location ON location.id = count.location_id
        LEFT JOIN sku ON sku.id = count.sku_id
        WHERE count.reference = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StockCountSummary { try row.nextCount() }
}

extension StockCountSummary {
    fileprivate static let columns = """
        count.id, count.reference, count.state, warehouse.code, location.code, sku.code, count.is_blind, count.tolerance,
            count.posted_at
        """
}

extension RowDecoder {
    fileprivate mutating func nextCount() throws(DecodingFailure) -> StockCountSummary {
        StockCountSummary(
            id: try next(), reference: try next(), state: try next(), warehouse: try next(), location: try next(),
            sku: try next(), isBlind: try next(), tolerance: try next(), postedAt: try next())
    }
}

/// Reads what was counted.
struct CountedLines: Statement {
    let count: ID<StockCount>

    static let sql = """
        SELECT line.lot_id, location.code, line.quality, sku.code, sku.base_unit, owner.code, line.expected, line.counted,
            line.times, line.position, line.reason, line.answerable, line.movement_id
        FROM stock_count_line AS line
        JOIN location ON location.id = line.location_id
        JOIN sku ON sku.id = line.sku_id
        JOIN owner ON owner.id = line.owner_id
        WHERE line.count_id = $1
        ORDER BY location.code, sku.code, line.lot_id, line.quality
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(count)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StockCountLine {
        StockCountLine(
            place: CountedPlace(lot: try row.next(), location: try row.next(), quality: try row.next()),
            sku: try row.next(), unit: try row.next(), owner: try row.next(), expected: try row.next(),
            counted: try row.next(), times: try row.next(), position: try row.next(), reason: try row.next(),
            answerable: try row.next(), movement: try row.next())
    }
}

/// Adds up what posted counts have found missing, but for rows of the ledger that were taken back, from the beginning of one day to the end of another in the base's time zone.
struct ShrinkageOfDays: Statement {
    let first: CalendarDate
    let last: CalendarDate
    let timeZone: String
    let limit: Int32

    static let sql = """
        SELECT sku.code, sku.base_unit, owner.code, warehouse.code, line.reason, line.answerable,
            LEAST(sum(line.expected - line.counted), $5)::bigint
        FROM stock_count AS count
        JOIN stock_count_line AS line ON line.count_id = count.id
        JOIN warehouse ON warehouse.id = count.warehouse_id
        JOIN sku ON sku.id = line.sku_id
        JOIN owner ON owner.id = line.owner_id
        WHERE count.posted_at >= ($1::date)::timestamp AT TIME ZONE $3
            AND count.posted_at < ($2::date + 1)::timestamp AT TIME ZONE $3
            AND line.movement_id IS NOT NULL AND line.counted < line.expected
            AND NOT EXISTS (SELECT FROM adjustment WHERE adjustment.reverses = line.movement_id)
        GROUP BY sku.code, sku.base_unit, owner.code, warehouse.code, line.reason, line.answerable
        ORDER BY 7 DESC, 1, 3, 4, 5, 6
        LIMIT $4
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(first)
        parameters.append(last)
        parameters.append(timeZone)
        parameters.append(limit)
        parameters.append(InboundTally.greatest)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Shrinkage {
        Shrinkage(
            sku: try row.next(), unit: try row.next(), owner: try row.next(), warehouse: try row.next(),
            reason: try row.next(), answerable: try row.next(), missing: try row.next())
    }
}
