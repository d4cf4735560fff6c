import Postgres

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

/// Terms without an order.
struct StrayTerms: Statement {
    let limit: Int32

    static let sql = """
        SELECT terms.order_id
        FROM order_terms AS terms
        WHERE NOT EXISTS (SELECT FROM customer_order WHERE customer_order.id = terms.order_id)
        ORDER BY terms.order_id
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let order: ID<CustomerOrder> = try row.next()
        return Difference(
            table: "order_terms", row: "order \(order)", column: "order_id", stored: "\(order)", expected: nil)
    }
}

/// Recipients of which a version is missing: they are numbered from 1, and the last one counts.
struct RecipientGaps: Statement {
    let limit: Int32

    static let sql = """
        SELECT order_id, count(*), min(version), max(version)
        FROM recipient
        GROUP BY order_id
        HAVING min(version) <> 1 OR max(version) <> count(*)
        ORDER BY order_id
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let (order, count): (ID<CustomerOrder>, Int64) = (try row.next(), try row.next())
        let (first, last): (Int16, Int16) = (try row.next(), try row.next())
        return Difference(
            table: "recipient", row: "order \(order)", column: "version", stored: "\(count) of \(first) to \(last)",
            expected: "1 to \(count)")
    }
}
