import Postgres

/// Counts of what buyers have of limited SKUs that the orders do not explain.
///
/// Counts of limits that are no more, or began anew, count nothing, and nobody reads them.
struct BuyerCountDifferences: Statement {
    /// Only these; nil for all of them.
    var only: [IntakeSnapshot.CountKey]?
    let limit: Int32

    /// What counts is what ``StandingOrder/counted()`` counts: what is bought and what its parts are, of orders that are not over
    /// without a sale. Goods of one SKU from several pools are counted once.
    static let sql = """
        WITH counted AS (
            SELECT placed.source, terms.buyer, line.sku_id, sum(line.quantity - line.cancelled)::bigint AS taken
            FROM buyer_limit
            JOIN order_line AS line ON line.sku_id = buyer_limit.sku_id
            JOIN customer_order AS placed ON placed.id = line.order_id
            JOIN order_terms AS terms ON terms.order_id = line.order_id
            LEFT JOIN order_line AS header ON header.order_id = line.order_id AND header.position = line.part_of
            WHERE placed.placed_at >= buyer_limit.since AND placed.state <> ALL ($1::text[])
                AND terms.buyer IS NOT NULL AND line.cancelled < line.quantity
                AND header.sku_id IS DISTINCT FROM line.sku_id
            GROUP BY placed.source, terms.buyer, line.sku_id
        ), stored AS (
            SELECT buyer_count.source, buyer_count.buyer, sku_id, buyer_count.taken
            FROM buyer_count
            JOIN buyer_limit USING (sku_id, since)
        )
        SELECT source, buyer, sku_id, buyer_limit.since, buyer_limit.quantity, sku.code, stored.taken,
            COALESCE(counted.taken, 0)
        FROM stored
        FULL JOIN counted USING (source, buyer, sku_id)
        JOIN buyer_limit USING (sku_id)
        JOIN sku ON sku.id = sku_id
        WHERE COALESCE(stored.taken, 0) <> COALESCE(counted.taken, 0)
            AND ($2::text[] IS NULL OR (source, buyer, sku_id) IN (
                SELECT wanted.source, wanted.buyer, wanted.sku_id
                FROM unnest($2::text[], $3::text[], $4::uuid[]) AS wanted (source, buyer, sku_id)))
        ORDER BY sku.code, source, buyer
        LIMIT $5
        """

    func bind(to parameters: inout Parameters) {
        parameters.append([OrderState.released, .cancelled])
        parameters.append(only?.map(\.source))
        parameters.append(only?.map(\.buyer))
        parameters.append(only?.map(\.sku))
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> WrongBuyerCount {
        let key = IntakeSnapshot.CountKey(source: try row.next(), buyer: try row.next(), sku: try row.next())
        let limit = BuyerLimit(since: try row.next(), quantity: try row.next())
        let code: SKUCode = try row.next()
        return WrongBuyerCount(
            key: key, limit: limit, name: "SKU \(code), source \(key.source.rawValue), buyer \(key.buyer.rawValue)",
            stored: try row.next(), expected: try row.next())
    }
}

/// A buyer's count that says something else than the orders.
struct WrongBuyerCount: Sendable {
    let key: IntakeSnapshot.CountKey
    /// The limit that it is kept for.
    let limit: BuyerLimit
    /// The row, in the words of its key.
    let name: String
    /// What is stored; nil when there is no row.
    let stored: Int64?
    let expected: Int64

    var difference: Difference {
        Difference(
            table: "buyer_count", row: name, column: "taken", stored: stored.map { "\($0)" }, expected: "\(expected)")
    }
}

extension BuyerLimit {
    /// In the order of the columns.
    fileprivate init(since: Timestamp, quantity: Quantity) {
        self.init(quantity: quantity, since: since)
    }
}
