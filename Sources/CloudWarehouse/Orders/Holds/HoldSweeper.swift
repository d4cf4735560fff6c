import EventLoop
import Logging
public import Postgres

/// Ends the holds of orders that were not paid in time: the orders are released, and their stock is anybody's again.
///
/// No index names what changes, so overdue holds are found by walking through the orders by id, which is their time. A walk
/// begins at the oldest order that the one before found held, so it costs what was ordered since then: with holds of a
/// quarter of an hour, the orders of a quarter of an hour, each read once a walk. No hold is longer than a day; what lies
/// behind that, left from when no sweeper ran, is walked through slowly, at the start and once a day.
///
/// It only finds them: ending a hold is a command of the intake, like paying. Any number of sweepers may run: an order that
/// somebody has locked, to pay it, to cancel it or to end it too, is passed over and met again in the next walk. Somebody has
/// to run ``run()`` and to end it by ``close()``.
public actor HoldSweeper {
    private let pool: Pool
    private let desk: OrderDesk
    private let limits: HoldLimits
    private nonisolated let loop: EventLoop
    /// The walk through what can still be held by right.
    private var walk = HoldWalk()
    /// The walk through what lies behind it, from when no sweeper ran.
    private var oldWalk = HoldWalk()
    /// When the last walk behind ended; nil if none did.
    private var oldWalkedAt: Timestamp?
    private var nap: Task<EventLoopError?, Never>?
    private var isClosing = false

    /// The loop of the pool's connections.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// A sweeper of the base that the connections of `pool` belong to.
    ///
    /// - Parameter desk: Where holds are ended; its intake has to run for as long as the sweeper does.
    public init(pool: Pool, desk: OrderDesk, limits: HoldLimits = HoldLimits()) {
        self.pool = pool
        self.desk = desk
        self.limits = limits
        loop = pool.loop
    }

    /// Ends holds as their time comes until the sweeper is closed; to be run once, and not to be cancelled.
    public func run() async {
        var failures = 0
        while !isClosing {
            do throws(PostgresError) {
                let isAtEnd = try await turn().isAtEnd
                failures = 0
                await rest(isAtEnd ? limits.interval : limits.pause)
            } catch {
                if failures == 0 { pool.logger.warning("holds do not end", metadata: ["cause": "\(error)"]) }
                failures += 1
                await rest(max(limits.interval, Backoff().delay(afterFailures: failures, jitter: .random(in: 0..<1))))
            }
        }
    }

    /// Finishes the look that is under way; then ``run()`` returns.
    public func close() {
        isClosing = true
        nap?.cancel()
    }

    /// What one turn has done.
    public struct Turn: Sendable {
        /// How many orders it has released.
        public let released: Int
        /// Whether nothing was left to look at, but for what lies behind the longest hold.
        public let isAtEnd: Bool
    }

    /// Walks on for as many looks as one turn has.
    public func turn() async throws(PostgresError) -> Turn {
        var (released, isAtEnd) = (0, false)
        for _ in 0..<limits.looksPerTurn where !isClosing {
            let outcome = try await look(after: walk.cursor, isBehind: false)
            walk.pass(outcome.look, margin: limits.margin)
            released += outcome.released
            if let oldWalkedAt, oldWalkedAt.advanced(by: limits.oldInterval) <= outcome.look.at {
                self.oldWalkedAt = nil
                oldWalk = HoldWalk()
            }
            isAtEnd = outcome.look.isLast
            if isAtEnd { break }
        }
        for _ in 0..<limits.oldLooksPerTurn where !isClosing && oldWalkedAt == nil {
            let outcome = try await look(after: oldWalk.cursor, isBehind: true)
            oldWalk.pass(outcome.look, margin: limits.margin)
            released += outcome.released
            if outcome.look.isLast { oldWalkedAt = outcome.look.at }
        }
        return Turn(released: released, isAtEnd: isAtEnd)
    }

    private func look(
        after cursor: ID<CustomerOrder>?, isBehind: Bool
    ) async throws(PostgresError) -> HoldLook.Outcome {
        try await HoldLook(after: cursor, isBehind: isBehind, limits: limits, desk: desk).run(on: pool)
    }

    private func rest(_ pause: Duration) async {
        guard !isClosing else { return }
        let nap = Task<EventLoopError?, Never>(executorPreference: loop) { [loop] in
            do throws(EventLoopError) { try await loop.sleep(until: .now().advanced(by: pause)) } catch { return error }
            return nil
        }
        self.nap = nap
        // On a loop that has stopped there is no time to wait for, and no connection.
        if await nap.value == .stopped { isClosing = true }
    }
}
