public import Postgres

/// The monthly partitions of what only ever grows: the ledger, the outbox and the audit log.
///
/// A row belongs to the month of its id, a UUIDv7 of the database's time; a month begins at midnight of its first day in
/// the base's time zone. Nothing catches rows outside of every partition, so they are made ahead of time.
public enum Partitions {
    /// The tables that are partitioned.
    public static let tables = ["movement", "outbox", "audit"]
    /// How many months ahead of the current one `maintain` makes.
    public static let monthsAhead: Int32 = 3

    /// One month of a base.
    public struct Month: Hashable, Sendable {
        /// The year, such as 2026.
        public let year: Int32
        /// The month, 1 to 12.
        public let month: Int32
        /// When it begins.
        public let start: Timestamp
        /// When the next one begins.
        public let end: Timestamp

        /// The end of the names of its partitions: `2026_11`.
        public var suffix: String { "\(year)_\(month < 10 ? "0" : "")\(month)" }
    }

    /// The names of the partitions that these months need, table by table.
    public static func names(for months: [Month]) -> [String] {
        tables.flatMap { table in months.map { "\(table)_\($0.suffix)" } }
    }

    /// The script that makes those partitions of `month` that do not exist; empty when all do.
    ///
    /// It is run as the owner, with the base's schema as the `search_path`, in one transaction. Attaching a table does not
    /// stop those who read and write the others, as CREATE TABLE … PARTITION OF would.
    public static func script(for month: Month, existing: Set<String>) -> String {
        tables.filter { !existing.contains("\($0)_\(month.suffix)") }.map { table in
            """
            CREATE TABLE \(table)_\(month.suffix) (LIKE \(table) INCLUDING ALL);
            ALTER TABLE \(table) ATTACH PARTITION \(table)_\(month.suffix)
                FOR VALUES FROM ('\(bound(month.start))') TO ('\(bound(month.end))');

            """
        }.joined()
    }

    private static func bound(_ instant: Timestamp) -> ID<Movement> {
        ID(firstAt: instant)
    }
}

/// The current month and those that follow, in the base's time zone by the database's clock.
public struct MonthsFromNow: Statement {
    /// The base's time zone, such as `Asia/Shanghai`.
    public let timeZone: String
    /// How many months follow the current one.
    public let ahead: Int32

    /// The months that `maintain` keeps.
    public init(timeZone: String, ahead: Int32 = Partitions.monthsAhead) {
        self.timeZone = timeZone
        self.ahead = ahead
    }

    /// The text.
    public static let sql = """
        SELECT extract(year FROM month)::integer, extract(month FROM month)::integer,
            month AT TIME ZONE $1, (month + interval '1 month') AT TIME ZONE $1
        FROM generate_series(0, $2) AS later,
            LATERAL (SELECT date_trunc('month', now() AT TIME ZONE $1) + make_interval(months => later)) AS local (month)
        ORDER BY month
        """

    /// Binds the values.
    public func bind(to parameters: inout Parameters) {
        parameters.append(timeZone)
        parameters.append(ahead)
    }

    /// Reads a row.
    public static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Partitions.Month {
        Partitions.Month(year: try row.next(), month: try row.next(), start: try row.next(), end: try row.next())
    }
}

/// The names of the partitions that exist.
public struct ExistingPartitions: Statement {
    /// Nothing is bound.
    public init() {}

    /// The text.
    public static let sql = """
        SELECT partition.relname
        FROM pg_inherits
        JOIN pg_class AS partition ON partition.oid = pg_inherits.inhrelid
        WHERE pg_inherits.inhparent IN ('movement'::regclass, 'outbox'::regclass, 'audit'::regclass)
        ORDER BY partition.relname
        """

    /// Binds the values.
    public func bind(to parameters: inout Parameters) {}

    /// Reads a row.
    public static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> String {
        try row.next()
    }
}
