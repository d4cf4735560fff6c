public import Postgres

/// Why an order was not read or changed.
public enum OrdersError: DomainError {
    /// There is no such order, or none that is the asker's.
    case unknownOrder
    /// It stays as it is, and the reason will be the same until something changes.
    case refused(OrderChangeRefusal)
    /// It has no recipient.
    case noRecipient
    /// Its recipient was erased then.
    case recipientErased(Timestamp)
    /// Its recipient is encrypted under a key that is not configured here, or is not what was encrypted.
    case recipientUnreadable(keyID: String)
    /// Whether it took effect is not known: asking again does nothing twice.
    case outcomeUnknown
    /// The database failed.
    case database(PostgresError)
}
