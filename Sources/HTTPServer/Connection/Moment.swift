internal import EventLoop

/// The time of a turn: on the monotonic clock for deadlines, and as the Date field shows it.
struct Moment {
    var now: MonotonicInstant
    var date: HTTPDate

    func after(milliseconds: Int) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: now.nanoseconds + Int64(milliseconds) * 1_000_000)
    }
}
