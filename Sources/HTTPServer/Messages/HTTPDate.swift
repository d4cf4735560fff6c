/// The value of a Date field, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7), rendered once per second.
struct HTTPDate: Hashable, Sendable {
    let bytes: [UInt8]
    private let unixSeconds: Int64

    /// Renders a point in time given in seconds since 1970-01-01T00:00:00Z, up to the year 9999.
    init(unixSeconds: Int64) {
        self.unixSeconds = unixSeconds
        let day = (unixSeconds - Self.modulo(unixSeconds, 86_400)) / 86_400
        let second = Self.modulo(unixSeconds, 86_400)
        let date = Self.civilDate(daysSince1970: day)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(29)
        bytes += Self.name(Self.modulo(day + 4, 7), in: "SunMonTueWedThuFriSat")
        bytes += [ASCII.comma, ASCII.space]
        bytes += Self.twoDigits(date.day) + [ASCII.space]
        bytes += Self.name(date.month - 1, in: "JanFebMarAprMayJunJulAugSepOctNovDec") + [ASCII.space]
        bytes += Self.twoDigits(date.year / 100) + Self.twoDigits(date.year % 100) + [ASCII.space]
        bytes += Self.twoDigits(second / 3_600) + [ASCII.colon]
        bytes += Self.twoDigits(second / 60 % 60) + [ASCII.colon]
        bytes += Self.twoDigits(second % 60)
        bytes += Array(" GMT".utf8)
        self.bytes = bytes
    }

    /// The same text again as long as the second has not changed.
    mutating func advance(to unixSeconds: Int64) {
        if unixSeconds != self.unixSeconds { self = HTTPDate(unixSeconds: unixSeconds) }
    }

    /// The Gregorian date of a day, by counting years from 1 March so that the leap day comes last.
    private static func civilDate(daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let daysSinceMarchOfYear0 = daysSince1970 + 719_468
        let dayOfEra = modulo(daysSinceMarchOfYear0, 146_097)
        let era = (daysSinceMarchOfYear0 - dayOfEra) / 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
        let remainder = value % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }

    private static func twoDigits(_ value: Int64) -> [UInt8] {
        [UInt8(ascii: "0") + UInt8(value / 10), UInt8(ascii: "0") + UInt8(value % 10)]
    }

    private static func name(_ index: Int64, in names: String) -> [UInt8] {
        Array(names.utf8.dropFirst(Int(index) * 3).prefix(3))
    }
}
