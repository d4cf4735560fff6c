import Postgres

/// Writes what orders are now that the transaction has locked, or has inserted and changed since.
struct UpdateOrders: Command {
    /// Each with the number of lines that it was given since: what is lost of those before stays known.
    var orders: [(order: StandingOrder, newLines: Int16)] = []

    static let sql = """
        UPDATE customer_order
        SET state = new.state, total_fen = new.total_fen, placed_total_fen = new.placed_total_fen, revision = new.revision,
            line_count = customer_order.line_count + new.lines
        FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::integer[], $6::smallint[])
            AS new (id, state, total_fen, placed_total_fen, revision, lines)
        WHERE customer_order.id = new.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders.map(\.order.id))
        parameters.append(orders.map(\.order.state))
        parameters.append(orders.map(\.order.total))
        parameters.append(orders.map(\.order.placedTotal))
        parameters.append(orders.map(\.order.revision))
        parameters.append(orders.map(\.newLines))
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

/// Adds to what buyers have of limited SKUs, or takes back, under the locks of the SKUs' pools where they have any.
///
/// What others have counted since it was read is kept. An order that was held against a limit is held against it again, by a
/// CHECK; facts, and what is given back, raise what that allows.
struct AddToBuyerCounts: Command {
    var counts: [(key: IntakeSnapshot.CountKey, count: BuyerCount)] = []

    static let sql = """
        WITH new AS (
            SELECT source, buyer, sku_id, since, change, ceiling, quantity
            FROM unnest($1::text[], $2::text[], $3::uuid[], $4::timestamptz[], $5::bigint[], $6::bigint[], $7::bigint[])
                AS new (source, buyer, sku_id, since, change, ceiling, quantity)
            ORDER BY source, buyer, sku_id
        ), given_back AS (
            UPDATE buyer_count
            SET taken = GREATEST(0, buyer_count.taken + new.change)
            FROM new
            WHERE new.change < 0 AND buyer_count.source = new.source AND buyer_count.buyer = new.buyer
                AND buyer_count.sku_id = new.sku_id AND buyer_count.since = new.since
        ), fact AS (
            INSERT INTO buyer_count (source, buyer, sku_id, since, taken, most)
            SELECT source, buyer, sku_id, since, change, GREATEST(quantity, change)
            FROM new
            WHERE change > 0 AND ceiling IS NULL
            ON CONFLICT (source, buyer, sku_id, since) DO UPDATE SET taken = buyer_count.taken + EXCLUDED.taken,
                most = GREATEST(buyer_count.most, buyer_count.taken + EXCLUDED.taken)
        )
        INSERT INTO buyer_count (source, buyer, sku_id, since, taken, most)
        SELECT source, buyer, sku_id, since, change, ceiling
        FROM new
        WHERE change > 0 AND ceiling IS NOT NULL
        ON CONFLICT (source, buyer, sku_id, since) DO UPDATE SET taken = buyer_count.taken + EXCLUDED.taken,
            most = EXCLUDED.most
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(counts.map(\.key.source))
        parameters.append(counts.map(\.key.buyer))
        parameters.append(counts.map(\.key.sku))
        parameters.append(counts.map(\.count.limit.since))
        parameters.append(counts.map(\.count.change))
        parameters.append(counts.map(\.count.ceiling))
        parameters.append(counts.map(\.count.limit.quantity))
    }
}
