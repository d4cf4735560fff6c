internal import EventLoop

/// Whether the service can serve, as told by whoever watches over it; read by any thread.
public final class Readiness: Sendable {
    /// What is known now.
    public enum State: Hashable, Sendable {
        /// It serves; a warning names what will need attention.
        case ready(warning: String?)
        /// It does not: why, and what to do.
        case notReady(String)
    }

    private let state = Lock(State.notReady("The service is starting."))

    /// Not ready until told otherwise.
    public init() {}

    /// What is known now.
    public var current: State { state.withLock { $0 } }

    /// Tells what is known; gives whether it is news.
    @discardableResult
    public func report(_ new: State) -> Bool {
        state.withLock { state in
            defer { state = new }
            return state != new
        }
    }
}
