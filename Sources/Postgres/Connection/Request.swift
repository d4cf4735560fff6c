internal import EventLoop

/// One group of a pipeline, and the task that waits for its outcome.
// @unchecked: touched only on the loop of its connection; the task gets the outcome by its continuation.
final class Request: @unchecked Sendable {
    typealias Outcome = Result<Answer, PostgresError>

    /// What a group brought.
    struct Answer: Sendable {
        /// One result per command.
        var results: [QueryResult]
        /// Warnings and notices that came with them.
        var notices: [ServerError]
    }

    private(set) var results: [QueryResult] = []
    private var notices: [ServerError] = []
    private var failure: PostgresError?
    private var continuation: CheckedContinuation<Outcome, Never>?
    private var outcome: Outcome?
    private let loop: EventLoop
    private var timer: Timer?

    init(loop: EventLoop) {
        self.loop = loop
    }

    /// The task that waits; it is resumed at once if the outcome is already known.
    func wait(_ continuation: CheckedContinuation<Outcome, Never>) {
        precondition(loop.isCurrent, "a request is for its loop's thread")
        if let outcome {
            continuation.resume(returning: outcome)
        } else {
            self.continuation = continuation
        }
    }

    /// Calls `body` if there is no outcome by `deadline`.
    func expire(at deadline: MonotonicInstant, _ body: @escaping () -> Void) {
        guard outcome == nil else { return }
        timer = loop.schedule(at: deadline, body)
    }

    func keep(_ result: QueryResult) {
        results.append(result)
    }

    func note(_ notices: [ServerError]) {
        self.notices.append(contentsOf: notices)
    }

    /// Remembers the group's first error.
    func fail(_ error: ServerError) {
        if failure == nil { failure = .server(error) }
    }

    /// The sync was answered: the outcome is final.
    func complete() {
        finish(failure.map { .failure($0) } ?? .success(Answer(results: results, notices: notices)))
    }

    /// Ends the wait; what comes later is dropped.
    func finish(_ outcome: Outcome) {
        precondition(loop.isCurrent, "a request is for its loop's thread")
        guard self.outcome == nil else { return }
        self.outcome = outcome
        results = []
        if let timer { loop.cancel(timer) }
        continuation?.resume(returning: outcome)
        continuation = nil
    }
}
