import EventLoop
public import Postgres

/// Takes the orders of one base: while one batch is being committed, the next one gathers.
///
/// There is no timer: a batch is what gathered while the last one was committed. Batches run one after another, on one
/// connection at a time, since row locks of two would only overlap. No order is answered before its commit is durable.
///
/// Somebody has to run ``run()`` for as long as orders are to be answered, and to end it by ``close()``.
public actor OrderIntake {
    private typealias Answer = Result<PlacedOrder, OrderError>
    private typealias Waiter = CheckedContinuation<Answer, Never>

    private let pool: Pool
    private let loop: EventLoop
    private let limits: IntakeLimits
    private let feed: StockFeed?
    private let recipientKeys: RecipientKeys?
    private var queue: IntakeQueue<Waiter>
    private var wake: CheckedContinuation<Void, Never>?
    private var isClosing = false

    /// The loop of the pool's connections, so that an order does not change threads.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// The intake of the base that the connections of `pool` belong to.
    ///
    /// - Parameters:
    ///   - feed: Is told of every commit before its answers.
    ///   - recipientKeys: What recipients are encrypted under; without keys, it takes none.
    public init(
        pool: Pool, limits: IntakeLimits = IntakeLimits(), feed: StockFeed? = nil, recipientKeys: RecipientKeys? = nil
    ) {
        self.pool = pool
        loop = pool.loop
        self.limits = limits
        self.feed = feed
        self.recipientKeys = recipientKeys
        queue = IntakeQueue(limits: limits)
    }

    /// Places an order, all of it or nothing, and answers when it is durable.
    ///
    /// The same order under the same reference gets the same answer, however often it comes and on whichever connection.
    /// An order that was taken in is decided even if the caller's task is cancelled meanwhile.
    public func place(_ order: PlaceOrder) async throws(OrderError) -> PlacedOrder {
        try await withCheckedContinuation { admit(order, $0) }.get()
    }

    private func admit(_ order: PlaceOrder, _ waiter: Waiter) {
        guard !isClosing else { return waiter.resume(returning: .failure(.closing)) }
        guard order.recipient == nil || recipientKeys != nil else {
            return waiter.resume(returning: .failure(.recipientsNotConfigured))
        }
        guard queue.add(order, waiter) else {
            return waiter.resume(returning: .failure(.busy(retryAfterSeconds: limits.retryAfterSeconds)))
        }
        wakeUp()
    }

    /// Commits batch after batch until the intake is closed and the last order answered.
    ///
    /// To be run once, and not to be cancelled: cancellation makes the transactions fail.
    public func run() async {
        while true {
            await withCheckedContinuation { sleepUnlessNeeded($0) }
            let batch = queue.takeBatch()
            if batch.isEmpty { return }
            await settle(batch[...])
        }
    }

    /// Looks again before it sleeps: entering the continuation may have let an order in.
    private func sleepUnlessNeeded(_ continuation: CheckedContinuation<Void, Never>) {
        guard queue.isEmpty, !isClosing else { return continuation.resume() }
        wake = continuation
    }

    private func wakeUp() {
        wake?.resume()
        wake = nil
    }

    /// Whether an order waits for a batch.
    var isWaiting: Bool { !queue.isEmpty }

    /// How many orders wait for a batch.
    var waitingOrders: Int { queue.count }

    /// Takes in no more orders; those that wait are still answered, and then ``run()`` returns.
    public func close() {
        isClosing = true
        wakeUp()
    }

    /// Commits the batch and answers every order of it.
    private func settle(_ batch: ArraySlice<(order: PlaceOrder, waiter: Waiter)>) async {
        var runs = 0
        while true {
            runs += 1
            let failure: PostgresError
            do throws(OrderError) {
                let outcome = try await commit(batch.map(\.order))
                // Of a run before this one nobody knows what it has committed.
                feed?.committed(
                    outcome.pools, changed: runs == 1 ? outcome.claimed : Set(outcome.pools.map(\.key.sku)))
                for (waiting, answer) in zip(batch, outcome.answers) {
                    waiting.waiter.resume(returning: answer.mapError { .refused($0) })
                }
                if feed == nil { await StockNews(pool: pool, feed: nil).tell(of: outcome.claimed) }
                return
            } catch .database(let error) {
                failure = error
            } catch {
                preconditionFailure("a batch failed by \(error), though only its orders can be refused")
            }
            switch BatchFailure(failure, orders: batch.count, runs: runs, limits: limits) {
            case .runAgain: continue
            case .split:
                let middle = batch.startIndex + batch.count / 2
                await settle(batch[..<middle])
                await settle(batch[middle...])
                return
            case .giveUp:
                for waiting in batch { waiting.waiter.resume(returning: .failure(Self.answer(to: failure))) }
                return
            }
        }
    }

    private func commit(_ orders: [PlaceOrder]) async throws(OrderError) -> OrderBatch.Outcome {
        try await pool.transaction(throwing: OrderError.self) { transaction in
            try await OrderBatch(orders: orders, recipientKeys: recipientKeys).run(in: transaction)
        }
    }

    private static func answer(to failure: PostgresError) -> OrderError {
        if case .commitOutcomeUnknown = failure { .outcomeUnknown } else { .database(failure) }
    }
}
