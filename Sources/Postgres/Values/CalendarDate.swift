/// A day of the Gregorian calendar, without time or zone: `date`.
public struct CalendarDate: Hashable, Sendable {
    /// Days since 1970-01-01; negative before.
    public let daysSince1970: Int32

    /// The day that many days after 1970-01-01.
    public init(daysSince1970: Int32) {
        self.daysSince1970 = daysSince1970
    }

    /// The day with this year, month and day, or `nil` when the calendar has none such; years 1 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        // Days from civil (Howard Hinnant, "chrono-compatible low-level date algorithms"): March-based years.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(daysSince1970: Int32(era * 146_097 + dayOfEra - 719_468))
        // A day that does not exist, such as 31 April, has come out as another.
        guard components == (year, month, day) else { return nil }
    }

    /// Year, month and day.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSince1970) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// This day moved by `days`.
    public func advanced(byDays days: Int) -> CalendarDate {
        CalendarDate(daysSince1970: daysSince1970 + Int32(days))
    }
}

extension CalendarDate: Comparable {
    /// Whether `left` is the earlier day.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }
}

extension CalendarDate: LosslessStringConvertible {
    /// Reads `2026-11-23`, exactly so.
    public init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `2026-11-23`
    public var description: String {
        let (year, month, day) = components
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension CalendarDate: PostgresCodable {
    /// The type of PostgreSQL's.
    public static var postgresType: PostgresType { .date }
    /// Any value.
    public static var sample: CalendarDate { CalendarDate(daysSince1970: 0) }
    /// PostgreSQL counts from 2000-01-01.
    private static let epochOffset: Int32 = 10_957

    /// Reads the binary form.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        let days: Int32 = try BinaryReader.whole(bytes)
        guard days != .max, days != .min else { throw .malformed("an infinite date") }
        self.init(daysSince1970: days + Self.epochOffset)
    }
    /// Appends the binary form.
    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(daysSince1970 - Self.epochOffset)
    }
}
