public import Postgres

/// The answer to an order that was placed, the same one however often it is asked for.
public struct PlacedOrder: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<CustomerOrder>
    /// What it cost when it was placed, its lines' amounts together.
    public let total: Fen
    /// When it was placed, by the database's clock.
    public let placedAt: Timestamp
    /// Whether it was placed as a fact and without all its goods.
    public let isShort: Bool

    /// An answer with these fields.
    public init(id: ID<CustomerOrder>, total: Fen, placedAt: Timestamp, isShort: Bool = false) {
        self.id = id
        self.total = total
        self.placedAt = placedAt
        self.isShort = isShort
    }
}

/// What a buyer bought (订单): what the ids of orders are ids of.
public enum CustomerOrder {}
