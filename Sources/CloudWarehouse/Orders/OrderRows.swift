import Postgres

/// Inserts the orders of a batch.
struct InsertOrders: Command {
    /// An order as its row says it.
    struct Order {
        let id: ID<CustomerOrder>
        let key: OrderKey
        let fingerprint: Fingerprint
        let claim: ClaimState
        let total: Fen
    }

    var orders: [Order] = []
    let at: Timestamp

    static let sql = """
        INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at)
        SELECT id, source, reference, fingerprint, state, total_fen, $7
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::bigint[])
            AS new (id, source, reference, fingerprint, state, total_fen)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders.map(\.id))
        parameters.append(orders.map(\.key.source))
        parameters.append(orders.map(\.key.reference))
        parameters.append(orders.map(\.fingerprint))
        parameters.append(orders.map(\.claim))
        parameters.append(orders.map(\.total))
        parameters.append(at)
    }
}

/// Inserts the lines of a batch, each with its claim.
struct InsertOrderLines: Command {
    /// A line as its row says it.
    struct Line {
        let order: ID<CustomerOrder>
        let position: Int16
        let priced: PricedOrder.Line
        let claim: ClaimState
        let expiresAt: Timestamp?
    }

    var lines: [Line] = []

    static let sql = """
        INSERT INTO order_line (order_id, position, sku_id, warehouse_id, owner_id, quantity, price_fen, price_per,
            amount_fen, claim, expires_at)
        SELECT order_id, position, sku_id, warehouse_id, owner_id, quantity, price_fen, price_per,
            amount_fen, claim, expires_at
        FROM unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::bigint[],
            $8::bigint[], $9::bigint[], $10::text[], $11::timestamptz[])
            AS new (order_id, position, sku_id, warehouse_id, owner_id, quantity, price_fen, price_per,
                amount_fen, claim, expires_at)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(lines.map(\.order))
        parameters.append(lines.map(\.position))
        parameters.append(lines.map(\.priced.pool.sku))
        parameters.append(lines.map(\.priced.pool.warehouse))
        parameters.append(lines.map(\.priced.pool.owner))
        parameters.append(lines.map(\.priced.quantity))
        parameters.append(lines.map(\.priced.price.fen))
        parameters.append(lines.map(\.priced.price.per))
        parameters.append(lines.map(\.priced.amount))
        parameters.append(lines.map(\.claim))
        parameters.append(lines.map(\.expiresAt))
    }
}

/// Tells of the orders of a batch: one event that lists them.
struct InsertOrdersPlaced: Command {
    let id: ID<OutboxEvent>
    let orders: [ID<CustomerOrder>]
    let at: Timestamp

    static let sql = """
        INSERT INTO outbox (id, kind, subjects, recorded_at) VALUES ($1, 'orders.placed', $2, $3)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(orders)
        parameters.append(at)
    }
}

/// Writes the audit rows of those orders of a batch that persons placed in their sources' names.
struct InsertPlacementAudit: Command {
    var placements: [(id: ID<AuditEntry>, principal: Principal, order: ID<CustomerOrder>)] = []
    let at: Timestamp

    static let sql = """
        INSERT INTO audit (id, actor, origin, action, subject, detail, recorded_at)
        SELECT id, actor, origin, 'order.place', order_id::text, '{}', $5
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) AS new (id, actor, origin, order_id)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(placements.map(\.id))
        parameters.append(placements.map(\.principal.name))
        parameters.append(placements.map(\.principal.origin))
        parameters.append(placements.map(\.order))
        parameters.append(at)
    }
}
