import Postgres

extension Stock {
    /// Takes a delivery one step further on its way from the announcement to the shelf.
    ///
    /// What is so already changes nothing and is answered the same way; a count or a put-away is known by its reference.
    /// What was counted becomes lots that stand where they were counted, `held`: only their release makes them sellable.
    public func handle(
        _ task: InboundTask, of reference: ReceiptReference, by principal: Principal
    ) async throws(StockError) -> InboundProgress {
        try await settled { (looksUp) throws(StockError) in
            try await handled(task, reference, by: principal, looksUp: looksUp)
        }
    }

    /// - Parameter looksUp: An attempt before this one may have taken effect: then it is this one's, and its news are told.
    private func handled(
        _ task: InboundTask, _ reference: ReceiptReference, by principal: Principal, looksUp: Bool
    ) async throws(StockError) -> InboundProgress {
        let timeZone = timeZone
        let (answer, skus) = try await pool.transaction(throwing: StockError.self) { transaction in
            let now = try await transaction.now()
            var work = InboundWork(
                reference: reference, principal: principal, at: now, timeZone: timeZone, transaction: transaction)
            let progress = try await work.run(task)
            let told = progress.isRepeated && !(looksUp && task == .release) ? Set() : work.changed
            return (progress, told)
        }
        await StockNews(pool: pool, feed: feed).tell(of: skus)
        var progress = answer
        if looksUp { progress.isRepeated = false }
        return progress
    }
}
