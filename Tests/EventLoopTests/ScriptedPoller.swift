@testable import EventLoop

/// A poller without a kernel: the test sets the time, says what becomes ready, and sees what is watched.
final class ScriptedPoller: Poller {
    struct Watched: Equatable {
        var interest: Interest
        var token: UInt64
    }

    private struct State {
        var time = MonotonicInstant(nanoseconds: 0)
        var watched: [Int32: Watched] = [:]
        var script: [[(descriptor: Int32, readiness: Readiness)]] = []
        var waits: [MonotonicInstant?] = []
        var wakes = 0
    }

    private let state = Lock(State())

    var watched: [Int32: Watched] { state.withLock(\.watched) }
    var waits: [MonotonicInstant?] { state.withLock(\.waits) }
    var wakes: Int { state.withLock(\.wakes) }

    func advance(by duration: Duration) {
        state.withLock { $0.time = $0.time.advanced(by: duration) }
    }

    /// What one future wait reports, all at once.
    func willBeReady(_ events: [(descriptor: Int32, readiness: Readiness)]) {
        state.withLock { $0.script.append(events) }
    }

    func currentTime() -> MonotonicInstant {
        state.withLock(\.time)
    }

    func add(_ descriptor: Int32, interest: Interest, isPrompt: Bool, token: UInt64) throws(EventLoopError) {
        let known = state.withLock {
            $0.watched.updateValue(Watched(interest: interest, token: token), forKey: descriptor)
        }
        if let known {
            state.withLock { $0.watched[descriptor] = known }
            throw .alreadyRegistered(descriptor: descriptor)
        }
    }

    func modify(_ descriptor: Int32, interest: Interest, isPrompt: Bool, token: UInt64) throws(EventLoopError) {
        state.withLock { $0.watched[descriptor] = Watched(interest: interest, token: token) }
    }

    func remove(_ descriptor: Int32, isPrompt: Bool) {
        state.withLock { $0.watched[descriptor] = nil }
    }

    func wait(until deadline: MonotonicInstant?, into events: inout [ReadyEvent]) {
        let reported = state.withLock { state in
            state.waits.append(deadline)
            let next = state.script.isEmpty ? [] : state.script.removeFirst()
            return next.compactMap { event in
                state.watched[event.descriptor].map { ReadyEvent(token: $0.token, readiness: event.readiness) }
            }
        }
        events.append(contentsOf: reported)
    }

    func wake() {
        state.withLock { $0.wakes += 1 }
    }
}
