internal import EventLoop

/// Runs a blocking call on a thread of its own, while the caller's wait keeps its deadline.
///
/// The thread is left behind when the call does not come back in time; their number is bounded, so that a dead name
/// server or a stopped postmaster cannot use up the process.
enum Detour {
    private static let threadsAtOnce = 16
    private static let running = Lock(0)

    /// The value of `body`, or why there is none.
    static func run<Value: Sendable>(
        _ name: String, on loop: EventLoop, until deadline: MonotonicInstant, _ body: @escaping @Sendable () -> Value
    ) async -> Result<Value, EventLoopError> {
        let box = Lock<Result<Value, EventLoopError>?>(nil)
        let shared = Shared(box)
        // The sleep ends by its deadline, or by being cancelled once the value is there.
        let sleeper = Task { try? await loop.sleep(until: deadline) }
        let started = start(name) {
            let value = body()
            shared.box.withLock { $0 = .success(value) }
            sleeper.cancel()
        }
        guard started else { return .failure(.system(call: "pthread_create", code: 11)) }
        await withTaskCancellationHandler {
            await sleeper.value
        } onCancel: {
            sleeper.cancel()
        }
        return shared.box.withLock { $0 } ?? .failure(Task.isCancelled ? .cancelled : .deadlineExceeded)
    }

    /// Runs `body` on a thread of its own and forgets it; `false` when there are too many already.
    @discardableResult
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        let admitted = running.withLock { count -> Bool in
            guard count < threadsAtOnce else { return false }
            count += 1
            return true
        }
        guard admitted else { return false }
        do throws(EventLoopError) {
            try startThread(name: name) {
                body()
                running.withLock { $0 -= 1 }
            }
            return true
        } catch {
            running.withLock { $0 -= 1 }
            return false
        }
    }

    private final class Shared<Value: Sendable>: Sendable {
        let box: Lock<Value?>

        init(_ box: consuming Lock<Value?>) {
            self.box = box
        }
    }
}
