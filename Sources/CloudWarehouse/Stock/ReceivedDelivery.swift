public import Postgres

/// The answer to a delivery that was received, the same one however often it is asked for.
public struct ReceivedDelivery: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Inbound>
    /// When it was received, by the database's clock.
    public let receivedAt: Timestamp

    /// An answer with these fields.
    public init(id: ID<Inbound>, receivedAt: Timestamp) {
        self.id = id
        self.receivedAt = receivedAt
    }
}

/// A delivery as the database records it (入库单). Only its identity is needed as a type so far.
public enum Inbound {}
