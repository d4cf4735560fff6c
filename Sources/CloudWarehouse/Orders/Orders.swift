public import Postgres

/// The orders that are there: to read, to pay and to call off. ``OrderIntake`` makes them.
public struct Orders: Sendable {
    /// The most orders that one page lists.
    public static let maximumPage: Int32 = 200
    /// How many orders a page with a filter looks at, so that a rare state costs no more than this.
    static let filterDepth: Int32 = 10_000

    let pool: Pool
    private let filterDepth: Int32
    private let feed: StockFeed?
    let recipientKeys: RecipientKeys?

    /// The orders of the base that the connections of `pool` belong to.
    ///
    /// - Parameters:
    ///   - feed: Shows each change of the stock before it is answered.
    ///   - recipientKeys: Without keys, no recipient is read in clear.
    public init(pool: Pool, feed: StockFeed? = nil, recipientKeys: RecipientKeys? = nil) {
        self.init(pool: pool, feed: feed, recipientKeys: recipientKeys, filterDepth: Self.filterDepth)
    }

    init(pool: Pool, feed: StockFeed? = nil, recipientKeys: RecipientKeys? = nil, filterDepth: Int32) {
        self.pool = pool
        self.filterDepth = filterDepth
        self.feed = feed
        self.recipientKeys = recipientKeys
    }

    // MARK: Reading

    /// The order with its lines; nil when there is none, or none of `source`.
    public func details(
        of order: OrderIdentity, from source: OrderSource? = nil
    ) async throws(OrdersError) -> OrderDetails? {
        OrderDetails(
            try await pool.rows(of: OrderDetailsRows(order: order, source: source), throwing: OrdersError.self))
    }

    /// Lists orders, the newest first, a page at a time.
    ///
    /// A page with a filter looks back to a full second, and its ``OrderPage/next`` is that second or an order of the page:
    /// it names no order that the filter leaves out.
    /// - Parameters:
    ///   - before: The ``OrderPage/next`` of the page before; nil for the first.
    ///   - source: Only this source's orders; nil for all.
    ///   - state: Only orders in this state; nil for all.
    ///   - limit: How many orders at most, up to ``maximumPage``.
    public func list(
        before: ID<CustomerOrder>? = nil, source: OrderSource? = nil, state: OrderState? = nil,
        limit: Int32 = maximumPage
    ) async throws(OrdersError) -> OrderPage {
        let limit = min(max(limit, 1), Self.maximumPage)
        var oldest: ID<CustomerOrder>?
        if source != nil || state != nil {
            oldest = try await pool.rows(
                of: OrderAtDepth(before: before, depth: filterDepth), throwing: OrdersError.self
            ).first?.startOfSecond
        }
        let found = try await pool.rows(
            of: OrdersBefore(before: before, oldest: oldest, source: source, state: state, limit: limit + 1),
            throwing: OrdersError.self)
        let page = Array(found.prefix(Int(limit)))
        return OrderPage(orders: page, next: found.count > page.count ? page.last?.id : oldest)
    }

    // MARK: Changing

    /// Calls an order off and gives back what it claims. Calling it off again changes nothing and gives the same answer.
    ///
    /// - Parameters:
    ///   - source: Only an order of this source; nil for any.
    ///   - principal: The person who does it; nil for the order's source, whose orders are their own record.
    public func cancel(
        _ order: OrderIdentity, from source: OrderSource? = nil, by principal: Principal?
    ) async throws(OrdersError) -> OrderSummary {
        try await change(order, from: source, by: .cancel, of: principal)
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
        try await change(order, from: source, by: .pay, of: principal)
    }

    private func change(
        _ order: OrderIdentity, from source: OrderSource?, by event: OrderEvent, of principal: Principal?
    ) async throws(OrdersError) -> OrderSummary {
        do throws(OrdersError) {
            let (order, skus) = try await pool.transaction(throwing: OrdersError.self) { transaction in
                let (clock, locked) = try await transaction.batch(
                    DatabaseClock(), LockOrder(order: order, source: source))
                guard let now = clock.first else { throw PostgresError.misuse("the database did not tell the time") }
                guard let found = locked.first else { throw OrdersError.unknownOrder }
                switch found.state.after(event) {
                case .unchanged: return (found, Set<ID<SKU>>())
                case .refused(let refusal): throw OrdersError.refused(refusal)
                case .becomes(let state):
                    let changed = found.becoming(state)
                    let pools = try await Self.write(changed, after: event, of: principal, at: now, in: transaction)
                    return (changed, Set(pools.map(\.sku)))
                }
            }
            await StockNews(pool: pool, feed: feed).tell(of: skus)
            return order
        } catch .database(.commitOutcomeUnknown) {
            throw .outcomeUnknown
        } catch {
            throw error
        }
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
