import Postgres

extension Stock {
    /// Takes a count one step further, from the plan to the ledger.
    ///
    /// What is so already changes nothing and is answered the same way; an entry is known by its reference. Work goes on
    /// meanwhile: what is counted is held against what the ledger has at that moment, and only the difference is posted.
    public func handle(
        _ task: StockCountTask, of reference: ReceiptReference, by principal: Principal
    ) async throws(StockError) -> StockCountProgress {
        try await settled { (looksUp) throws(StockError) in
            try await handled(task, reference, by: principal, looksUp: looksUp)
        }
    }

    /// - Parameter looksUp: An attempt before this one may have taken effect: then it is this one's, and its news are told.
    private func handled(
        _ task: StockCountTask, _ reference: ReceiptReference, by principal: Principal, looksUp: Bool
    ) async throws(StockError) -> StockCountProgress {
        let timeZone = timeZone
        let (answer, skus) = try await pool.transaction(throwing: StockError.self) { transaction in
            let now = try await transaction.now()
            var work = StockCountWork(
                reference: reference, principal: principal, at: now, timeZone: timeZone, transaction: transaction)
            let progress = try await work.run(task)
            return (progress, progress.isRepeated && !looksUp ? Set() : work.changed)
        }
        await StockNews(pool: pool, feed: feed).tell(of: skus)
        var progress = answer
        if looksUp { progress.isRepeated = false }
        return progress
    }
}
