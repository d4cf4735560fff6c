import EventLoop
import Logging
public import Postgres

/// Ends the holds of orders that were not paid in time: the orders are released, and their stock is anybody's again.
///
/// Orders are met in the order in which their holds end, each once, when its time has come, and those of the last seconds once
/// more, since one that was written slowly may appear late. Besides, all orders that are there are walked through slowly, at
/// the start and every six hours, for what no sweeper met in its time.
///
/// It only finds them: ending a hold is a command of the intake, like paying. Any number of sweepers may run: an order that
/// somebody has locked, to pay it, to cancel it or to end it too, is passed over and met again in the next walk. Somebody has
/// to run ``run()`` and to end it by ``close()``.
public actor HoldSweeper {
    private let pool: Pool
    private let desk: OrderDesk
    private let limits: HoldLimits
    private nonisolated let loop: EventLoop
    /// The walk through the holds that end.
    private var walk = HoldWalk()
    /// When a walk last began that looks back farther; nil if none did.
    private var lateWalkedAt: Timestamp?
    /// The walk through all orders; nil when there is none under way.
    private var allWalk: OrderWalk?
    /// When it last began; nil if it never did.
    private var allWalkedAt: Timestamp?
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
        let look = HoldLook(limits: limits, desk: desk)
        var (released, isAtEnd) = (0, false)
        for _ in 0..<limits.looksPerTurn where !isClosing && !isAtEnd {
            let outcome = try await look.run(after: walk.cursor, on: pool)
            isAtEnd = outcome.look.isLast
            pass(outcome.look)
            released += outcome.released
        }
        for _ in 0..<limits.allLooksPerTurn where !isClosing {
            guard var walk = allWalk else { break }
            released += try await look.run(along: &walk, on: pool)
            allWalk = walk.isAtEnd ? nil : walk
        }
        return Turn(released: released, isAtEnd: isAtEnd)
    }

    /// Takes the walk through the holds on, and says what other walks are due.
    private func pass(_ look: HoldWalk.Look) {
        let isLate = lateWalkedAt.map { $0.advanced(by: limits.lateInterval) <= look.at } ?? true
        walk.pass(look, margin: isLate ? limits.lateMargin : limits.margin)
        if isLate && look.isLast { lateWalkedAt = look.at }
        if allWalk == nil, allWalkedAt.map({ $0.advanced(by: limits.allInterval) <= look.at }) ?? true {
            (allWalk, allWalkedAt) = (OrderWalk(before: look.at), look.at)
        }
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
