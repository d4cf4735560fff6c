public import Postgres

/// What happened in a base, numbered, for those who tell others of it.
public struct Outbox: Sendable {
    /// The most events of one reading.
    public static let maximumEvents: Int32 = 1_000

    let pool: Pool

    /// The outbox of the base that the connections of `pool` belong to.
    public init(pool: Pool) {
        self.pool = pool
    }

    /// The events that follow a number, in the order of their numbers.
    ///
    /// Whoever goes on after the last number that it has dealt with misses none: an event gets its number only after it is
    /// committed, and no number becomes visible before a smaller one.
    ///
    /// - Parameters:
    ///   - number: The last one that was dealt with; 0 for the beginning.
    ///   - limit: How many events at most, up to ``maximumEvents``.
    public func events(
        after number: Int64, limit: Int32 = maximumEvents
    ) async throws(PostgresError) -> [NumberedEvent] {
        try await pool.query(EventsAfter(number: number, limit: min(max(limit, 1), Self.maximumEvents)))
    }
}

/// Reads the events that follow a number.
struct EventsAfter: Statement {
    let number: Int64
    let limit: Int32

    static let sql = """
        SELECT given.number, outbox.id, outbox.kind, outbox.subjects, outbox.recorded_at
        FROM outbox_number AS given
        JOIN outbox ON outbox.id = given.event_id
        WHERE given.number > $1
        ORDER BY given.number
        LIMIT $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(number)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> NumberedEvent {
        NumberedEvent(
            number: try row.next(), id: try row.next(), kind: try row.next(), subjects: try row.next(),
            recordedAt: try row.next())
    }
}
