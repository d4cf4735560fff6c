public import Postgres

/// The answer to a delivery that was received, the same one however often it is asked for but for ``isRepeated``.
public struct ReceivedDelivery: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Inbound>
    /// When it was received, by the database's clock.
    public let receivedAt: Timestamp
    /// Whether it had been received before, so that nothing was changed now.
    public let isRepeated: Bool

    /// An answer with these fields.
    public init(id: ID<Inbound>, receivedAt: Timestamp, isRepeated: Bool = false) {
        self.id = id
        self.receivedAt = receivedAt
        self.isRepeated = isRepeated
    }
}

/// A delivery as the database records it (入库单). Only its identity is needed as a type so far.
public enum Inbound {}
