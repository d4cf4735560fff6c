internal import HTTPTypes
internal import Postgres

extension Problem {
    /// What the database did not do. What it said goes to the log, not out.
    init(database error: PostgresError) {
        switch error.fault {
        case .passing:
            self.init(
                .unavailable, "The database cannot be asked now; send the request again.", fields: [(.retryAfter, "1")])
        case .unknownOutcome:
            self.init(
                .outcomeUnknown, "Whether it took effect is not known: send it again, nothing is done twice.",
                fields: [(.retryAfter, "1")])
        case .ours: self.init(.internalError, "The service failed at this request; the reason is in its log.")
        }
        cause = error
    }
}

extension PostgresError {
    /// Whose fault an error is, which says what a client may expect of sending the same request again.
    enum Fault: Equatable {
        /// The database's state of the moment: the same request may succeed later.
        case passing
        /// Nobody's, but COMMIT's answer was lost.
        case unknownOutcome
        /// The service's own, or its installation's: the same request fails again.
        case ours
    }

    /// SQLSTATE classes (PostgreSQL's manual, appendix A): connection, rolled back, resources, object not in that state,
    /// operator's intervention, the system's own errors.
    private static let passingClasses: Set<Substring> = ["08", "40", "53", "55", "57", "58"]
    /// Of other classes: a server that became a standby, a transaction that was idle for too long, a stale plan.
    private static let passingCodes: Set<SQLState> = [.readOnlyTransaction, .idleInTransaction, .featureNotSupported]

    /// Whose fault it is.
    var fault: Fault {
        switch self {
        case .connect, .connectionLost, .deadlineExceeded, .cancelled, .pool: .passing
        case .commitOutcomeUnknown: .unknownOutcome
        case .server(let error):
            Self.passingClasses.contains(error.sqlState.category) || Self.passingCodes.contains(error.sqlState)
                ? .passing : .ours
        case .rolledBack, .decoding, .misuse: .ours
        }
    }
}
