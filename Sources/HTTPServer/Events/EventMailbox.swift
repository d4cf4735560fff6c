internal import EventLoop

/// An ``EventBuffer`` between those who know the news, on any thread, and the producer of one client's stream.
public final class EventMailbox<Key: Hashable & Sendable>: Sendable {
    private struct State {
        var buffer: EventBuffer<Key>
        var isClosed = false
        var reader: CheckedContinuation<Void, Never>?
    }

    private let state: Lock<State>

    /// An empty mailbox; see ``EventBuffer/init(limit:overflow:)``.
    public init(limit: Int, overflow: ServerSentEvent) {
        state = Lock(State(buffer: EventBuffer(limit: limit, overflow: overflow)))
    }

    /// Adds the newest event of a key; from any thread, and without waiting for anybody.
    public func put(_ event: ServerSentEvent, for key: Key) {
        wakeReader { $0.buffer.put(event, for: key) }
    }

    /// Lets the reader have what waits, and then nothing more.
    public func close() {
        wakeReader { $0.isClosed = true }
    }

    /// Takes out events of about so many bytes as soon as there is one; nil once the mailbox is closed or the task
    /// cancelled. There is one reader at a time.
    func next(bytes limit: Int) async -> [UInt8]? {
        while !Task.isCancelled {
            let (found, isClosed) = state.withLock { state in
                var found: [UInt8] = []
                while found.count < limit, let event = state.buffer.next() { found += event }
                return (found, state.isClosed)
            }
            if !found.isEmpty { return found }
            if isClosed { return nil }
            await news()
        }
        return nil
    }

    /// Waits until something was put in, the mailbox closed, or the task cancelled.
    private func news() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayWait = state.withLock { state in
                    precondition(state.reader == nil, "a mailbox has one reader")
                    guard state.buffer.isEmpty, !state.isClosed, !Task.isCancelled else { return false }
                    state.reader = continuation
                    return true
                }
                if !mayWait { continuation.resume() }
            }
        } onCancel: {
            wakeReader { _ in }
        }
    }

    private func wakeReader(_ change: (inout State) -> Void) {
        let reader = state.withLock { state in
            change(&state)
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }
}
