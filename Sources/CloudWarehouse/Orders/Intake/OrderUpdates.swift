import Postgres

/// Writes what orders are now that the transaction has locked, or has inserted and changed since.
struct UpdateOrders: Command {
    var orders: [StandingOrder] = []

    static let sql = """
        UPDATE customer_order
        SET state = new.state, total_fen = new.total_fen, placed_total_fen = new.placed_total_fen, revision = new.revision
        FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::integer[])
            AS new (id, state, total_fen, placed_total_fen, revision)
        WHERE customer_order.id = new.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders.map(\.id))
        parameters.append(orders.map(\.state))
        parameters.append(orders.map(\.total))
        parameters.append(orders.map(\.placedTotal))
        parameters.append(orders.map(\.revision))
    }
}

/// Gives claims new states; nothing else of their lines has changed.
struct UpdateClaims: Command {
    var lines: [(order: ID<CustomerOrder>, line: StandingOrder.Line)] = []

    static let sql = """
        UPDATE order_line SET claim = new.claim, expires_at = new.expires_at
        FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::timestamptz[])
            AS new (order_id, position, claim, expires_at)
        WHERE order_line.order_id = new.order_id AND order_line.position = new.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(lines.map(\.order))
        parameters.append(lines.map(\.line.position))
        parameters.append(lines.map(\.line.claim))
        parameters.append(lines.map(\.line.expiresAt))
    }
}

/// Writes what lines are now of which less is wanted, or that claim from other pools.
struct UpdateLines: Command {
    var lines: [(order: ID<CustomerOrder>, line: StandingOrder.Line)] = []

    static let sql = """
        UPDATE order_line
        SET cancelled = new.cancelled, amount_fen = new.amount_fen, warehouse_id = new.warehouse_id,
            owner_id = new.owner_id, claim = new.claim, expires_at = new.expires_at, reason = new.reason
        FROM unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::bigint[], $5::uuid[], $6::uuid[], $7::text[],
            $8::timestamptz[], $9::text[])
            AS new (order_id, position, cancelled, amount_fen, warehouse_id, owner_id, claim, expires_at, reason)
        WHERE order_line.order_id = new.order_id AND order_line.position = new.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(lines.map(\.order))
        parameters.append(lines.map(\.line.position))
        parameters.append(lines.map(\.line.cancelled))
        parameters.append(lines.map(\.line.amount))
        parameters.append(lines.map(\.line.pool?.warehouse))
        parameters.append(lines.map(\.line.pool?.owner))
        parameters.append(lines.map(\.line.claim))
        parameters.append(lines.map(\.line.expiresAt))
        parameters.append(lines.map(\.line.reason))
    }
}

/// Writes what buyers have of limited SKUs, under the locks of the limits.
struct SetBuyerCounts: Command {
    var counts: [(key: IntakeSnapshot.CountKey, count: BuyerCount)] = []

    static let sql = """
        INSERT INTO buyer_count (source, buyer, sku_id, since, taken, most)
        SELECT source, buyer, sku_id, since, taken, most
        FROM unnest($1::text[], $2::text[], $3::uuid[], $4::timestamptz[], $5::bigint[], $6::bigint[])
            AS new (source, buyer, sku_id, since, taken, most)
        ORDER BY source, buyer, sku_id
        ON CONFLICT (source, buyer, sku_id, since) DO UPDATE SET taken = EXCLUDED.taken, most = EXCLUDED.most
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(counts.map(\.key.source))
        parameters.append(counts.map(\.key.buyer))
        parameters.append(counts.map(\.key.sku))
        parameters.append(counts.map(\.count.since))
        parameters.append(counts.map(\.count.taken))
        parameters.append(counts.map(\.count.most))
    }
}
