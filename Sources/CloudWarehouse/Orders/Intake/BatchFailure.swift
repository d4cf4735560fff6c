import Postgres

/// What is to be done when the transaction of a batch has failed.
enum BatchFailure: Equatable {
    /// Run it again: what it did already, if anything, is found by the references.
    case runAgain
    /// Run its halves, so that the order which cannot be written fails alone, and what is too much for one transaction is done
    /// in several. What it did already is found by the references here too.
    case split
    /// Give up.
    case giveUp

    /// Decides by the error, the size of the batch and how often it was run.
    init(_ error: PostgresError, orders: Int, runs: Int, limits: IntakeLimits) {
        let mayRunAgain = runs < limits.attempts
        switch error {
        case _ where orders > 1 && error.isTooSlow: self = .split
        case .commitOutcomeUnknown, .connectionLost, .deadlineExceeded, .rolledBack:
            self = mayRunAgain ? .runAgain : .giveUp
        case .server(let server) where server.sqlState == .uniqueViolation && mayRunAgain:
            // Somebody else has placed one of the orders meanwhile: the next run finds it.
            self = .runAgain
        case .server(let server)
        where server.sqlState == .checkViolation && server.table == BuyerCount.table && runs == 1 && mayRunAgain:
            // Somebody else has counted for one of the buyers meanwhile: the next run reads it, and refuses what is too much.
            self = .runAgain
        case .server(let server) where server.sqlState.mayPassSoon && mayRunAgain:
            self = .runAgain
        case .server(let server) where ["22", "23"].contains(server.sqlState.category):
            self = orders > 1 ? .split : .giveUp
        default:
            self = .giveUp
        }
    }
}

extension PostgresError {
    /// Whether the time was not enough, for COMMIT or for what comes before it.
    fileprivate var isTooSlow: Bool {
        switch self {
        case .deadlineExceeded: true
        case .server(let server): server.sqlState == .queryCanceled
        case .commitOutcomeUnknown(let cause): cause.isTooSlow
        default: false
        }
    }
}

extension SQLState {
    /// Whether the batch, which took no effect, may well get through the next time: a lock or an answer was not to be had in
    /// time, the session has ended, or its prepared statements are of the tables as they were.
    fileprivate var mayPassSoon: Bool {
        let codes: Set<SQLState> = [.lockNotAvailable, .queryCanceled, .featureNotSupported, .idleInTransaction]
        return codes.contains(self) || ["08", "57"].contains(category)
    }
}
