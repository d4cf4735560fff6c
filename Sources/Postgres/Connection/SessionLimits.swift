/// How long a session may hold what others wait for: bounds that the server and the kernels keep, so that they hold also
/// where the client has died, or stopped, without a word.
public struct SessionLimits: Sendable {
    /// How long a statement may run before the server ends it with 57014: less than
    /// ``ConnectionLimits/queryDeadline``, after which the client closes the connection.
    public var statementMilliseconds = 25_000
    /// How long a statement may wait for one lock before it fails with 55P03.
    public var lockMilliseconds = 5_000
    /// How long a transaction may be open with no statement under way; then the server ends the session with 25P03.
    public var idleInTransactionMilliseconds = 10_000
    /// How long what was sent may go unacknowledged before a kernel ends the connection.
    public var unacknowledgedMilliseconds = 10_000
    /// Without a byte for so long, a kernel asks whether the other side is still there,
    public var keepaliveIdleSeconds = 10
    /// again after so long,
    public var keepaliveIntervalSeconds = 3
    /// and gives it up after so many questions without an answer.
    public var keepaliveQuestions = 3

    /// The bounds that the service uses.
    public init() {}

    /// What the server is told, in milliseconds unless the name says otherwise.
    fileprivate var ofServer: [(name: String, value: Int)] {
        [
            ("statement_timeout", statementMilliseconds),
            ("lock_timeout", lockMilliseconds),
            ("idle_in_transaction_session_timeout", idleInTransactionMilliseconds),
            ("tcp_user_timeout", unacknowledgedMilliseconds),
            ("tcp_keepalives_idle", keepaliveIdleSeconds),
            ("tcp_keepalives_interval", keepaliveIntervalSeconds),
            ("tcp_keepalives_count", keepaliveQuestions),
        ]
    }

    /// What libpq is told for this side's kernel.
    fileprivate var ofClient: [(keyword: String, value: Int)] {
        [
            ("tcp_user_timeout", unacknowledgedMilliseconds),
            ("keepalives_idle", keepaliveIdleSeconds),
            ("keepalives_interval", keepaliveIntervalSeconds),
            ("keepalives_count", keepaliveQuestions),
        ]
    }
}

extension ConnectionOptions {
    /// These options with the bounds of `limits`; libpq's keywords that were given stay as they are.
    public func bounded(by limits: SessionLimits) -> ConnectionOptions {
        var bounded = self
        for (keyword, value) in limits.ofClient where effectiveValue(of: keyword) == nil {
            bounded = bounded.setting(keyword, to: "\(value)")
        }
        for (name, value) in limits.ofServer { bounded = bounded.session(name, "\(value)") }
        return bounded
    }
}
