public import Postgres

/// Why shipments were not read, changed or written.
public enum ShipmentError: DomainError {
    /// There is no such order.
    case unknownOrder
    /// The order has no parcel of that number.
    case unknownShipment
    /// The file was not written, and nothing is marked.
    case notWritten
    /// The database failed.
    case database(PostgresError)
}
