/// A day and a time as a workbook keeps them: days since its beginning, the time as a fraction of a day.
struct SerialMoment {
    /// From which day a workbook counts.
    enum Epoch {
        /// 1 is 1900-01-01, and 60 a 29th of February that there never was.
        case year1900
        /// 0 is 1904-01-01.
        case year1904
    }

    private static var millisecondsOfDay: Int64 { 86_400_000 }
    /// 9999-12-31, counted from 1900.
    private static var lastDay: Int64 { 2_958_465 }

    private let days: Int64
    private let milliseconds: Int64
    private let epoch: Epoch

    /// Takes the number of days; nil when it is negative or beyond the year 9999.
    init?(_ number: NumberText, from epoch: Epoch) {
        let decimals = 10
        let scale: Int64 = 10_000_000_000
        guard let scaled = number.scaled(decimals: decimals) else { return nil }
        // A double of five digits before the point is exact to less than a microsecond.
        let milliseconds = (scaled % scale * Self.millisecondsOfDay + scale / 2) / scale
        let carry = milliseconds / Self.millisecondsOfDay
        days = scaled / scale + carry
        self.milliseconds = milliseconds % Self.millisecondsOfDay
        self.epoch = epoch
        guard days <= Self.lastDay else { return nil }
    }

    /// What the format shows of it; nil for a day that there never was.
    func text(_ format: MomentFormat) -> String? {
        switch (format.showsDay, format.showsTime) {
        case (true, true): day.map { "\($0) \(time(hours: 0))" }
        case (true, false): day
        // Hours of a time alone go on over 24: it is how long something takes.
        default: time(hours: days * 24)
        }
    }

    private var day: String? {
        let since1970: Int64
        switch epoch {
        case .year1900:
            guard days != 60, days > 0 else { return nil }
            since1970 = days - (days > 60 ? 25_569 : 25_568)
        case .year1904: since1970 = days - 24_107
        }
        return Self.civil(since1970)
    }

    private func time(hours: Int64) -> String {
        let seconds = milliseconds / 1_000
        let text = [hours + seconds / 3_600, seconds / 60 % 60, seconds % 60].map { Self.padded($0, to: 2) }.joined(
            separator: ":")
        let rest = milliseconds % 1_000
        return rest == 0 ? text : "\(text).\(Self.padded(rest, to: 3))"
    }

    /// The Gregorian date of a day, by the era of 400 years that it lies in, whose years begin in March.
    private static func civil(_ since1970: Int64) -> String {
        let shifted = since1970 + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        return "\(padded(year, to: 4))-\(padded(month < 10 ? month + 3 : month - 9, to: 2))-\(padded(day, to: 2))"
    }

    private static func padded(_ number: Int64, to width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
