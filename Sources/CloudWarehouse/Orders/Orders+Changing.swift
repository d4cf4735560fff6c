import Postgres

/// An order after something was asked of it.
public struct ChangedOrder: Hashable, Sendable {
    /// The order as it is now.
    public let order: OrderSummary
    /// Whether it was so already, so that nothing was changed.
    public let isRepeated: Bool
}

extension Orders {
    /// Calls an order off and gives back what it claims. Calling it off again changes nothing and gives the same answer.
    ///
    /// - Parameters:
    ///   - source: Only an order of this source; nil for any.
    ///   - principal: The person who does it; nil for the order's source, whose orders are their own record.
    public func cancel(
        _ order: OrderIdentity, from source: OrderSource? = nil, by principal: Principal?
    ) async throws(OrdersError) -> OrderSummary {
        try await apply(.cancel, to: order, from: source, by: principal).order
    }

    /// Marks an order as paid: its holds become commitments, which do not end. Paying it again changes nothing.
    ///
    /// A hold whose time is over, but which nobody has given back yet, still has its stock, so it can be paid.
    /// - Parameters:
    ///   - source: Only an order of this source; nil for any.
    ///   - principal: The person who does it; nil for the order's source, whose orders are their own record.
    public func pay(
        _ order: OrderIdentity, from source: OrderSource? = nil, by principal: Principal?
    ) async throws(OrdersError) -> OrderSummary {
        try await apply(.pay, to: order, from: source, by: principal).order
    }

    /// The same as ``cancel(_:from:by:)`` or ``pay(_:from:by:)``, and whether it had been done before.
    ///
    /// After a COMMIT that nobody answered the order is looked at again: what has taken effect is found, and what has not is
    /// done now. Only when that cannot be had either is the outcome unknown.
    public func apply(
        _ event: OrderEvent, to order: OrderIdentity, from source: OrderSource? = nil, by principal: Principal?
    ) async throws(OrdersError) -> ChangedOrder {
        do throws(OrdersError) {
            return try await change(order, from: source, by: event, of: principal, looksUp: false)
        } catch .database(.commitOutcomeUnknown) {
            do throws(OrdersError) {
                return try await change(order, from: source, by: event, of: principal, looksUp: true)
            } catch .database {
                throw .outcomeUnknown
            } catch {
                throw error
            }
        } catch {
            throw error
        }
    }

    /// - Parameter looksUp: An attempt before this one may have taken effect: then it is this one's, and its news are told.
    private func change(
        _ order: OrderIdentity, from source: OrderSource?, by event: OrderEvent, of principal: Principal?, looksUp: Bool
    ) async throws(OrdersError) -> ChangedOrder {
        let (changed, skus) = try await pool.transaction(throwing: OrdersError.self) { transaction in
            let (clock, locked) = try await transaction.batch(
                DatabaseClock(), LockOrder(order: order, source: source))
            guard let now = clock.first else { throw PostgresError.misuse("the database did not tell the time") }
            guard let found = locked.first else { throw OrdersError.unknownOrder }
            switch found.state.after(event) {
            case .unchanged:
                let lines = looksUp ? try await transaction.query(ClaimsOfOrders(orders: [found.id])) : []
                return (ChangedOrder(order: found, isRepeated: !looksUp), Set(lines.map(\.pool.sku)))
            case .refused(let refusal): throw OrdersError.refused(refusal)
            case .becomes(let state):
                let changed = found.becoming(state)
                let pools = try await Self.write(changed, after: event, of: principal, at: now, in: transaction)
                return (ChangedOrder(order: changed, isRepeated: false), Set(pools.map(\.sku)))
            }
        }
        await StockNews(pool: pool, feed: feed).tell(of: skus)
        return changed
    }

    /// Locks the pools in key order before anything is written, so that nothing that is written is waited for with a lock
    /// still to come; the pools, which everybody wants, are written last. Gives the pools that have changed.
    private static func write(
        _ order: OrderSummary, after event: OrderEvent, of principal: Principal?, at now: Timestamp,
        in transaction: Transaction
    ) async throws(PostgresError) -> [PoolKey] {
        let lines = try await transaction.query(ClaimsOfOrders(orders: [order.id]))
        let change = OrderChange(lines: lines, to: order.state)
        _ = try await transaction.query(LockPoolsByKey(keys: change.pools.map(\.key)))
        var ids = IDGenerator(at: now)
        if let principal {
            try await transaction.execute(
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "order.\(event.rawValue)",
                    subject: order.id.description, detail: JSONB(text: "{}"), at: now))
        }
        _ = try await transaction.batch(
            SetOrderStates(orders: [(id: order.id, state: order.state)]), change.claims,
            InsertOrdersChanged(id: ids.next(), event: event, orders: [order.id], at: now),
            ClaimFromPools(claims: change.pools))
        return change.pools.map(\.key)
    }
}
