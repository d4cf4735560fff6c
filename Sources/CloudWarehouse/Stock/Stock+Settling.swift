import Postgres

extension Stock {
    /// Runs `body`, and after a COMMIT that nobody answered once more: what has taken effect is found, and what has not is
    /// done now. Only when that cannot be had either is the outcome unknown.
    ///
    /// - Parameter body: Told whether an attempt before this one may have taken effect: then it is this one's.
    func settled<Answer>(
        _ body: (_ looksUp: Bool) async throws(StockError) -> Answer
    ) async throws(StockError) -> Answer {
        do throws(StockError) {
            return try await body(false)
        } catch .database(.commitOutcomeUnknown(let cause)) {
            do throws(StockError) {
                return try await body(true)
            } catch .database {
                throw .database(.commitOutcomeUnknown(cause: cause))
            } catch {
                throw error
            }
        } catch {
            if case .database(let cause) = error, cause.isBeyondPool {
                throw .tooMuch(lines: [])
            }
            throw error
        }
    }
}
