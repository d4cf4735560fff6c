internal import DequeModule

/// Follows libpq's pipeline mode: which result belongs to which request, and what is to be done with it.
///
/// A request is a group of steps that ends with a sync. The server runs a group until one of its steps fails and skips
/// the rest; a group's outcome counts only once its sync is answered, since a statement outside a transaction is
/// committed by the sync, after its own result was sent.
struct PipelineMachine {
    /// One message that was sent and gets an answer.
    enum Step: Equatable {
        /// A statement was parsed under this name.
        case prepare(name: String)
        /// A statement was run, or described.
        case command
    }

    /// What libpq gave.
    enum Answer: Equatable {
        /// Rows, or a command's tag.
        case result
        /// The server refused the step.
        case error
        /// The step was skipped, since an earlier one of its group had failed.
        case skipped
        /// `NULL`: the step has nothing more to say.
        case end
        /// The group's sync.
        case sync
    }

    /// What to do with it. All actions but ``end`` and ``violation`` are about the oldest group.
    enum Action: Equatable {
        /// Nothing to do.
        case nothing
        /// Keep the result for the request.
        case keep
        /// Remember the error, if it is the group's first.
        case fail
        /// Remember the error as the group's, and that the statement of this name is not prepared.
        case failPreparing(name: String)
        /// The statement of this name is not prepared.
        case forget(name: String)
        /// The group is done: give the request its outcome.
        case complete
        /// The server ends the session, and said why instead of answering the sync.
        case end
        /// Server and client disagree: the connection is of no more use.
        case violation(String)
    }

    private struct Group {
        var steps: [Step]
        var position = 0
        var answered = false
    }

    private var groups = Deque<Group>()

    /// How many requests are under way.
    var depth: Int { groups.count }

    /// A group of steps and its sync were sent.
    mutating func sent(_ steps: [Step]) {
        groups.append(Group(steps: steps))
    }

    /// Takes the next answer.
    mutating func received(_ answer: Answer) -> Action {
        guard !groups.isEmpty else {
            return answer == .end ? .nothing : .violation("\(answer) without a request")
        }
        guard groups[0].position < groups[0].steps.count else { return receivedAfterLastStep(answer) }
        let step = groups[0].steps[groups[0].position]
        if answer == .end {
            // libpq also says NULL between groups, before it has looked at the next one.
            guard groups[0].answered else { return .nothing }
            groups[0].position += 1
            groups[0].answered = false
            return .nothing
        }
        guard answer != .sync else { return .violation("a sync before the answer to \(step)") }
        guard !groups[0].answered else { return .violation("two answers to \(step)") }
        groups[0].answered = true
        switch (step, answer) {
        case (.command, .result): return .keep
        case (.command, .error): return .fail
        case (.prepare(let name), .error): return .failPreparing(name: name)
        case (.prepare(let name), .skipped): return .forget(name: name)
        default: return .nothing
        }
    }

    private mutating func receivedAfterLastStep(_ answer: Answer) -> Action {
        switch answer {
        case .sync:
            groups.removeFirst()
            return .complete
        case .end: return .nothing
        case .error: return .end
        case .result, .skipped: return .violation("\(answer) where a sync was due")
        }
    }
}
