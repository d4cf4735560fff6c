extension EventLoop {
    /// Suspends until a descriptor is ready, once; the descriptor must have no registration meanwhile.
    ///
    /// - Throws: ``EventLoopError/deadlineExceeded``, ``EventLoopError/cancelled`` or ``EventLoopError/stopped``,
    ///   whichever came first, or the kernel's refusal of the descriptor.
    public func readiness(
        of descriptor: Int32, for interest: Interest, until deadline: MonotonicInstant = .distantFuture
    ) async throws(EventLoopError) -> Readiness {
        try await wait(descriptor: (descriptor, interest), until: deadline)
    }

    /// Suspends until `instant`.
    ///
    /// - Throws: ``EventLoopError/cancelled`` or ``EventLoopError/stopped``.
    public func sleep(until instant: MonotonicInstant) async throws(EventLoopError) {
        do throws(EventLoopError) {
            _ = try await wait(descriptor: nil, until: instant)
        } catch .deadlineExceeded {
            return
        }
    }

    private func wait(
        descriptor: (number: Int32, interest: Interest)?, until instant: MonotonicInstant
    ) async throws(EventLoopError) -> Readiness {
        let waiter = Waiter(loop: self)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                execute { waiter.start(descriptor: descriptor, until: instant, continuation: continuation) }
            }
        } onCancel: {
            execute { waiter.finish(.failure(.cancelled)) }
        }
        return try result.get()
    }
}
