import Postgres

/// The transaction of one batch of orders.
struct OrderBatch {
    let orders: [PlaceOrder]
    /// What recipients are encrypted under; there are some if an order has a recipient.
    let recipientKeys: RecipientKeys?

    /// What the transaction gives, once it is committed.
    struct Outcome {
        /// One answer for each order, in their order.
        let answers: [Result<PlacedOrder, OrderRefusal>]
        /// What every pool holds that was locked, with the batch's claims.
        let pools: [PoolState]
        /// The SKUs that it claims from.
        let claimed: Set<ID<SKU>>
    }

    /// Decides and writes the batch; the answers count once the transaction is committed.
    ///
    /// The clock is read first. The pools are locked before the orders are looked up, so that of two servers with the same
    /// order the second finds what the first has placed.
    func run(in transaction: Transaction) async throws(PostgresError) -> Outcome {
        let codes = Array(Set(orders.lazy.flatMap(\.lines).map(\.sku)))
        let (clock, pools, recorded, offers) = try await transaction.batch(
            DatabaseClock(), LockPools(skus: codes), OrdersByKey(keys: Array(Set(orders.map(\.key)))),
            OffersByCode(codes: codes))
        guard let now = clock.first else { throw .misuse("the database did not tell the time") }
        let snapshot = IntakeSnapshot(
            offers: Dictionary(offers.map { ($0.code, $0.offer) }, uniquingKeysWith: { first, _ in first }),
            pools: Dictionary(grouping: pools.map { (key: $0.key, available: $0.counters.available) }, by: \.key.sku),
            recorded: Dictionary(recorded.map { ($0.key, $0.recorded) }, uniquingKeysWith: { first, _ in first }))
        let rows = BatchRows(
            orders, OrderDecider.decide(orders, snapshot), at: now, recipientKeys: recipientKeys)
        if let event = rows.event {
            if !rows.audit.placements.isEmpty { try await transaction.execute(rows.audit) }
            let claims = ClaimFromPools(claims: rows.claims.map { (key: $0.key, change: $0.value) })
            if rows.recipients.orders.isEmpty {
                _ = try await transaction.batch(rows.orders, rows.lines, event, claims)
            } else {
                _ = try await transaction.batch(rows.orders, rows.lines, rows.recipients, event, claims)
            }
        }
        return Outcome(
            answers: rows.answers, pools: pools.map { $0.claimed(rows.claims[$0.key]) },
            claimed: Set(rows.claims.keys.map(\.sku)))
    }
}
