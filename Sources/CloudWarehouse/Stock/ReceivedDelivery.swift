public import Postgres

/// The answer to a delivery that was received, the same one however often it is asked for.
public struct ReceivedDelivery: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Inbound>
    /// When it was received, by the database's clock.
    public let receivedAt: Timestamp
}

/// A delivery as the database records it (入库单). Only its identity is needed as a type so far.
public enum Inbound {}
