import Postgres

/// Has what was committed shown on the boards: on this process's own by its feed, on others' by a doorbell.
struct StockNews: Sendable {
    let pool: Pool
    let feed: StockFeed?

    /// Returns when this process's boards show it; a doorbell that cannot be rung is logged, and no harm.
    func tell(of skus: Set<ID<SKU>>) async {
        if skus.isEmpty { return }
        if let feed { return await feed.reread(skus) }
        await RingDoorbell(doorbell: Doorbell(from: "once", for: .skus(skus)))
            .ring(through: pool, deadline: BoardLimits().ringDeadline, logger: pool.logger)
    }
}
