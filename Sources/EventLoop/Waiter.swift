/// A task that waits for a descriptor, a deadline, or both. Every member is for the loop's thread only.
///
/// Whatever ends the wait first (readiness, deadline, cancellation, the loop's end) resumes the task, exactly once.
// @unchecked: made by a task and then touched only by closures that run on the loop's thread.
final class Waiter: @unchecked Sendable {
    private let loop: EventLoop
    private var continuation: CheckedContinuation<Result<Readiness, EventLoopError>, Never>?
    private var outcome: Result<Readiness, EventLoopError>?
    private var registration: Registration?
    private var timer: Timer?

    init(loop: EventLoop) {
        self.loop = loop
    }

    func start(
        descriptor: (number: Int32, interest: Interest)?, until instant: MonotonicInstant,
        continuation: CheckedContinuation<Result<Readiness, EventLoopError>, Never>
    ) {
        if let outcome { return continuation.resume(returning: outcome) }
        self.continuation = continuation
        guard loop.insert(self) else { return finish(.failure(.stopped)) }
        if let descriptor {
            do throws(EventLoopError) {
                registration = try loop.register(descriptor.number, for: descriptor.interest) { [self] readiness in
                    finish(.success(readiness))
                }
            } catch {
                return finish(.failure(error))
            }
        }
        if instant != .distantFuture {
            timer = loop.schedule(at: instant) { [self] in finish(.failure(.deadlineExceeded)) }
        }
    }

    func finish(_ result: Result<Readiness, EventLoopError>) {
        guard outcome == nil else { return }
        outcome = result
        registration?.cancel()
        registration = nil
        if let timer { loop.cancel(timer) }
        loop.remove(self)
        continuation?.resume(returning: result)
        continuation = nil
    }
}
