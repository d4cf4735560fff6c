public import Postgres

/// Why the intake did not do what it was asked to.
public enum IntakeError: DomainError {
    /// It is not done, and the reason will be the same until something changes.
    case refused(OrderRefusal)
    /// The order has a recipient, and no keys to encrypt recipients are configured here.
    case recipientsNotConfigured
    /// Too many orders wait already, or its goods are locked by something else; come back after so many seconds.
    case busy(retryAfterSeconds: Int)
    /// The service is being shut down.
    case closing
    /// Whether it is done is not known: asking again does nothing twice.
    case outcomeUnknown
    /// It is not done, because the database failed.
    case database(PostgresError)
}
