import Postgres

/// Orders whose total is not the sum of their lines, or that have none.
struct OrderTotalDifferences: Statement {
    let limit: Int32

    static let sql = """
        SELECT placed.id, placed.source, placed.reference, placed.total_fen, line.total_fen
        FROM customer_order AS placed
        LEFT JOIN (SELECT order_id, sum(amount_fen)::bigint AS total_fen FROM order_line GROUP BY order_id) AS line
            ON line.order_id = placed.id
        WHERE placed.total_fen IS DISTINCT FROM line.total_fen
        ORDER BY placed.id
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let name = try row.nextOrderName()
        let stored: Fen = try row.next()
        let expected: Fen? = try row.next()
        return Difference(
            table: "customer_order", row: name, column: "total_fen", stored: "\(stored)",
            expected: expected.map { "\($0)" })
    }
}

/// Orders whose state says something else than the claims of their lines, as far as these are still wanted.
///
/// Of an order that is paid and short of goods a line may be short, and one is; of any other none is.
struct OrderStateDifferences: Statement {
    let limit: Int32

    /// What claims should be is bound from ``OrderState/claim``: the one table, which changes of orders write by as well.
    static let sql = """
        SELECT placed.id, placed.source, placed.reference, placed.state,
            COALESCE(min(line.claim) FILTER (WHERE line.claim <> rule.claim), min(line.claim))
        FROM customer_order AS placed
        JOIN order_line AS line ON line.order_id = placed.id
        JOIN unnest($1::text[], $2::text[]) AS rule (state, claim) ON rule.state = placed.state
        WHERE line.cancelled < line.quantity
        GROUP BY placed.id
        HAVING bool_or(line.claim <> rule.claim AND (placed.state <> 'paid_short' OR line.claim <> 'short'))
            OR placed.state = 'paid_short' AND NOT bool_or(line.claim = 'short')
        ORDER BY placed.id
        LIMIT $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(OrderState.allCases)
        parameters.append(OrderState.allCases.map(\.claim))
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let name = try row.nextOrderName()
        let stored: String = try row.next()
        let expected: String = try row.next()
        return Difference(table: "customer_order", row: name, column: "state", stored: stored, expected: expected)
    }
}

/// Lines without an order: the foreign key that the intake leaves out.
struct StrayLines: Statement {
    let limit: Int32

    static let sql = """
        SELECT line.order_id, line.position
        FROM order_line AS line
        WHERE NOT EXISTS (SELECT FROM customer_order WHERE customer_order.id = line.order_id)
        ORDER BY line.order_id, line.position
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let order: ID<CustomerOrder> = try row.next()
        let position: Int16 = try row.next()
        return Difference(
            table: "order_line", row: "order \(order), line \(position)", column: "order_id", stored: "\(order)",
            expected: nil)
    }
}

extension RowDecoder {
    fileprivate mutating func nextOrderName() throws(DecodingFailure) -> String {
        let id: ID<CustomerOrder> = try next()
        let source: OrderSource = try next()
        let reference: OrderReference = try next()
        return "\(id) (\(source.rawValue) \(reference.rawValue))"
    }
}
