internal import Glibc

/// A point on the monotonic clock (CLOCK_MONOTONIC), in nanoseconds; unaffected by changes of the wall clock.
public struct MonotonicInstant: Comparable, Hashable, Sendable {
    /// Nanoseconds since an arbitrary start, usually the machine's boot.
    public var nanoseconds: Int64

    /// The instant that lies `nanoseconds` after the clock's start.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Reads the clock.
    public static func now() -> MonotonicInstant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// A deadline that never comes.
    public static let distantFuture = MonotonicInstant(nanoseconds: .max)

    /// This instant moved by `duration`; saturates at ``distantFuture`` instead of overflowing.
    public func advanced(by duration: Duration) -> MonotonicInstant {
        let (seconds, attoseconds) = duration.components
        let (whole, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowedToo) = nanoseconds.addingReportingOverflow(whole)
        let (total, overflowedLast) = sum.addingReportingOverflow(attoseconds / 1_000_000_000)
        guard !overflowed, !overflowedToo, !overflowedLast else {
            return seconds < 0 ? MonotonicInstant(nanoseconds: .min) : .distantFuture
        }
        return MonotonicInstant(nanoseconds: total)
    }

    /// The time that passed from `start` to `end`.
    public static func - (end: MonotonicInstant, start: MonotonicInstant) -> Duration {
        .nanoseconds(end.nanoseconds - start.nanoseconds)
    }

    /// Whether `left` comes before `right`.
    public static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}
