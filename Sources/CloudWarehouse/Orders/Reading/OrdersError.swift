public import Postgres

/// Why an order was not read.
public enum OrdersError: DomainError {
    /// There is no such order, or none that is the asker's.
    case unknownOrder
    /// It has no recipient.
    case noRecipient
    /// Its recipient was erased then.
    case recipientErased(Timestamp)
    /// Its recipient is encrypted under a key that is not configured here, or is not what was encrypted.
    case recipientUnreadable(keyID: String)
    /// The database failed.
    case database(PostgresError)
}
