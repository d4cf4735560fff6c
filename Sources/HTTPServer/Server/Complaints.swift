internal import EventLoop

/// How often the same trouble is told of: once, and then again after a while, so that no flood fills the log.
struct Complaints {
    private static var silence: Duration { .seconds(10) }

    private var times = 0
    private var last: MonotonicInstant?

    /// How often it has happened since the last complaint; nil while that is not long ago.
    mutating func complaint(at now: MonotonicInstant) -> Int? {
        times += 1
        if let last, now - last < Self.silence { return nil }
        last = now
        defer { times = 0 }
        return times
    }
}
