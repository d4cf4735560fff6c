internal import EventLoop

/// The time that a peer has for a body: all of it by one deadline, and some of it in each interval.
struct BodyClock {
    private var end: MonotonicInstant
    private var interval: MonotonicInstant
    private var arrivedBytes = 0

    init(milliseconds: Int, limits: HTTPServer.Limits, at moment: Moment) {
        end = moment.after(milliseconds: milliseconds)
        interval = moment.after(milliseconds: limits.bodyRateMilliseconds)
    }

    var deadline: MonotonicInstant { min(end, interval) }

    mutating func arrived(_ count: Int) {
        arrivedBytes += count
    }

    mutating func pass(_ pause: Duration) {
        end = end.advanced(by: pause)
        interval = interval.advanced(by: pause)
    }

    /// Whether the peer is too late, or too slow; begins the next interval if it is neither.
    mutating func lateness(at moment: Moment, _ limits: HTTPServer.Limits) -> Refusal? {
        if end <= moment.now { return .bodyTimedOut }
        guard interval <= moment.now else { return nil }
        guard arrivedBytes >= limits.bodyRateBytes else { return .bodyTooSlow }
        arrivedBytes = 0
        interval = moment.after(milliseconds: limits.bodyRateMilliseconds)
        return nil
    }
}
