internal import CloudWarehouse
internal import Postgres

/// An instant as people write it, by the base's clocks: `2026-12-01`, `2026-12-01T18:00`.
struct LocalInstant: Sendable, Equatable {
    /// What a day without a time of day means.
    enum OfDay: Sendable {
        case start, end
    }

    private static let secondsPerDay: Int32 = 86_400

    /// The day.
    let day: CalendarDate
    /// Seconds since midnight as clocks count them, 0 to 86,399.
    let secondOfDay: Int32

    /// Reads a day, or a day and a time of day, with a T or a space between them, with or without seconds.
    init(argument text: String, of edge: OfDay) throws(CommandFailure) {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
        guard let day = CalendarDate(String(parts[0])),
            let second = parts.count == 2 ? Self.second(parts[1]) : edge == .start ? 0 : Self.secondsPerDay - 1
        else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a time is written 2026-12-01T18:00, or 2026-12-01 for the day",
                    zh: "时间写成 2026-12-01T18:00，或只写日期 2026-12-01"))
        }
        self.day = day
        secondOfDay = second
    }

    private static func second(_ text: Substring) -> Int32? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return nil }
        let numbers = parts.compactMap { part -> Int32? in
            guard part.utf8.count == 2, part.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
            return Int32(part)
        }
        guard numbers.count == parts.count, numbers[0] < 24, numbers.dropFirst().allSatisfy({ $0 < 60 }) else {
            return nil
        }
        return zip(numbers, [3_600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
    }
}

extension OpenBase {
    /// The instant at which the base's clocks show this; where they are put forward, the one that they jump to.
    func instant(_ local: LocalInstant) async throws(PostgresError) -> Timestamp {
        let rows = try await pool.query(InstantOfClocks(local: local, timeZone: base.timeZone))
        guard let instant = rows.first else { throw PostgresError.misuse("the database did not tell the time") }
        return instant
    }
}

/// Asks the database, which knows the time zones, at what instant the clocks of one of them show a time.
struct InstantOfClocks: Statement {
    let local: LocalInstant
    let timeZone: String

    static let sql = "SELECT ($1::date + $2::int * interval '1 second') AT TIME ZONE $3"

    func bind(to parameters: inout Parameters) {
        parameters.append(local.day)
        parameters.append(local.secondOfDay)
        parameters.append(timeZone)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Timestamp {
        try row.next()
    }
}
