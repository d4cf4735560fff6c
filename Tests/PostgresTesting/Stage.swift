package import EventLoop

/// Tasks on one loop that do not prefer it, so that the runtime sends them through the loop's queue once more at each
/// `await`: whatever one of them does, another may do its part in between.
package actor Stage {
    private let loop: EventLoop
    private var held: CheckedContinuation<Void, Never>?

    /// The loop that all of them run on.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// A stage on the loop of those who are to meet.
    package init(on loop: EventLoop) {
        self.loop = loop
    }

    /// Starts a task.
    @discardableResult
    package func play(_ part: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task { await self.run(part) }
    }

    /// Starts two tasks; the second begins so many steps of the queue after the first, or before it if that is negative.
    package func play(
        _ first: @escaping @Sendable () async -> Void, and steps: Int,
        later second: @escaping @Sendable () async -> Void
    ) {
        step(-steps) { $0.play(first) }
        step(steps) { $0.play(second) }
    }

    /// Starts a task that is cancelled so many steps of the queue later.
    package func play(_ part: @escaping @Sendable () async -> Void, cancelledAfter steps: Int) {
        let task = play(part)
        step(steps) { _ in task.cancel() }
    }

    /// Waits for ``release()``.
    package func hold() async {
        await withCheckedContinuation { keep($0) }
    }

    /// Ends the wait of the one that is held.
    package func release() {
        held?.resume()
        held = nil
    }

    /// Whether somebody is held.
    package var isHolding: Bool { held != nil }

    private func keep(_ continuation: CheckedContinuation<Void, Never>) {
        held = continuation
    }

    private func run(_ part: @Sendable () async -> Void) async {
        await part()
    }

    /// Goes through the queue so often; one `await` takes two steps, so that only this reaches every place in between.
    private func step(_ count: Int, then body: @escaping @Sendable (isolated Stage) -> Void) {
        guard count > 0 else { return body(self) }
        loop.execute { self.assumeIsolated { $0.step(count - 1, then: body) } }
    }
}
