/// An instant of the wall clock, in whole microseconds: `timestamptz`.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microsecondsSince1970: Int64

    /// The instant that many microseconds after 1970-01-01T00:00:00Z.
    public init(microsecondsSince1970: Int64) {
        self.microsecondsSince1970 = microsecondsSince1970
    }

    /// Whole milliseconds since 1970, rounded down; the time part of a UUIDv7.
    public var millisecondsSince1970: Int64 {
        let (quotient, remainder) = microsecondsSince1970.quotientAndRemainder(dividingBy: 1_000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// Whether `left` is earlier.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microsecondsSince1970 < right.microsecondsSince1970
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with microseconds: `2026-11-23T08:09:10.123456Z`.
    public var description: String {
        let microsecondsPerDay: Int64 = 86_400_000_000
        var (days, rest) = microsecondsSince1970.quotientAndRemainder(dividingBy: microsecondsPerDay)
        if rest < 0 { (days, rest) = (days - 1, rest + microsecondsPerDay) }
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        let (seconds, fraction) = rest.quotientAndRemainder(dividingBy: 1_000_000)
        let time = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(CalendarDate(daysSince1970: Int32(clamping: days)))T\(time).\(padded(fraction, 6))Z"
    }
}

extension Timestamp: PostgresCodable {
    /// The type of PostgreSQL's.
    @inlinable public static var postgresType: PostgresType { .timestamptz }
    /// Any value.
    public static var sample: Timestamp { Timestamp(microsecondsSince1970: 0) }
    /// PostgreSQL counts from 2000-01-01T00:00:00Z.
    @usableFromInline static var epochOffset: Int64 { 946_684_800_000_000 }

    /// Reads the binary form.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        let microseconds: Int64 = try BinaryReader.whole(bytes)
        guard microseconds != .max, microseconds != .min else { throw .malformed("an infinite timestamp") }
        self.init(microsecondsSince1970: microseconds + Self.epochOffset)
    }
    /// Appends the binary form.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(microsecondsSince1970 - Self.epochOffset)
    }
}
