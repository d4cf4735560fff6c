import Postgres

/// Parts that do not make up the lines that they are parts of: sets, and lines whose goods come from several pools.
struct PartDifferences: Statement {
    let limit: Int32

    /// What a set was made of when it was ordered stands nowhere but in its parts, so a component's parts are a whole number for
    /// each set that is still wanted, whatever the set is made of today.
    static let sql = """
        WITH part AS (
            SELECT order_id, part_of, sku_id, sum(quantity - cancelled) AS remaining,
                COALESCE(bool_or(bool_or(claim = 'short') FILTER (WHERE cancelled < quantity))
                    OVER (PARTITION BY order_id, part_of), false) AS is_short
            FROM order_line
            WHERE part_of IS NOT NULL
            GROUP BY order_id, part_of, sku_id
        ), compared AS (
            SELECT part.order_id, part.part_of, part.sku_id, part.remaining, part.is_short,
                header.position IS NOT NULL AS is_there, header.part_of IS NOT NULL AS is_nested,
                header.sku_id = part.sku_id AS is_divided, header.quantity - header.cancelled AS wanted,
                header.claim = 'short' AS is_header_short
            FROM part
            LEFT JOIN order_line AS header ON header.order_id = part.order_id AND header.position = part.part_of
        )
        SELECT compared.order_id, compared.part_of, COALESCE(sku.code, compared.sku_id::text),
            compared.remaining::text, compared.is_there, compared.is_nested, compared.is_divided, compared.wanted,
            compared.is_header_short, compared.is_short,
            CASE WHEN compared.wanted = 0 THEN compared.remaining = 0
                WHEN compared.is_divided THEN compared.remaining = compared.wanted
                ELSE compared.remaining > 0 AND compared.remaining % compared.wanted = 0 END
        FROM compared
        LEFT JOIN sku ON sku.id = compared.sku_id
        WHERE NOT compared.is_there OR compared.is_nested
            OR compared.wanted > 0 AND compared.is_short <> compared.is_header_short
            OR NOT CASE WHEN compared.wanted = 0 THEN compared.remaining = 0
                WHEN compared.is_divided THEN compared.remaining = compared.wanted
                ELSE compared.remaining > 0 AND compared.remaining % compared.wanted = 0 END
        ORDER BY compared.order_id, compared.part_of, compared.sku_id
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> [Difference] {
        let (order, header): (ID<CustomerOrder>, Int16) = (try row.next(), try row.next())
        let (sku, remaining): (String, String) = (try row.next(), try row.next())
        let (isThere, isNested): (Bool, Bool) = (try row.next(), try row.next())
        let (isDivided, wanted): (Bool?, Int64?) = (try row.next(), try row.next())
        let (isHeaderShort, isShort): (Bool?, Bool) = (try row.next(), try row.next())
        let addsUp: Bool? = try row.next()
        let parts = "order \(order), parts of line \(header), SKU \(sku)"
        func difference(_ row: String, _ column: String, _ stored: String?, _ expected: String?) -> Difference {
            Difference(table: "order_line", row: row, column: column, stored: stored, expected: expected)
        }
        guard isThere, let wanted else { return [difference(parts, "part_of", "\(header)", nil)] }
        var differences: [Difference] = []
        if isNested { differences.append(difference(parts, "part_of", "\(header)", "a line that is no part")) }
        if addsUp == false {
            let expected = wanted == 0 || isDivided == true ? "\(wanted)" : "a multiple of \(wanted)"
            differences.append(difference(parts, "quantity", remaining, expected))
        }
        if wanted > 0, let isHeaderShort, isHeaderShort != isShort {
            differences.append(
                difference(
                    "order \(order), line \(header)", "claim", isHeaderShort ? "short" : "not short",
                    isShort ? "short" : "not short"))
        }
        return differences
    }
}
