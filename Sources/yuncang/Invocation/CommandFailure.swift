/// Why a command did not do what it was asked to, in words that a person can act on.
struct CommandFailure: Error, Sendable, Equatable {
    /// What the calling program learns.
    var status: ExitStatus
    /// What happened, without a full stop: "the database cannot be reached".
    var what: Text
    /// The cause, as far as it is known.
    var why: Text?
    /// What the person can do about it.
    var remedy: Text?
    /// Commands that help, as they would be typed.
    var next: [NextStep]
    /// What was typed and breaks a rule, so that the option or argument can be named that it was typed for.
    var typed: String?
    /// The things that are wrong one by one, where there are several, as far as they are listed.
    var details: [FailureDetail] = []
    /// How many there are, listed or not.
    var detailCount = 0

    /// A failure; passwords in its texts are hidden when it is shown.
    init(_ status: ExitStatus, what: Text, why: Text? = nil, remedy: Text? = nil, next: [NextStep] = []) {
        self.status = status
        self.what = what
        self.why = why
        self.remedy = remedy
        self.next = next
    }
}

/// A command worth typing next, and what for.
struct NextStep: Sendable, Equatable {
    /// As it would be typed: `yuncang doctor`.
    let command: String
    /// What it does, without a full stop.
    let purpose: Text
}

/// An error of a lower room that knows how to tell people what it means.
protocol ExplainedFailure: Error {
    /// The same, for people.
    var commandFailure: CommandFailure { get }
}

extension CommandFailure {
    /// What any error means to people: its own explanation, or that yuncang has met something it did not foresee.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure:
            self = failure
        case let explained as any ExplainedFailure:
            self = explained.commandFailure
        case is CancellationError:
            self.init(.interrupted, what: Text(en: "interrupted", zh: "已中断"))
        default:
            self.init(
                .internalError,
                what: Text(en: "something that yuncang did not foresee", zh: "出现了 yuncang 没有预料到的情况"),
                why: .quoted(String(describing: error)))
        }
    }
}
