import Postgres

extension Stock {
    /// Takes a loading one step further. What has happened already and says the same changes nothing and is answered the same
    /// way.
    public func handle(
        _ task: LoadingTask, of reference: ReceiptReference, by principal: Principal
    ) async throws(StockError) -> LoadingProgress {
        do throws(StockError) {
            return try await handled(task, reference, by: principal)
        } catch .database(.commitOutcomeUnknown(let cause)) {
            // What has taken effect is found by its reference, and what has not is done now.
            do throws(StockError) {
                var progress = try await handled(task, reference, by: principal)
                progress.isRepeated = false
                return progress
            } catch .database {
                throw .database(.commitOutcomeUnknown(cause: cause))
            } catch {
                throw error
            }
        } catch {
            throw error
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
