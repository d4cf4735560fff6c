import EventLoop

/// Who waits for the answer to a command, and on which loop.
struct OrderWaiter: Sendable {
    typealias Answer = Result<OrderAnswer, IntakeError>
    typealias Continuation = CheckedContinuation<Answer, Never>

    private enum Destination: Sendable {
        case continuation(Continuation)
        case sheet(AnswerSheet, index: Int)
    }

    private let destination: Destination
    /// The loop of the window at which the command came in; nil for the intake's own.
    private let home: EventLoop?

    init(_ continuation: Continuation, at home: EventLoop? = nil) {
        destination = .continuation(continuation)
        self.home = home
    }

    /// Who waits for the answers to several commands, of which this is one.
    init(_ sheet: AnswerSheet, index: Int, at home: EventLoop? = nil) {
        destination = .sheet(sheet, index: index)
        self.home = home
    }

    func answer(_ answer: Answer) {
        switch destination {
        case .continuation(let continuation): continuation.resume(returning: answer)
        case .sheet(let sheet, let index):
            guard let home, !home.isCurrent else { return sheet.note(answer, at: index) }
            home.execute { sheet.note(answer, at: index) }
        }
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

/// The answers to several commands that came together, until the last of them is there.
// @unchecked: touched only on the loop at which the commands came in.
final class AnswerSheet: @unchecked Sendable {
    private var answers: [OrderWaiter.Answer?]
    private var missing: Int
    private let continuation: CheckedContinuation<[OrderWaiter.Answer], Never>

    /// A sheet for so many answers, at least one.
    init(count: Int, _ continuation: CheckedContinuation<[OrderWaiter.Answer], Never>) {
        precondition(count > 0, "nobody would ever answer")
        answers = Array(repeating: nil, count: count)
        missing = count
        self.continuation = continuation
    }

    fileprivate func note(_ answer: OrderWaiter.Answer, at index: Int) {
        precondition(answers[index] == nil, "a command was answered twice")
        answers[index] = answer
        missing -= 1
        if missing == 0 { continuation.resume(returning: answers.compactMap(\.self)) }
    }
}
