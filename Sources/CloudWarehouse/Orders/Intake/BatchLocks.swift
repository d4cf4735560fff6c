import Postgres

/// Has a transaction wait only so long for a row that somebody else has locked.
struct SetLockTimeout: Statement {
    let milliseconds: Int64

    static let sql = "SELECT set_config('lock_timeout', $1::bigint::text, true)"

    func bind(to parameters: inout Parameters) {
        parameters.append(milliseconds)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> String {
        try row.next()
    }
}

/// Whether a batch waits for rows that others have locked, or passes them over and leaves what needs them for later.
///
/// Passing over is not claiming: nothing is decided by what was not locked.
protocol LockingManner: Sendable {
    static var clause: String { get }
}

/// Passes over what somebody else has locked.
enum Passing: LockingManner {
    static let clause = "SKIP LOCKED"
}

/// Waits for it.
enum Waiting: LockingManner {
    static let clause = ""
}

/// Locks the orders that a batch changes, by id, and reads them as they are under the lock.
///
/// Whoever changes an order or its claims locks the order first, then the pools in key order, and writes only when nothing
/// is left to wait for.
struct LockOrders<Manner: LockingManner>: Statement {
    let scope: BatchScope

    static var sql: String {
        """
        SELECT placed.id, placed.source, placed.reference, placed.placed_at, terms.buyer, placed.state, placed.total_fen,
            placed.placed_total_fen, placed.revision
        FROM customer_order AS placed
        LEFT JOIN order_terms AS terms ON terms.order_id = placed.id
        WHERE placed.id = ANY (\(BatchScope.orders))
        ORDER BY placed.id
        FOR NO KEY UPDATE OF placed \(Manner.clause)
        """
    }

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

/// Locks every pool of the SKUs that a batch touches in key order, and reads them as they are under the lock.
///
/// FOR NO KEY UPDATE, because a foreign key's share lock against FOR UPDATE deadlocks.
struct LockPools<Manner: LockingManner>: Statement {
    let scope: BatchScope

    static var sql: String {
        """
        SELECT sku_id, warehouse_id, owner_id, sellable, held, committed, allotted, version
        FROM pool
        WHERE sku_id = ANY (\(BatchScope.skus))
        ORDER BY sku_id, warehouse_id, owner_id
        FOR NO KEY UPDATE \(Manner.clause)
        """
    }

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

/// Locks the limits per buyer of the SKUs that a batch touches, by id, so that two do not count at once what a buyer has: the
/// pools' locks are not enough, since a SKU may be sold without having any.
///
/// After the pools, and before the counts are read.
struct LockLimits<Manner: LockingManner>: Statement {
    let scope: BatchScope

    static var sql: String {
        """
        SELECT sku_id
        FROM buyer_limit
        WHERE sku_id = ANY (\(BatchScope.skus))
        ORDER BY sku_id
        FOR NO KEY UPDATE \(Manner.clause)
        """
    }

    func bind(to parameters: inout Parameters) {
        parameters.append(skusOf: scope)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<SKU> {
        try row.next()
    }
}
