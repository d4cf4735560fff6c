import Postgres

/// Locks the orders that a batch changes, by id, and reads them as they are under the lock; passes over what somebody else has
/// locked.
///
/// Passing over is not claiming: nothing is decided by what was not locked, and what needs it is left for later.
/// Whoever changes an order or its claims locks the order first, then the pools in key order, and writes only when nothing
/// is left to wait for.
struct LockOrders: Statement {
    let scope: BatchScope

    static let sql = """
        SELECT placed.id, placed.source, placed.reference, placed.placed_at, terms.buyer, placed.state, placed.total_fen,
            placed.placed_total_fen, placed.revision
        FROM customer_order AS placed
        LEFT JOIN order_terms AS terms ON terms.order_id = placed.id
        WHERE placed.id = ANY (\(BatchScope.orders))
        ORDER BY placed.id
        FOR NO KEY UPDATE OF placed SKIP LOCKED
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(ordersOf: scope)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StandingOrder {
        StandingOrder(
            id: try row.next(), key: OrderKey(source: try row.next(), reference: try row.next()),
            placedAt: try row.next(), buyer: try row.next(), state: try row.next(), total: try row.next(),
            placedTotal: try row.next(), revision: try row.next(), lines: [])
    }
}

/// Locks every pool of the SKUs that a batch touches in key order, and reads them as they are under the lock; passes over what
/// somebody else has locked.
///
/// FOR NO KEY UPDATE, because a foreign key's share lock against FOR UPDATE deadlocks.
struct LockPools: Statement {
    let scope: BatchScope

    static let sql = """
        SELECT sku_id, warehouse_id, owner_id, sellable, held, committed, allotted, version
        FROM pool
        WHERE sku_id = ANY (\(BatchScope.skus))
        ORDER BY sku_id, warehouse_id, owner_id
        FOR NO KEY UPDATE SKIP LOCKED
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(skusOf: scope)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> PoolState {
        PoolState(
            key: PoolKey(sku: try row.next(), warehouse: try row.next(), owner: try row.next()),
            counters: PoolCounters(
                sellable: try row.next(), held: try row.next(), committed: try row.next(), allotted: try row.next()),
            version: try row.next())
    }
}
