import Postgres

extension Stock {
    /// Takes a transfer one step further on its way from one warehouse to another.
    ///
    /// What is so already changes nothing and is answered the same way; a pick or an arrival is known by its reference. What is
    /// picked stands at the transfer dock, out of its pool, and what orders have been promised is not taken away from them.
    public func handle(
        _ task: TransferTask, of reference: ReceiptReference, by principal: Principal
    ) async throws(StockError) -> TransferProgress {
        try await settled { (looksUp) throws(StockError) in
            try await handled(task, reference, by: principal, looksUp: looksUp)
        }
    }

    /// - Parameter looksUp: An attempt before this one may have taken effect: then it is this one's, and its news are told.
    private func handled(
        _ task: TransferTask, _ reference: ReceiptReference, by principal: Principal, looksUp: Bool
    ) async throws(StockError) -> TransferProgress {
        let timeZone = timeZone
        let (answer, skus) = try await pool.transaction(throwing: StockError.self) { transaction in
            let now = try await transaction.now()
            var work = TransferWork(
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
