import Postgres

/// Inserts the orders that a batch places.
struct InsertOrders: Command {
    var orders: [(order: StandingOrder, fingerprint: Fingerprint, isShort: Bool)] = []

    static let sql = """
        INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at, placed_short,
            line_count, hold_ends_at)
        SELECT id, source, reference, fingerprint, state, total_fen, placed_at, placed_short, line_count, hold_ends_at
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::bigint[], $7::timestamptz[],
            $8::boolean[], $9::smallint[], $10::timestamptz[])
            AS new (id, source, reference, fingerprint, state, total_fen, placed_at, placed_short, line_count,
                hold_ends_at)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders.map(\.order.id))
        parameters.append(orders.map(\.order.key.source))
        parameters.append(orders.map(\.order.key.reference))
        parameters.append(orders.map(\.fingerprint))
        parameters.append(orders.map(\.order.state))
        parameters.append(orders.map(\.order.total))
        parameters.append(orders.map(\.order.placedAt))
        parameters.append(orders.map(\.isShort))
        parameters.append(orders.map { Int16($0.order.lines.count) })
        parameters.append(orders.map { $0.order.lines.lazy.compactMap(\.expiresAt).first })
    }
}

/// Inserts lines, of orders that are placed or that get others, each with its claim.
struct InsertOrderLines: Command {
    var lines: [(order: ID<CustomerOrder>, line: StandingOrder.Line)] = []

    static let sql = """
        INSERT INTO order_line (order_id, position, sku_id, warehouse_id, owner_id, quantity, cancelled, price_fen,
            price_per, amount_fen, claim, expires_at, part_of, reason)
        SELECT order_id, position, sku_id, warehouse_id, owner_id, quantity, cancelled, price_fen,
            price_per, amount_fen, claim, expires_at, part_of, reason
        FROM unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::bigint[],
            $8::bigint[], $9::bigint[], $10::bigint[], $11::text[], $12::timestamptz[], $13::smallint[], $14::text[])
            AS new (order_id, position, sku_id, warehouse_id, owner_id, quantity, cancelled, price_fen,
                price_per, amount_fen, claim, expires_at, part_of, reason)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(lines.map(\.order))
        parameters.append(lines.map(\.line.position))
        parameters.append(lines.map(\.line.sku))
        parameters.append(lines.map(\.line.pool?.warehouse))
        parameters.append(lines.map(\.line.pool?.owner))
        parameters.append(lines.map(\.line.quantity))
        parameters.append(lines.map(\.line.cancelled))
        parameters.append(lines.map(\.line.price.fen))
        parameters.append(lines.map(\.line.price.per))
        parameters.append(lines.map(\.line.amount))
        parameters.append(lines.map(\.line.claim))
        parameters.append(lines.map(\.line.expiresAt))
        parameters.append(lines.map(\.line.partOf))
        parameters.append(lines.map(\.line.reason))
    }
}

/// Inserts what only some orders say.
struct InsertTerms: Command {
    var terms: [(order: ID<CustomerOrder>, terms: OrderTerms)] = []

    static let sql = """
        INSERT INTO order_terms (order_id, shop, buyer, ship_by, ship_not_before, buyer_note, seller_note)
        SELECT order_id, shop, buyer, ship_by, ship_not_before, buyer_note, seller_note
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[])
            AS new (order_id, shop, buyer, ship_by, ship_not_before, buyer_note, seller_note)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(terms.map(\.order))
        parameters.append(terms.map(\.terms.shop))
        parameters.append(terms.map(\.terms.buyer))
        parameters.append(terms.map(\.terms.shipBy))
        parameters.append(terms.map(\.terms.shipNotBefore))
        parameters.append(terms.map(\.terms.buyerNote))
        parameters.append(terms.map(\.terms.sellerNote))
    }
}

/// Tells of orders: one event that lists those to which the same was done.
struct InsertOrderEvent: Command {
    let id: ID<OutboxEvent>
    /// What was done to them, after `orders.`: `placed`.
    let deed: String
    let orders: [ID<CustomerOrder>]
    let at: Timestamp

    static let sql = """
        INSERT INTO outbox (id, kind, subjects, recorded_at) VALUES ($1, $2, $3, $4)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append("orders.\(deed)")
        parameters.append(orders)
        parameters.append(at)
    }
}

/// Writes the audit rows of what persons did to orders.
struct InsertOrderAudit: Command {
    var deeds: [(id: ID<AuditEntry>, principal: Principal, deed: OrderDeed)] = []
    let at: Timestamp

    static let sql = """
        INSERT INTO audit (id, actor, origin, action, subject, detail, recorded_at)
        SELECT id, actor, origin, action, order_id::text, '{}', $6
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[]) AS new (id, actor, origin, action, order_id)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(deeds.map(\.id))
        parameters.append(deeds.map(\.principal.name))
        parameters.append(deeds.map(\.principal.origin))
        parameters.append(deeds.map { "order.\($0.deed.kind.verb)" })
        parameters.append(deeds.map(\.deed.order))
        parameters.append(at)
    }
}
