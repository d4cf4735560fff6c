public import Postgres

/// Why it is not known who asks.
public enum AuthenticationError: Error, Sendable {
    /// What was shown is no good token: nothing, garbled, unknown, another base's, of a wrong secret, expired or revoked.
    case refused
    /// Too many tokens are being looked up.
    case busy
    /// Whether it is one cannot be found out, because the database failed.
    case database(PostgresError)
}
