/// Why the pool gave no connection.
public enum PoolRefusal: Error, Hashable, Sendable {
    /// As many are waiting as may wait; come back later.
    case tooManyWaiters
    /// No connection became free in time; if none could be made, why.
    case deadlineExceeded(lastFailure: ConnectFailure?)
    /// The pool is shut down.
    case closed
}

extension PoolRefusal: CustomStringConvertible {
    /// One line for a log.
    public var description: String {
        switch self {
        case .tooManyWaiters: "too many wait for a connection to PostgreSQL"
        case .deadlineExceeded(let failure?): "no connection within the deadline: \(failure.message)"
        case .deadlineExceeded(nil): "every connection to PostgreSQL was busy until the deadline"
        case .closed: "the pool of connections is shut down"
        }
    }
}
