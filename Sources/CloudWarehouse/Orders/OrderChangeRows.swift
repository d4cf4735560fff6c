import Postgres

/// Locks an order against every other change, and reads it as it is under the lock.
///
/// Whoever changes an order or its claims locks the order first, then the pools in key order, and writes only when nothing
/// is left to wait for: so neither the intake, which knows the order only by its unique key, nor another change can wait
/// for it in a circle.
struct LockOrder: Statement {
    let order: OrderIdentity
    /// Only an order of this source; nil for any.
    let source: OrderSource?

    static let sql = """
        SELECT id, source, reference, state, total_fen, placed_at
        FROM customer_order
        WHERE id = COALESCE($1, (SELECT id FROM customer_order WHERE source = $2 AND reference = $3))
            AND ($4::text IS NULL OR source = $4)
        FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(order)
        parameters.append(source)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> OrderSummary {
        try row.nextOrderSummary()
    }
}

/// Reads the claims of orders that the transaction has locked.
struct ClaimsOfOrders: Statement {
    let orders: [ID<CustomerOrder>]

    static let sql = """
        SELECT order_id, position, sku_id, warehouse_id, owner_id, quantity, claim
        FROM order_line
        WHERE order_id = ANY ($1)
        ORDER BY order_id, position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> OrderChange.Line {
        OrderChange.Line(
            order: try row.next(), position: try row.next(),
            pool: PoolKey(sku: try row.next(), warehouse: try row.next(), owner: try row.next()),
            quantity: try row.next(), claim: try row.next())
    }
}

/// Gives orders that the transaction has locked their new states.
struct SetOrderStates: Command {
    let orders: [(id: ID<CustomerOrder>, state: OrderState)]

    static let sql = """
        UPDATE customer_order SET state = new.state
        FROM unnest($1::uuid[], $2::text[]) AS new (id, state)
        WHERE customer_order.id = new.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders.map(\.id))
        parameters.append(orders.map(\.state))
    }
}

/// Gives claims of orders that the transaction has locked their new states, none of which is a hold: they end no more.
struct SetClaims: Command {
    let claims: [(order: ID<CustomerOrder>, position: Int16, claim: ClaimState)]

    static let sql = """
        UPDATE order_line SET claim = new.claim, expires_at = NULL
        FROM unnest($1::uuid[], $2::smallint[], $3::text[]) AS new (order_id, position, claim)
        WHERE order_line.order_id = new.order_id AND order_line.position = new.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(claims.map(\.order))
        parameters.append(claims.map(\.position))
        parameters.append(claims.map(\.claim))
    }
}

/// Tells of orders that have changed: one event that lists them.
struct InsertOrdersChanged: Command {
    let id: ID<OutboxEvent>
    let event: OrderEvent
    let orders: [ID<CustomerOrder>]
    let at: Timestamp

    static let sql = """
        INSERT INTO outbox (id, kind, subjects, recorded_at) VALUES ($1, $2, $3, $4)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append("orders.\(event.participle)")
        parameters.append(orders)
        parameters.append(at)
    }
}

extension OrderEvent {
    /// What has happened, as outbox and audit log name it.
    var participle: String {
        switch self {
        case .pay: "paid"
        case .cancel: "cancelled"
        case .expire: "expired"
        }
    }
}
