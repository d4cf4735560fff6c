import Postgres

/// Order lines that contradict themselves, or claim where they cannot.
///
/// Some of it the database forbids in each row. What it forbids only between rows, it does not see.
struct LineDifferences: Statement {
    let limit: Int32

    /// Which claims want a pool is bound from ``ClaimState/isUnclaimed``. Amounts are reckoned as `numeric`, which holds them all.
    static let sql = """
        WITH parted AS (
            SELECT DISTINCT order_id, part_of FROM order_line WHERE part_of IS NOT NULL AND cancelled < quantity
        )
        SELECT line.order_id, line.position, line.claim, line.expires_at::text, line.quantity, line.cancelled,
            line.amount_fen,
            div(2 * (line.quantity - line.cancelled)::numeric * line.price_fen + line.price_per, 2 * line.price_per)::text,
            line.warehouse_id::text, line.owner_id::text, line.sku_id::text, sku.id IS NOT NULL,
            parted.part_of IS NOT NULL, line.claim = ANY ($1::text[])
        FROM order_line AS line
        LEFT JOIN parted ON parted.order_id = line.order_id AND parted.part_of = line.position
        LEFT JOIN sku ON sku.id = line.sku_id
        WHERE (line.claim = 'held') <> (line.expires_at IS NOT NULL)
            OR line.cancelled NOT BETWEEN 0 AND line.quantity
            OR line.cancelled = line.quantity AND line.claim <> 'released'
            OR line.amount_fen <> div(
                2 * (line.quantity - line.cancelled)::numeric * line.price_fen + line.price_per, 2 * line.price_per)
            OR (line.warehouse_id IS NULL) <> (line.owner_id IS NULL)
            OR line.warehouse_id IS NOT NULL AND (line.claim = 'short' OR parted.part_of IS NOT NULL)
            OR line.warehouse_id IS NULL AND parted.part_of IS NULL AND line.claim = ANY ($1)
            OR sku.id IS NULL
        ORDER BY line.order_id, line.position
        LIMIT $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(ClaimState.allCases.filter { !$0.isUnclaimed })
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> [Difference] {
        let (order, position): (ID<CustomerOrder>, Int16) = (try row.next(), try row.next())
        let (claim, end): (String, String?) = (try row.next(), try row.next())
        let (quantity, cancelled): (Int64, Int64) = (try row.next(), try row.next())
        let (amount, expectedAmount): (Int64, String) = (try row.next(), try row.next())
        let (warehouse, owner, sku): (String?, String?, String) = (try row.next(), try row.next(), try row.next())
        let (isSKUThere, hasParts, wantsPool): (Bool, Bool, Bool) = (try row.next(), try row.next(), try row.next())
        var differences: [Difference] = []
        func differs(_ column: String, _ stored: String?, _ expected: String?) {
            differences.append(
                Difference(
                    table: "order_line", row: "order \(order), line \(position)", column: column, stored: stored,
                    expected: expected))
        }
        if claim == ClaimState.held.rawValue, end == nil { differs("expires_at", nil, "an end") }
        if claim != ClaimState.held.rawValue, end != nil { differs("expires_at", end, nil) }
        if !(0...max(0, quantity)).contains(cancelled) { differs("cancelled", "\(cancelled)", "0 to \(quantity)") }
        if cancelled == quantity, claim != ClaimState.released.rawValue {
            differs("claim", claim, ClaimState.released.rawValue)
        }
        if "\(amount)" != expectedAmount { differs("amount_fen", "\(amount)", expectedAmount) }
        if (warehouse == nil) != (owner == nil) { differs("owner_id", owner, warehouse == nil ? nil : "an owner") }
        if warehouse != nil, claim == ClaimState.short.rawValue || hasParts { differs("warehouse_id", warehouse, nil) }
        if warehouse == nil, !hasParts, wantsPool { differs("warehouse_id", nil, "a warehouse") }
        if !isSKUThere { differs("sku_id", sku, nil) }
        return differences
    }
}
