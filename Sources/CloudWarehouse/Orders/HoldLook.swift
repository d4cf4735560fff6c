import Postgres

/// The transaction of one look for overdue holds: passes some orders, and releases those whose time is over.
struct HoldLook {
    /// Where it begins; nil for the beginning of its part.
    let after: ID<CustomerOrder>?
    /// Whether it looks behind the longest hold that can still last, or from there on.
    let isBehind: Bool
    let limits: HoldLimits

    /// What the transaction gives, once it is committed.
    struct Outcome {
        let look: HoldWalk.Look
        let released: Int
        /// The SKUs whose stock is free again.
        let skus: Set<ID<SKU>>
    }

    /// Looks by the database's clock. Orders are locked first, then the pools in key order, as whoever changes an order does.
    func run(in transaction: Transaction) async throws(PostgresError) -> Outcome {
        guard let now = try await transaction.query(DatabaseClock()).first else {
            throw .misuse("the database did not tell the time")
        }
        let longest = Duration.seconds(Int64(PlaceOrder.holdSeconds.upperBound)) + limits.margin
        let border = ID<CustomerOrder>(firstAt: now.advanced(by: .zero - longest))
        let start = after ?? (isBehind ? .least : border)
        let passed = try await transaction.query(
            OrdersHeldAfter(
                after: start, through: isBehind ? border : .greatest, limit: limits.ordersPerLook, at: now))
        let overdue = passed.lazy.filter(\.isOverdue).map(\.id).prefix(limits.releasesPerLook)
        let isCut = overdue.count == limits.releasesPerLook
        let cursor = (isCut ? overdue.last : passed.last?.id) ?? start
        let (released, skus) = try await release(Array(overdue), at: now, in: transaction)
        return Outcome(
            look: HoldWalk.Look(
                at: now, cursor: cursor,
                firstHeld: passed.first { $0.isHeld && $0.id <= cursor && !released.contains($0.id) }?.id,
                isLast: !isCut && (passed.first?.count ?? 0) < limits.ordersPerLook),
            released: released.count, skus: skus)
    }

    /// Releases those of some overdue orders that are still held when they are locked: who pays or cancels meanwhile comes
    /// first. Gives them, and the SKUs whose stock is free again.
    func release(
        _ overdue: [ID<CustomerOrder>], at now: Timestamp, in transaction: Transaction
    ) async throws(PostgresError) -> (Set<ID<CustomerOrder>>, Set<ID<SKU>>) {
        guard !overdue.isEmpty, case .becomes(let state) = OrderState.held.after(.expire) else { return ([], []) }
        let orders = try await transaction.query(LockHeldOrders(orders: overdue))
        if orders.isEmpty { return ([], []) }
        let change = OrderChange(lines: try await transaction.query(ClaimsOfOrders(orders: orders)), to: state)
        _ = try await transaction.query(LockPoolsByKey(keys: change.pools.map(\.key)))
        var ids = IDGenerator(at: now)
        _ = try await transaction.batch(
            SetOrderStates(orders: orders.map { (id: $0, state: state) }), change.claims,
            InsertOrdersChanged(id: ids.next(), event: .expire, orders: orders, at: now),
            ClaimFromPools(claims: change.pools))
        return (Set(orders), Set(change.pools.map(\.key.sku)))
    }
}
