import EventLoop
public import Postgres

/// Tells how far the numbering of events is behind.
public actor OutboxWatch {
    /// What is committed and has no number yet.
    public struct Backlog: Sendable {
        /// How many events.
        public let events: Int64
        /// How old the oldest is; 0 without any.
        public let lagMicroseconds: Int64
    }

    private let pool: Pool
    private let loop: EventLoop
    private var last: (backlog: Backlog?, at: MonotonicInstant)?

    /// How long an answer is good enough for the next who asks, and how long one may take.
    private static let interval = Duration.seconds(2)

    /// The loop of the pool's connections.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Watches the outbox of the base that the connections of `pool` belong to.
    public init(pool: Pool) {
        self.pool = pool
        loop = pool.loop
    }

    /// What there is now, or was a moment ago; nil when the database does not tell.
    public func look() async -> Backlog? {
        if let last, MonotonicInstant.now() - last.at < Self.interval { return last.backlog }
        let backlog: Backlog?
        do throws(PostgresError) {
            backlog = try await pool.query(
                OutboxBacklog(), deadline: MonotonicInstant.now().advanced(by: Self.interval)
            ).first
        } catch {
            backlog = nil
        }
        last = (backlog, .now())
        return backlog
    }
}

/// Counts the committed events without a number, up to a bound, and tells the age of the oldest by the database's clock.
struct OutboxBacklog: Statement {
    static let sql = """
        SELECT count(*), coalesce((extract(epoch FROM now() - min(recorded_at)) * 1000000)::bigint, 0)
        FROM (
            SELECT recorded_at
            FROM outbox
            WHERE id >= (SELECT settled_before FROM relay_lease WHERE name = 'outbox')
                AND NOT EXISTS (SELECT FROM outbox_number WHERE event_id = outbox.id)
            ORDER BY id
            LIMIT 100000
        ) AS unnumbered
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> OutboxWatch.Backlog {
        OutboxWatch.Backlog(events: try row.next(), lagMicroseconds: try row.next())
    }
}
