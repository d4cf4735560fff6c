import Postgres

/// Orders that say something else than their lines add up to, or whose lines are not as many as it was given, or not
/// numbered from 1 on.
struct OrderSumDifferences: Statement {
    let limit: Int32

    /// What `line_count` is for is lines that are lost: a server of the version before it adds lines and does not count them.
    /// Sums are compared as `numeric`, so that one that no column could hold is named and not an error.
    static let sql = """
        SELECT placed.id, placed.source, placed.reference, placed.total_fen, line.total_fen::text,
            placed.placed_total_fen, placed.revision = 0 AND placed.placed_total_fen IS NOT NULL,
            octet_length(placed.fingerprint), placed.line_count, line.numbers, line.first, line.last, line.live
        FROM customer_order AS placed
        LEFT JOIN (
            SELECT order_id, sum(amount_fen) AS total_fen, count(*) AS numbers, min(position) AS first,
                max(position) AS last, count(*) FILTER (WHERE cancelled < quantity) AS live
            FROM order_line
            GROUP BY order_id
        ) AS line ON line.order_id = placed.id
        WHERE placed.total_fen IS DISTINCT FROM line.total_fen
            OR placed.revision = 0 AND placed.placed_total_fen IS NOT NULL
            OR octet_length(placed.fingerprint) <> 32
            OR placed.line_count > line.numbers OR line.first <> 1 OR line.last <> line.numbers OR line.live = 0
        ORDER BY placed.id
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> [Difference] {
        let name = try row.nextOrderName()
        let (stored, expected): (Fen, String?) = (try row.next(), try row.next())
        let (placed, isPlacedTotalOdd): (Fen?, Bool) = (try row.next(), try row.next())
        let fingerprint: Int32 = try row.next()
        let lineCount: Int16? = try row.next()
        let (count, first, last): (Int64?, Int16?, Int16?) = (try row.next(), try row.next(), try row.next())
        let live: Int64? = try row.next()
        var differences: [Difference] = []
        if stored.description != expected {
            differences.append(
                Difference(
                    table: "customer_order", row: name, column: "total_fen", stored: "\(stored)", expected: expected))
        }
        if isPlacedTotalOdd {
            differences.append(
                Difference(
                    table: "customer_order", row: name, column: "placed_total_fen", stored: placed.map { "\($0)" },
                    expected: nil))
        }
        if fingerprint != 32 {
            differences.append(
                Difference(
                    table: "customer_order", row: name, column: "fingerprint", stored: "\(fingerprint) bytes",
                    expected: "32 bytes"))
        }
        if let lineCount, let count, Int64(lineCount) > count {
            differences.append(
                Difference(
                    table: "customer_order", row: name, column: "line_count", stored: "\(lineCount)",
                    expected: "\(count)"))
        }
        if let count, let first, let last, first != 1 || Int64(last) != count {
            differences.append(
                Difference(
                    table: "order_line", row: "order \(name)", column: "position",
                    stored: "\(count) of \(first) to \(last)", expected: "1 to \(count)"))
        }
        if live == 0 {
            differences.append(
                Difference(
                    table: "order_line", row: "order \(name)", column: "cancelled", stored: "all of it",
                    expected: "not all of it"))
        }
        return differences
    }
}

/// Orders whose state says something else than the claims of their lines, as far as these are still wanted.
///
/// Of an order that is paid and short of goods a line is short; of any other none is. All holds of an order end together.
struct OrderStateDifferences: Statement {
    let limit: Int32

    /// What claims should be is bound from ``OrderState/claim``: the one table, which changes of orders write by as well.
    static let sql = """
        SELECT placed.id, placed.source, placed.reference, placed.state,
            min(line.claim) FILTER (WHERE line.claim <> 'short' AND line.claim <> rule.claim),
            bool_or(line.claim = 'short'), min(line.expires_at)::text, max(line.expires_at)::text,
            placed.placed_short AND placed.state IN ('held', 'released')
        FROM customer_order AS placed
        JOIN order_line AS line ON line.order_id = placed.id
        JOIN unnest($1::text[], $2::text[]) AS rule (state, claim) ON rule.state = placed.state
        WHERE line.cancelled < line.quantity
        GROUP BY placed.id
        HAVING count(*) FILTER (WHERE line.claim <> 'short' AND line.claim <> rule.claim) > 0
            OR bool_or(line.claim = 'short') <> (placed.state = 'paid_short')
            OR min(line.expires_at) <> max(line.expires_at)
            OR placed.placed_short AND placed.state IN ('held', 'released')
        ORDER BY placed.id
        LIMIT $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(OrderState.allCases)
        parameters.append(OrderState.allCases.map(\.claim))
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> [Difference] {
        let name = try row.nextOrderName()
        let (state, claim): (OrderState, String?) = (try row.next(), try row.next())
        let isShort: Bool = try row.next()
        let (firstEnd, lastEnd): (String?, String?) = (try row.next(), try row.next())
        let isPlacedShortOdd: Bool = try row.next()
        func difference(_ column: String, _ stored: String, _ expected: String) -> Difference {
            Difference(table: "customer_order", row: name, column: column, stored: stored, expected: expected)
        }
        var differences: [Difference] = []
        if let claim { differences.append(difference("state", state.rawValue, claim)) }
        if isShort != (state == .paidShort) {
            let expected: OrderState = isShort ? .paidShort : .committed
            differences.append(difference("state", state.rawValue, expected.rawValue))
        }
        if let firstEnd, let lastEnd, firstEnd != lastEnd {
            differences.append(
                Difference(
                    table: "order_line", row: "order \(name)", column: "expires_at", stored: lastEnd,
                    expected: firstEnd))
        }
        if isPlacedShortOdd { differences.append(difference("placed_short", "true", "false")) }
        return differences
    }
}

/// Orders that are there twice under one reference of a source, although an index forbids it.
struct RepeatedOrders: Statement {
    let limit: Int32

    /// An index that is broken must not be asked about itself: no index holds fingerprints, and none is of these expressions.
    static let sql = """
        WITH crowded AS (
            SELECT hashtextextended(placed.source, hashtextextended(placed.reference, 0)) AS hash
            FROM customer_order AS placed
            GROUP BY 1
            HAVING count(placed.fingerprint) > 1
            LIMIT $1
        )
        SELECT placed.source || '', placed.reference || '', count(placed.fingerprint)
        FROM customer_order AS placed
        WHERE hashtextextended(placed.source, hashtextextended(placed.reference, 0))
            = ANY (ARRAY(SELECT hash FROM crowded))
        GROUP BY 1, 2
        HAVING count(placed.fingerprint) > 1
        ORDER BY 1, 2
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let (source, reference): (String, String) = (try row.next(), try row.next())
        let count: Int64 = try row.next()
        return Difference(
            table: "customer_order", row: "\(source) \(reference)", column: "reference", stored: "\(count) orders",
            expected: "1 order")
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
