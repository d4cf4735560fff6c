public import Postgres

/// What the clocks of a time zone show at some instants, for people: to the second.
///
/// The database says it, which knows the history of every zone; this machine may not.
public struct LocalTimes: Sendable {
    /// Seconds that the zone is ahead of UTC at each instant.
    private let offsets: [Timestamp: Int32]

    /// No zone's: every instant is shown in UTC, with a Z.
    public static let utc = LocalTimes(offsets: [:])

    init(offsets: [Timestamp: Int32]) {
        self.offsets = offsets
    }

    /// `2026-11-23 16:09:10`; an instant that was not asked for is shown in UTC: `2026-11-23 08:09:10Z`.
    public func text(_ instant: Timestamp) -> String {
        let offset = offsets[instant]
        let local = Timestamp(
            microsecondsSince1970: instant.microsecondsSince1970 + Int64(offset ?? 0) * 1_000_000)
        let text = String(local.description.prefix(19)).replacing("T", with: " ")
        return offset == nil ? text + "Z" : text
    }
}

extension Base {
    /// What the base's clocks show at these instants.
    public func localTimes(of instants: [Timestamp], through pool: Pool) async throws(PostgresError) -> LocalTimes {
        if instants.isEmpty { return .utc }
        let rows = try await pool.query(ZoneOffsets(instants: Array(Set(instants)), timeZone: timeZone))
        return LocalTimes(offsets: Dictionary(rows, uniquingKeysWith: { first, _ in first }))
    }
}

/// Reads by how much a time zone is ahead of UTC at each instant.
struct ZoneOffsets: Statement {
    let instants: [Timestamp]
    let timeZone: String

    static let sql = """
        SELECT instant, EXTRACT(EPOCH FROM (instant AT TIME ZONE $2) - (instant AT TIME ZONE 'UTC'))::int
        FROM unnest($1::timestamptz[]) AS asked (instant)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(instants)
        parameters.append(timeZone)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (Timestamp, Int32) {
        (try row.next(), try row.next())
    }
}
