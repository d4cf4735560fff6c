public import Postgres

/// An event, and as much of it as somebody may see.
public struct ScopedEvent: Hashable, Sendable {
    /// So much of one SKU, over all orders of the event.
    public struct Goods: Hashable, Sendable {
        /// Which SKU.
        public let sku: SKUCode
        /// How much, in its base unit.
        public let quantity: Int64

        /// So much of it.
        public init(sku: SKUCode, quantity: Int64) {
            self.sku = sku
            self.quantity = quantity
        }
    }

    /// Where it stands among all events. Only for those who see all: it tells how many others there are.
    public let number: Int64
    /// What happened, such as `orders.placed`.
    public let kind: String
    /// When it happened, by the database's clock.
    public let recordedAt: Timestamp
    /// The orders that it speaks of; none for an owner, whom orders do not concern.
    public let orders: [ID<OutboxSubject>]
    /// The owner's goods that it speaks of; none for anybody else.
    public let goods: [Goods]

    /// Whether there is anything in it for whoever asks.
    var isSeen: Bool { !orders.isEmpty || !goods.isEmpty }
}

/// Events that follow each other, and how far that has come.
public struct ScopedEvents: Sendable {
    /// In the order of their numbers.
    public let events: [ScopedEvent]
    /// The number after which to go on: of the last event that was looked at, seen or not.
    public let last: Int64
}

/// Reads the events that follow a number, and of each the orders of one source.
struct EventsOfSourceAfter: Statement {
    let number: Int64
    let limit: Int32
    let source: OrderSource

    static let sql = """
        SELECT given.number, outbox.kind, outbox.recorded_at,
            CASE WHEN outbox.kind LIKE 'orders.%' THEN ARRAY(
                SELECT customer_order.id FROM customer_order
                WHERE customer_order.id = ANY (outbox.subjects) AND customer_order.source = $3
                ORDER BY customer_order.id
            ) END
        FROM outbox_number AS given
        JOIN outbox ON outbox.id = given.event_id
        WHERE given.number > $1
        ORDER BY given.number
        LIMIT $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(number)
        parameters.append(limit)
        parameters.append(source)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ScopedEvent {
        ScopedEvent(
            number: try row.next(), kind: try row.next(), recordedAt: try row.next(),
            orders: try row.next([ID<OutboxSubject>]?.self) ?? [], goods: [])
    }
}

/// Reads the events that follow a number, and of each the goods of one owner.
struct EventsOfOwnerAfter: Statement {
    let number: Int64
    let limit: Int32
    let owner: OwnerCode

    static let sql = """
        SELECT given.number, outbox.kind, outbox.recorded_at, goods.skus, goods.quantities
        FROM outbox_number AS given
        JOIN outbox ON outbox.id = given.event_id
        LEFT JOIN LATERAL (
            SELECT array_agg(sku.code ORDER BY sku.code) AS skus,
                array_agg(sums.quantity ORDER BY sku.code) AS quantities
            FROM (
                SELECT order_line.sku_id, least(sum(order_line.quantity - order_line.cancelled), 9223372036854775807)::bigint AS quantity
                FROM order_line
                JOIN owner ON owner.id = order_line.owner_id
                WHERE order_line.order_id = ANY (outbox.subjects) AND owner.code = $3
                    AND order_line.cancelled < order_line.quantity
                GROUP BY order_line.sku_id
            ) AS sums
            JOIN sku ON sku.id = sums.sku_id
        ) AS goods ON outbox.kind LIKE 'orders.%'
        WHERE given.number > $1
        ORDER BY given.number
        LIMIT $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(number)
        parameters.append(limit)
        parameters.append(owner)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ScopedEvent {
        let (number, kind, recordedAt) = (
            try row.next(Int64.self), try row.next(String.self), try row.next(Timestamp.self)
        )
        let (skus, quantities) = (try row.next([SKUCode]?.self) ?? [], try row.next([Int64]?.self) ?? [])
        return ScopedEvent(
            number: number, kind: kind, recordedAt: recordedAt, orders: [],
            goods: zip(skus, quantities).map { ScopedEvent.Goods(sku: $0, quantity: $1) })
    }
}

/// The number of the newest event.
struct NewestEventNumber: Statement {
    static let sql = "SELECT last_number FROM relay_lease WHERE name = 'outbox'"

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 {
        try row.next()
    }
}

/// What cursors are sealed with.
struct FeedSecret: Statement {
    static let sql = "SELECT secret FROM feed_secret WHERE name = 'events'"

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Bytea {
        try row.next()
    }
}
