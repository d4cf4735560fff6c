/// What other threads hand to a loop: jobs, and the wish to stop.
///
/// All of it stands under one lock. A thread that finds the loop asleep is told to wake it, once per sleep.
final class Inbox: Sendable {
    /// A piece of work for the loop's thread.
    enum Work {
        case job(UnownedJob)
        case closure(@Sendable () -> Void)
    }

    /// What a thread that has delivered something must do next.
    enum Duty {
        case nothing
        /// The loop sleeps: wake it.
        case wake
        /// The loop's thread has ended: somebody must run what comes late, one at a time.
        case runLate
    }

    private enum Phase {
        case running, stopping, ended
    }

    private struct State {
        var work: [Work] = []
        var phase = Phase.running
        var asleep = false
        var lateRunner = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Lock(State())

    /// Adds work, from any thread.
    func deliver(_ work: Work) -> Duty {
        state.withLock { state in
            state.work.append(work)
            if state.phase == .ended {
                defer { state.lateRunner = true }
                return state.lateRunner ? .nothing : .runLate
            }
            defer { state.asleep = false }
            return state.asleep ? .wake : .nothing
        }
    }

    /// Asks the loop to stop; `continuation` is resumed when its thread has ended.
    func stop(_ continuation: CheckedContinuation<Void, Never>) -> Duty {
        let (duty, ended) = state.withLock { state -> (Duty, Bool) in
            guard state.phase != .ended else { return (.nothing, true) }
            state.phase = .stopping
            state.waiters.append(continuation)
            defer { state.asleep = false }
            return (state.asleep ? .wake : .nothing, false)
        }
        if ended { continuation.resume() }
        return duty
    }

    /// Whether the loop was asked to stop.
    var isStopping: Bool {
        state.withLock { $0.phase != .running }
    }

    /// Moves what was delivered to the end of `work`; swapping the buffers keeps both allocations.
    func take(into work: inout [Work]) {
        state.withLock { state in
            state.asleep = false
            if work.isEmpty {
                swap(&work, &state.work)
            } else {
                work.append(contentsOf: state.work)
                state.work.removeAll(keepingCapacity: true)
            }
        }
    }

    /// Says that the loop goes to sleep; `false` when there is a reason not to.
    func fallAsleep() -> Bool {
        state.withLock { state in
            state.asleep = state.work.isEmpty && state.phase == .running
            return state.asleep
        }
    }

    /// Ends the loop unless work came in; gives those who wait for the end.
    func end() -> [CheckedContinuation<Void, Never>]? {
        state.withLock { state in
            guard state.work.isEmpty else { return nil }
            state.phase = .ended
            defer { state.waiters = [] }
            return state.waiters
        }
    }

    /// Takes late work for the late runner, which may go once there is none.
    func takeLate() -> [Work] {
        state.withLock { state in
            defer { state.work = [] }
            if state.work.isEmpty { state.lateRunner = false }
            return state.work
        }
    }
}
