/// Why something asked of PostgreSQL did not happen, or is not known to have happened.
public indirect enum PostgresError: Error, Sendable {
    /// No connection could be made.
    case connect(ConnectFailure)
    /// The server answered with an error; nothing of the statement, or of its transaction, took effect.
    case server(ServerError)
    /// The connection broke while the request was under way: outside a transaction its effect is unknown,
    /// inside one it was rolled back.
    case connectionLost(String)
    /// The client's own deadline passed; the connection is closed, since a stopped server gives no other sign.
    case deadlineExceeded
    /// The calling task was cancelled; the statement may still run, inside a transaction it is rolled back.
    case cancelled
    /// COMMIT was sent and no trustworthy answer came: neither a failure nor a success. Look the effect up.
    case commitOutcomeUnknown(cause: PostgresError)
    /// COMMIT was answered by ROLLBACK, because an earlier statement of the transaction had failed.
    case rolledBack
    /// The pool gave no connection.
    case pool(PoolRefusal)
    /// A row could not be read as the statement declares it.
    case decoding(DecodingFailure, statement: String)
    /// The connection was asked for something that its state does not allow.
    case misuse(String)

    /// The server's code, where there is one.
    public var sqlState: SQLState? {
        switch self {
        case .server(let error): error.sqlState
        case .connect(let failure): failure.sqlState
        case .commitOutcomeUnknown(let cause): cause.sqlState
        default: nil
        }
    }

    /// Whether the transaction as a whole may simply be run again: it failed, for certain, for a passing reason.
    public var isRetryable: Bool {
        if case .server(let error) = self { error.sqlState.isRetryable } else { false }
    }
}

extension PostgresError: CustomStringConvertible {
    /// One line for a log.
    public var description: String {
        switch self {
        case .connect(let failure): failure.description
        case .server(let error): error.description
        case .connectionLost(let why): "the connection to PostgreSQL was lost: \(why)"
        case .deadlineExceeded: "PostgreSQL did not answer within the deadline"
        case .cancelled: "the request was cancelled"
        case .commitOutcomeUnknown(let cause): "COMMIT was sent, and whether it took effect is unknown: \(cause)"
        case .rolledBack: "the transaction was rolled back, because a statement of it had failed"
        case .pool(let refusal): refusal.description
        case .decoding(let failure, let statement): "a row of \(statement) could not be read: \(failure)"
        case .misuse(let what): what
        }
    }
}
