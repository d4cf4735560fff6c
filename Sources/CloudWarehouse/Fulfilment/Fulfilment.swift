public import Postgres

/// From a paid order to the parcel on the truck.
public struct Fulfilment: Sendable {
    let pool: Pool
    let feed: StockFeed?
    /// Where the base's days begin and end.
    let timeZone: String

    /// The fulfilment of the base that the connections of `pool` belong to.
    ///
    /// - Parameters:
    ///   - timeZone: The base's: what has expired, and what is due, is told by its day.
    ///   - feed: Shows each change of the stock before it is answered.
    public init(pool: Pool, timeZone: String, feed: StockFeed? = nil) {
        self.pool = pool
        self.timeZone = timeZone
        self.feed = feed
    }

    /// Runs `body` in a transaction, and after a COMMIT that nobody answered once more: what has taken effect is found by its
    /// state or its reference, and what has not is done now.
    func settled<Value: Sendable>(
        _ body: (_ looksUp: Bool) async throws(FulfilmentError) -> Value
    ) async throws(FulfilmentError) -> Value {
        do throws(FulfilmentError) {
            return try await body(false)
        } catch .database(.commitOutcomeUnknown(let cause)) {
            do throws(FulfilmentError) {
                return try await body(true)
            } catch .database {
                throw .database(.commitOutcomeUnknown(cause: cause))
            } catch {
                throw error
            }
        }
    }
}

extension Stock {
    /// How what stands here gets to the truck.
    public var fulfilment: Fulfilment { Fulfilment(pool: pool, timeZone: timeZone, feed: feed) }
}
