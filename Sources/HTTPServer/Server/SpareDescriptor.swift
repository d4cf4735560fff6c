internal import Glibc

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
