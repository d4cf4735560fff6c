public import Postgres

/// Why an order has no answer that says it is placed.
public enum OrderError: DomainError {
    /// It is not placed, and the reason will be the same until something changes.
    case refused(OrderRefusal)
    /// It has a recipient, and no keys to encrypt recipients are configured here.
    case recipientsNotConfigured
    /// Too many orders wait already; come back after so many seconds.
    case busy(retryAfterSeconds: Int)
    /// The service is being shut down.
    case closing
    /// Whether it is placed is not known: send it again under the same reference.
    case outcomeUnknown
    /// It is not placed, because the database failed.
    case database(PostgresError)
}
