/// One descriptor that became ready.
package struct ReadyEvent: Equatable, Sendable {
    /// The token that the descriptor was added with.
    package var token: UInt64
    /// What it is ready for.
    package var readiness: Readiness

    package init(token: UInt64, readiness: Readiness) {
        self.token = token
        self.readiness = readiness
    }
}

/// The queue of readiness and the clock behind an ``EventLoop``; tests put a scripted one in the place of epoll.
package protocol Poller: AnyObject, Sendable {
    /// The time as this poller sees it.
    func currentTime() -> MonotonicInstant
    /// Begins to watch a descriptor, level-triggered.
    ///
    /// - Parameter isPrompt: Whether it is told of before all others, however many are ready.
    func add(_ descriptor: Int32, interest: Interest, isPrompt: Bool, token: UInt64) throws(EventLoopError)
    /// Changes what is watched of a descriptor that was added.
    func modify(_ descriptor: Int32, interest: Interest, isPrompt: Bool, token: UInt64) throws(EventLoopError)
    /// Stops watching; a descriptor that is already closed is not an error.
    func remove(_ descriptor: Int32, isPrompt: Bool)
    /// Appends what is ready, waiting until `deadline` (`nil`: without end) or a ``wake()`` for the first of it.
    func wait(until deadline: MonotonicInstant?, into events: inout [ReadyEvent])
    /// Ends the current or the next ``wait(until:into:)``; may be called from any thread.
    func wake()
}
