/// A descriptor that a loop watches. Every member is for the loop's thread only.
///
/// Cancel it before closing the descriptor: the number may be given to another file at once.
public final class Registration {
    /// The watched descriptor; the registration does not own it.
    public let descriptor: Int32

    let isPrompt: Bool
    let token: UInt64
    let handler: (Readiness) -> Void
    /// What is watched now.
    public private(set) var interest: Interest
    // Unowned references would trap when a handler outlives its loop; the loop clears its table when it stops.
    private weak var loop: EventLoop?

    init(
        descriptor: Int32, interest: Interest, isPrompt: Bool, token: UInt64, loop: EventLoop,
        handler: @escaping (Readiness) -> Void
    ) {
        self.descriptor = descriptor
        self.interest = interest
        self.isPrompt = isPrompt
        self.token = token
        self.loop = loop
        self.handler = handler
    }

    /// Changes what is watched; an unchanged interest costs no system call. An empty one still reports hang-ups.
    public func update(_ interest: Interest) {
        guard interest != self.interest, let loop else { return }
        self.interest = interest
        loop.change(self)
    }

    /// Stops watching; the handler is not called again, not even for events that were already reported.
    public func cancel() {
        loop?.remove(self)
        loop = nil
    }
}
