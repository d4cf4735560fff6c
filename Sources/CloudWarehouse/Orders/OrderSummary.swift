public import Postgres

/// An order in one line.
public struct OrderSummary: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<CustomerOrder>
    /// Its source and the source's reference.
    public let key: OrderKey
    /// What has become of it.
    public let state: OrderState
    /// What it costs, its lines' amounts together.
    public let total: Fen
    /// When it was placed, by the database's clock.
    public let placedAt: Timestamp

    /// A summary with these fields.
    public init(id: ID<CustomerOrder>, key: OrderKey, state: OrderState, total: Fen, placedAt: Timestamp) {
        self.id = id
        self.key = key
        self.state = state
        self.total = total
        self.placedAt = placedAt
    }

    /// The same order in another state.
    func becoming(_ state: OrderState) -> OrderSummary {
        OrderSummary(id: id, key: key, state: state, total: total, placedAt: placedAt)
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
    /// Reads six columns: id, source, reference, state, total, placed at.
    mutating func nextOrderSummary() throws(DecodingFailure) -> OrderSummary {
        OrderSummary(
            id: try next(), key: OrderKey(source: try next(), reference: try next()), state: try next(),
            total: try next(), placedAt: try next())
    }
}
