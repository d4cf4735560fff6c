internal import EventLoop
internal import Glibc
internal import HTTPServer

/// Tells the time of day of an instant as `2026-11-25T17:05:09.123Z`; the clock is read, and all but the fraction
/// rendered, once a second.
struct WallClock {
    /// Reads CLOCK_REALTIME, in nanoseconds.
    private let read: () -> Int64
    /// What was rendered last: up to the point before the fraction.
    private var text: [UInt8] = []
    /// The second that it is of, on the monotonic clock: from here on for 10^9 ns.
    private var start = Int64.min

    init(reading read: @escaping () -> Int64 = WallClock.system) {
        self.read = read
    }

    private static func system() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Appends the time at `instant`, which lies at most a few seconds back.
    mutating func append(_ instant: MonotonicInstant, to output: inout OutputSpan<UInt8>) {
        if !(0..<1_000_000_000).contains(instant.nanoseconds &- start) { render(secondOf: instant) }
        output.append(text)
        let milliseconds = (instant.nanoseconds - start) / 1_000_000
        output.append(UInt8(ascii: "0") + UInt8(milliseconds / 100))
        output.append(UInt8(ascii: "0") + UInt8(milliseconds / 10 % 10))
        output.append(UInt8(ascii: "0") + UInt8(milliseconds % 10))
        output.append(UInt8(ascii: "Z"))
    }

    private mutating func render(secondOf instant: MonotonicInstant) {
        let wall = read() - (MonotonicInstant.now().nanoseconds - instant.nanoseconds)
        var seconds = time_t(wall / 1_000_000_000)
        start = instant.nanoseconds - wall % 1_000_000_000
        var parts = tm()
        gmtime_r(&seconds, &parts)
        text = []
        append(Int(parts.tm_year) + 1_900, digits: 4, "-")
        append(Int(parts.tm_mon) + 1, digits: 2, "-")
        append(Int(parts.tm_mday), digits: 2, "T")
        append(Int(parts.tm_hour), digits: 2, ":")
        append(Int(parts.tm_min), digits: 2, ":")
        append(Int(parts.tm_sec), digits: 2, ".")
    }

    private mutating func append(_ number: Int, digits: Int, _ end: Unicode.Scalar) {
        let decimal = String(number).utf8
        for _ in decimal.count..<max(digits, decimal.count) { text.append(UInt8(ascii: "0")) }
        text.append(contentsOf: decimal)
        text.append(UInt8(ascii: end))
    }
}
