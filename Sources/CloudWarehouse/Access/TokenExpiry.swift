public import Postgres

/// When a token is to end.
public struct TokenExpiry: Hashable, Sendable {
    private enum Moment: Hashable, Sendable {
        case after(days: Int32)
        case endOf(CalendarDate)
    }

    /// The longest life, in days.
    public static let daysAtMost: Int32 = 3_650

    private let moment: Moment

    /// Ends so many times 24 hours after it was issued: 1 to ``daysAtMost``.
    public init(days: Int32) throws(InvalidValue) {
        guard (1...Self.daysAtMost).contains(days) else {
            throw .tokenDays(atMost: Self.daysAtMost)
        }
        moment = .after(days: days)
    }

    /// Ends with this day, in the base's time zone.
    public init(endOf day: CalendarDate) {
        moment = .endOf(day)
    }

    /// Reads `30d` or `2026-12-31`.
    public init(_ text: String) throws(InvalidValue) {
        if let day = CalendarDate(text) {
            self.init(endOf: day)
        } else if text.hasSuffix("d"), text.utf8.dropLast().allSatisfy({ (48...57).contains($0) }),
            let days = Int32(text.dropLast())
        {
            try self.init(days: days)
        } else {
            throw .tokenExpiry
        }
    }

    /// The instant, for a token that is issued `now`.
    func instant(from now: Timestamp, timeZone: String, in transaction: Transaction) async throws(PostgresError)
        -> Timestamp
    {
        switch moment {
        case .after(let days):
            return Timestamp(microsecondsSince1970: now.microsecondsSince1970 + Int64(days) * 86_400_000_000)
        case .endOf(let day):
            guard let end = try await transaction.query(EndOfDay(day: day, timeZone: timeZone)).first else {
                throw .misuse("the database did not tell when a day ends")
            }
            return end
        }
    }
}

/// The first instant of the day after, in a time zone: the database knows its history, this machine may not.
struct EndOfDay: Statement {
    let day: CalendarDate
    let timeZone: String

    static let sql = """
        SELECT ($1::date + 1)::timestamp AT TIME ZONE $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(day)
        parameters.append(timeZone)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Timestamp {
        try row.next()
    }
}
