public import Postgres

/// The orders that are there, to read. ``OrderDesk`` is where they are placed and changed.
public struct Orders: Sendable {
    /// The most orders that one page lists.
    public static let maximumPage: Int32 = 200
    /// How many orders a page with a filter looks at, so that a rare state costs no more than this.
    static let filterDepth: Int32 = 10_000

    let pool: Pool
    private let filterDepth: Int32
    let recipientKeys: RecipientKeys?

    /// The orders of the base that the connections of `pool` belong to.
    ///
    /// - Parameter recipientKeys: Without keys, no recipient is read in clear.
    public init(pool: Pool, recipientKeys: RecipientKeys? = nil) {
        self.init(pool: pool, recipientKeys: recipientKeys, filterDepth: Self.filterDepth)
    }

    init(pool: Pool, recipientKeys: RecipientKeys? = nil, filterDepth: Int32) {
        self.pool = pool
        self.filterDepth = filterDepth
        self.recipientKeys = recipientKeys
    }

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
}
