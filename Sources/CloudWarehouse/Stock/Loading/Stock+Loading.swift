import Postgres

extension Stock {
    /// Takes a loading one step further. What has happened already and says the same changes nothing and is answered the same
    /// way.
    public func handle(
        _ task: LoadingTask, of reference: ReceiptReference, by principal: Principal
    ) async throws(StockError) -> LoadingProgress {
        try await settled { (looksUp) throws(StockError) in
            var progress = try await handled(task, reference, by: principal)
            if looksUp { progress.isRepeated = false }
            return progress
        }
    }

    private func handled(
        _ task: LoadingTask, _ reference: ReceiptReference, by principal: Principal
    ) async throws(StockError) -> LoadingProgress {
        try await pool.transaction(throwing: StockError.self) { transaction in
            let now = try await transaction.now()
            var work = LoadingWork(reference: reference, principal: principal, at: now, transaction: transaction)
            return try await work.run(task)
        }
    }
}
