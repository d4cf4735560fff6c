public import Postgres

/// How much of a SKU one buyer may have (限购), unpaid holds included.
public struct BuyerLimit: Hashable, Sendable {
    /// How much, in the SKU's base unit; more than nothing.
    public let quantity: Quantity
    /// Orders that were placed before do not count.
    public let since: Timestamp
}

/// Reads the limit of a SKU, by its code: no row without one.
struct LimitOfSKU: Statement {
    let sku: SKUCode

    static let sql = """
        SELECT buyer_limit.quantity, buyer_limit.since
        FROM buyer_limit
        JOIN sku ON sku.id = buyer_limit.sku_id
        WHERE sku.code = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> BuyerLimit {
        BuyerLimit(quantity: try row.next(), since: try row.next())
    }
}

/// Locks the pools by whose locks the counts of a SKU are kept, in key order: its own, and those of what a set is made of.
struct LockPoolsCounted: Statement {
    let sku: ID<SKU>

    static let sql = """
        SELECT sku_id
        FROM pool
        WHERE sku_id = $1 OR sku_id = ANY (ARRAY(SELECT component_sku_id FROM set_component WHERE set_sku_id = $1))
        ORDER BY sku_id, warehouse_id, owner_id
        FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<SKU> {
        try row.next()
    }
}

/// Limits what one buyer may have of a SKU; what counts already goes on counting.
struct UpsertBuyerLimit: Command {
    let sku: ID<SKU>
    let quantity: Quantity
    let at: Timestamp

    static let sql = """
        INSERT INTO buyer_limit (sku_id, quantity, since) VALUES ($1, $2, $3)
        ON CONFLICT (sku_id) DO UPDATE SET quantity = EXCLUDED.quantity
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
        parameters.append(quantity)
        parameters.append(at)
    }
}

/// Takes a limit away.
struct DeleteBuyerLimit: Command {
    let sku: ID<SKU>

    static let sql = "DELETE FROM buyer_limit WHERE sku_id = $1"

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
    }
}
