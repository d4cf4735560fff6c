import EventLoop

/// Who waits for the answer to a command, and on which loop.
struct OrderWaiter: Sendable {
    typealias Answer = Result<OrderAnswer, IntakeError>
    typealias Continuation = CheckedContinuation<Answer, Never>

    private let continuation: Continuation
    /// The loop of the window at which the command came in; nil for the intake's own.
    private let home: EventLoop?

    init(_ continuation: Continuation, at home: EventLoop? = nil) {
        self.continuation = continuation
        self.home = home
    }

    func answer(_ answer: Answer) {
        continuation.resume(returning: answer)
    }

    /// Answers many: to each loop in one piece, and on its own thread.
    static func answer(_ answers: [(waiter: OrderWaiter, answer: Answer)]) {
        var elsewhere: [(home: EventLoop, answers: [(waiter: OrderWaiter, answer: Answer)])] = []
        for (waiter, answer) in answers {
            guard let home = waiter.home else {
                waiter.answer(answer)
                continue
            }
            // As many as there are loops.
            if let index = elsewhere.firstIndex(where: { $0.home === home }) {
                elsewhere[index].answers.append((waiter, answer))
            } else {
                elsewhere.append((home, [(waiter, answer)]))
            }
        }
        for (home, answers) in elsewhere {
            home.execute { for (waiter, answer) in answers { waiter.answer(answer) } }
        }
    }
}
