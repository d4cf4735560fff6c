public import Postgres

/// A day and a time of day as a till prints them, in whatever zone it stands.
public struct LocalMoment: Hashable, Sendable {
    /// The day.
    public let day: CalendarDate
    /// Milliseconds since midnight, 0 to 86,399,999.
    public let millisecondOfDay: Int

    /// Reads `2023-06-16` and `9:15:24.075`; a fraction of a second has at most three digits, and may be missing.
    init(day: String, time: String) throws(InvalidValue) {
        guard let day = CalendarDate(day) else { throw .day }
        self.day = day
        millisecondOfDay = try Self.milliseconds(time)
    }

    private static func milliseconds(_ time: String) throws(InvalidValue) -> Int {
        let parts = time.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = twoDigits(parts[0]), let minute = twoDigits(parts[1]), hour < 24,
            minute < 60,
            !parts[2].hasPrefix("-"), let second = try? DecimalText.scaled(String(parts[2]), decimals: 3),
            second < 60_000
        else { throw .timeOfDay }
        return (hour * 60 + minute) * 60_000 + Int(second)
    }

    private static func twoDigits(_ text: Substring) -> Int? {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}
