import EventLoop
public import Postgres

internal import class CoreMetrics.Counter
internal import class CoreMetrics.Recorder

/// Takes the orders of one base: while one batch is being committed, the next one gathers.
///
/// There is no timer: a batch is what gathered while the last one was committed. Batches run one after another, on one
/// connection at a time, since row locks of two would only overlap. No order is answered before its commit is durable.
///
/// Somebody has to run ``run()`` for as long as orders are to be answered, and to end it by ``close()``.
public actor OrderIntake {
    private let pool: Pool
    private let loop: EventLoop
    private let limits: IntakeLimits
    private let feed: StockFeed?
    private let recipientKeys: RecipientKeys?
    private let batchOrders = Recorder(label: "yuncang_intake_batch_orders")
    private let batchSeconds = Recorder(label: "yuncang_intake_batch_seconds")
    private let failures = Counter(label: "yuncang_intake_failed_orders_total")
    private var queue: IntakeQueue<OrderWaiter>
    private var wake: CheckedContinuation<Void, Never>?
    /// Runs when the first of the queue has waited for too long.
    private var expiry: Timer?
    /// The batch under way.
    private var settling: Task<Void, Never>?
    private var isClosing = false
    /// Closing has taken too long: nothing is begun any more.
    private var isOver = false

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
        try await withCheckedContinuation { admit(order, OrderWaiter($0)) }.get()
    }

    /// Takes in what has gathered at the window of another loop, from whose thread it is called.
    nonisolated func take(_ gathered: [(order: PlaceOrder, waiter: OrderWaiter)]) {
        loop.execute { self.assumeIsolated { for (order, waiter) in gathered { $0.admit(order, waiter) } } }
    }

    private func admit(_ order: PlaceOrder, _ waiter: OrderWaiter) {
        guard !isClosing else { return waiter.answer(.failure(.closing)) }
        guard order.recipient == nil || recipientKeys != nil else {
            return waiter.answer(.failure(.recipientsNotConfigured))
        }
        guard queue.add(order, waiter, at: loop.now) else { return sendAway(waiter) }
        if expiry == nil { scheduleExpiry() }
        wakeUp()
    }

    private func sendAway(_ waiter: OrderWaiter) {
        waiter.answer(.failure(.busy(retryAfterSeconds: limits.retryAfterSeconds)))
    }

    private func scheduleExpiry() {
        expiry = queue.deadline.map { deadline in
            loop.schedule(at: deadline) { [weak self] in self?.assumeIsolated { $0.expire() } }
        }
    }

    /// Sends away those that have waited for too long, before a batch can have them.
    private func expire() {
        for (_, waiter) in queue.takeExpired(at: loop.now) { sendAway(waiter) }
        scheduleExpiry()
    }

    /// Commits batch after batch until the intake is closed and the last order answered.
    ///
    /// To be run once; cancelling its task changes nothing.
    public func run() async {
        while true {
            await withCheckedContinuation { sleepUnlessNeeded($0) }
            for (_, waiter) in queue.takeExpired(at: loop.now) { sendAway(waiter) }
            let batch = queue.takeBatch()
            if batch.isEmpty {
                // What woke it may have waited for too long.
                if isClosing { return }
                continue
            }
            let start = MonotonicInstant.now()
            // A task of its own, so that it can be given up.
            let settling = Task(executorPreference: loop) { await self.settle(batch[...]) }
            self.settling = settling
            await settling.value
            self.settling = nil
            batchOrders.record(batch.count)
            batchSeconds.record((MonotonicInstant.now() - start) / .seconds(1))
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

    /// How many orders wait for a batch.
    public var queued: Int { queue.count }

    /// Takes in no more orders; those that wait are still answered, and then ``run()`` returns.
    ///
    /// After ``IntakeLimits/closeDeadline`` those that still wait are sent away, and the batch under way is rolled back. One
    /// whose COMMIT is under way is waited for until that has its answer, or its own deadline has passed.
    public func close() {
        guard !isClosing else { return }
        isClosing = true
        wakeUp()
        loop.schedule(at: loop.now.advanced(by: limits.closeDeadline)) { [weak self] in
            self?.assumeIsolated { $0.giveUp() }
        }
    }

    private func giveUp() {
        isOver = true
        for (_, waiter) in queue.takeAll() { waiter.answer(.failure(.closing)) }
        settling?.cancel()
    }

    /// Commits the batch and answers every order of it.
    ///
    /// - Parameter isInDoubt: Whether a run before it may have committed.
    private func settle(_ batch: ArraySlice<(order: PlaceOrder, waiter: OrderWaiter)>, isInDoubt: Bool = false) async {
        var isInDoubt = isInDoubt
        var runs = 0
        while true {
            runs += 1
            let failure: PostgresError
            do throws(OrderError) {
                let outcome = try await commit(batch.map(\.order))
                // Of a run before this one nobody knows what it has committed.
                feed?.committed(
                    outcome.pools,
                    changed: runs == 1 && !isInDoubt ? outcome.claimed : Set(outcome.pools.map(\.key.sku)))
                OrderWaiter.answer(
                    zip(batch, outcome.answers).map { ($0.waiter, $1.mapError { .refused($0) }) })
                if feed == nil { await StockNews(pool: pool, feed: nil).tell(of: outcome.claimed) }
                return
            } catch .database(let error) {
                failure = error
            } catch {
                preconditionFailure("a batch failed by \(error), though only its orders can be refused")
            }
            if case .commitOutcomeUnknown = failure { isInDoubt = true }
            switch BatchFailure(failure, orders: batch.count, runs: runs, limits: limits) {
            case .runAgain: continue
            case .split:
                let middle = batch.startIndex + batch.count / 2
                await settle(batch[..<middle], isInDoubt: isInDoubt)
                await settle(batch[middle...], isInDoubt: isInDoubt)
                return
            case .giveUp:
                failures.increment(by: batch.count)
                let answer = isInDoubt ? OrderError.outcomeUnknown : isOver ? .closing : .database(failure)
                OrderWaiter.answer(batch.map { ($0.waiter, .failure(answer)) })
                return
            }
        }
    }

    private func commit(_ orders: [PlaceOrder]) async throws(OrderError) -> OrderBatch.Outcome {
        try await pool.transaction(throwing: OrderError.self) { transaction in
            try await OrderBatch(orders: orders, recipientKeys: recipientKeys).run(in: transaction)
        }
    }
}
