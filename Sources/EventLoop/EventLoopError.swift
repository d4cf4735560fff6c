/// Why the loop could not do what it was asked to.
public enum EventLoopError: Error, Equatable, Sendable {
    /// A system call failed; `code` is its errno.
    case system(call: String, code: Int32)
    /// The descriptor is registered with this loop already; it can have one registration at a time.
    case alreadyRegistered(descriptor: Int32)
    /// The deadline passed first.
    case deadlineExceeded
    /// The waiting task was cancelled.
    case cancelled
    /// The loop was shut down while the task waited, or before.
    case stopped
}
