/// Why no connection could be made.
public struct ConnectFailure: Error, Hashable, Sendable {
    /// What kind of failure it is, as far as it can be told.
    public enum Kind: Hashable, Sendable {
        /// The connection string or a setting in it is wrong.
        case badOptions
        /// A host's name could not be resolved.
        case unknownHost
        /// Nobody listens there, or the network does not lead there.
        case unreachable
        /// The server answered and refused; ``ConnectFailure/sqlState`` says why.
        case refused
        /// The deadline passed.
        case deadlineExceeded
        /// The server is older than what the service needs.
        case wrongVersion
        /// The loop was shut down, or the task cancelled.
        case stopped
    }

    /// The kind of failure.
    public var kind: Kind
    /// The server's code, if it was the server that refused.
    public var sqlState: SQLState?
    /// libpq's own words, without a password.
    public var message: String

    /// A failure of this kind.
    public init(kind: Kind, sqlState: SQLState? = nil, message: String) {
        self.kind = kind
        self.sqlState = sqlState
        self.message = message
    }

    /// Whether waiting may help: the server is down, starting, or full, rather than asked the wrong thing.
    public var canHeal: Bool {
        switch kind {
        case .unreachable, .deadlineExceeded, .unknownHost: true
        case .refused: sqlState.map { ["53", "57"].contains($0.category) } ?? true
        case .badOptions, .wrongVersion, .stopped: false
        }
    }
}

extension ConnectFailure: CustomStringConvertible {
    /// One line for a log or a terminal.
    public var description: String {
        "no connection to PostgreSQL: \(message)"
    }
}
