internal import EventLoop
internal import Glibc

/// What a server keeps for when descriptors run out, and how often it speaks of that.
struct Shortage: ~Copyable {
    private static var silence: Duration { .seconds(10) }

    var spare = SpareDescriptor()
    private var times = 0
    private var lastComplaint: MonotonicInstant?

    /// How often it has happened since the last complaint; nil while that is not long ago, so that no flood fills the log.
    mutating func complaint(at now: MonotonicInstant) -> Int? {
        times += 1
        if let lastComplaint, now - lastComplaint < Self.silence { return nil }
        lastComplaint = now
        defer { times = 0 }
        return times
    }
}

/// A descriptor that is kept open for nothing, so that there is one to be had when there are no more.
///
/// Without it, clients that wait when descriptors run out would wait until their own patience ends, not knowing why.
struct SpareDescriptor: ~Copyable {
    private var descriptor: Int32 = -1

    init() {
        _ = hold()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Takes one, unless it has one; tells whether it has one.
    mutating func hold() -> Bool {
        if descriptor < 0 { descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC) }
        return descriptor >= 0
    }

    /// Gives it away; tells whether there was one.
    mutating func release() -> Bool {
        guard descriptor >= 0 else { return false }
        close(descriptor)
        descriptor = -1
        return true
    }
}
