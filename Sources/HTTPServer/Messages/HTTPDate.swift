/// The value of a Date field, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7), rendered once per second.
struct HTTPDate: Sendable {
    /// Without a heap allocation, since every event of every connection carries the date.
    private var text = InlineArray<29, UInt8>(repeating: ASCII.space)
    private let unixSeconds: Int64

    /// Renders a point in time given in seconds since 1970-01-01T00:00:00Z, from year 0 to 9999.
    init(unixSeconds: Int64) {
        self.unixSeconds = unixSeconds
        let second = Self.modulo(unixSeconds, 86_400)
        let day = (unixSeconds - second) / 86_400
        let date = Self.civilDate(daysSince1970: day)
        put(Self.name(Self.modulo(day + 4, 7), in: "SunMonTueWedThuFriSat"), at: 0)
        put(",", at: 3)
        putTwoDigits(date.day, at: 5)
        put(Self.name(date.month - 1, in: "JanFebMarAprMayJunJulAugSepOctNovDec"), at: 8)
        putTwoDigits(date.year / 100, at: 12)
        putTwoDigits(date.year % 100, at: 14)
        putTwoDigits(second / 3_600, at: 17)
        put(":", at: 19)
        putTwoDigits(second / 60 % 60, at: 20)
        put(":", at: 22)
        putTwoDigits(second % 60, at: 23)
        put("GMT", at: 26)
    }

    func append(to output: inout OutputSpan<UInt8>) {
        text.span.withUnsafeBufferPointer { output.append($0) }
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

    private static func name(_ index: Int64, in names: String) -> Substring {
        names.dropFirst(Int(index) * 3).prefix(3)
    }

    private mutating func put(_ part: some StringProtocol, at start: Int) {
        for (offset, byte) in part.utf8.enumerated() { text[start + offset] = byte }
    }

    private mutating func putTwoDigits(_ value: Int64, at start: Int) {
        text[start] = UInt8(ascii: "0") + UInt8(value / 10)
        text[start + 1] = UInt8(ascii: "0") + UInt8(value % 10)
    }
}
