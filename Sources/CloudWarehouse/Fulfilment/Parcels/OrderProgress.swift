import Postgres

/// How far the goods of an order have come, all its parcels together, in base units of whatever it is.
struct OrderProgress: Hashable {
    let order: ID<CustomerOrder>
    let state: OrderState
    /// What is still wanted of it, in every warehouse.
    let wanted: Int64
    let picked: Int64
    let packed: Int64
    let shipped: Int64

    /// The state that goes with it: the last step that all of its goods have taken. An order of which only some has left is
    /// committed as long as something of it is not picked.
    var reached: OrderState {
        switch state {
        case .committed, .picked, .packed:
            shipped >= wanted ? .shipped : packed >= wanted ? .packed : picked >= wanted ? .picked : .committed
        case .held, .paidShort, .shipped, .released, .cancelled, .returned: state
        }
    }
}

extension Transaction {
    /// Gives orders the states that their goods have reached, and tells of those that have got another.
    func advance(_ orders: [ID<CustomerOrder>], ids: inout IDGenerator, at now: Timestamp) async throws {
        if orders.isEmpty { return }
        let changed = try await query(ProgressOfOrders(orders: orders)).filter { $0.reached != $0.state }
        if changed.isEmpty { return }
        var pipeline = Pipeline()
        pipeline.add(AdvanceOrders(orders: changed))
        pipeline.add(AdvanceClaims(orders: changed))
        for state in [OrderState.committed, .picked, .packed, .shipped] {
            let some = changed.filter { $0.reached == state }.map(\.order)
            if some.isEmpty { continue }
            let deed = state == .committed ? "unpacked" : state.rawValue
            pipeline.add(InsertOrderEvent(id: ids.next(), deed: deed, orders: some, at: now))
        }
        _ = try await run(pipeline)
    }
}

/// Adds up how far the goods of orders have come.
struct ProgressOfOrders: Statement {
    let orders: [ID<CustomerOrder>]

    static let sql = """
        SELECT placed.id, placed.state, COALESCE(line.wanted, 0), COALESCE(item.picked, 0), COALESCE(item.packed, 0),
            COALESCE(item.shipped, 0)
        FROM customer_order AS placed
        LEFT JOIN (
            SELECT order_id, sum(quantity - cancelled)::bigint AS wanted
            FROM order_line
            WHERE order_id = ANY ($1) AND warehouse_id IS NOT NULL AND claim IN ('committed', 'picked', 'shipped')
            GROUP BY order_id
        ) AS line ON line.order_id = placed.id
        LEFT JOIN (
            SELECT item.order_id, sum(item.quantity) FILTER (WHERE item.state IN ('picked', 'shipped'))::bigint AS picked,
                sum(item.quantity) FILTER (WHERE item.state IN ('picked', 'shipped')
                    AND parcel.state IN ('packed', 'shipped'))::bigint AS packed,
                sum(item.quantity) FILTER (WHERE item.state = 'shipped')::bigint AS shipped
            FROM parcel_item AS item
            JOIN parcel ON parcel.id = item.parcel_id
            WHERE item.order_id = ANY ($1)
            GROUP BY item.order_id
        ) AS item ON item.order_id = placed.id
        WHERE placed.id = ANY ($1)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> OrderProgress {
        OrderProgress(
            order: try row.next(), state: try row.next(), wanted: try row.next(), picked: try row.next(),
            packed: try row.next(), shipped: try row.next())
    }
}

/// Gives orders that the transaction has locked the states that they have reached.
struct AdvanceOrders: Command {
    let orders: [OrderProgress]

    static let sql = """
        UPDATE customer_order SET state = new.state
        FROM unnest($1::uuid[], $2::text[]) AS new (id, state)
        WHERE customer_order.id = new.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders.map(\.order))
        parameters.append(orders.map(\.reached))
    }
}

/// Gives the claims of orders the states that go with the orders' own.
struct AdvanceClaims: Command {
    let orders: [OrderProgress]

    static let sql = """
        UPDATE order_line SET claim = new.claim
        FROM unnest($1::uuid[], $2::text[]) AS new (order_id, claim)
        WHERE order_line.order_id = new.order_id AND order_line.cancelled < order_line.quantity
            AND order_line.claim IN ('committed', 'picked')
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders.map(\.order))
        parameters.append(orders.map(\.reached.claim))
    }
}
