public import Postgres

/// An order in one line.
public struct OrderSummary: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<CustomerOrder>
    /// Its source and the source's reference.
    public let key: OrderKey
    /// What has become of it.
    public let state: OrderState
    /// What it costs, its lines' amounts together, as far as they are still wanted.
    public let total: Fen
    /// When it was placed, by the database's clock.
    public let placedAt: Timestamp
    /// Grows whenever its lines are edited or cancelled in part.
    public let revision: Int32

    /// A summary with these fields.
    public init(
        id: ID<CustomerOrder>, key: OrderKey, state: OrderState, total: Fen, placedAt: Timestamp, revision: Int32 = 0
    ) {
        self.id = id
        self.key = key
        self.state = state
        self.total = total
        self.placedAt = placedAt
        self.revision = revision
    }
}

/// Some orders, the newest first.
public struct OrderPage: Hashable, Sendable {
    /// As many as were asked for, or fewer.
    public let orders: [OrderSummary]
    /// Where the next page begins; nil when there is nothing more. A page may be short, or empty, and have a next one.
    public let next: ID<CustomerOrder>?

    /// A page with these fields.
    public init(orders: [OrderSummary], next: ID<CustomerOrder>?) {
        self.orders = orders
        self.next = next
    }
}

extension RowDecoder {
    /// Reads seven columns: id, source, reference, state, total, placed at, revision.
    mutating func nextOrderSummary() throws(DecodingFailure) -> OrderSummary {
        OrderSummary(
            id: try next(), key: OrderKey(source: try next(), reference: try next()), state: try next(),
            total: try next(), placedAt: try next(), revision: try next())
    }
}
