import EventLoop
public import Postgres

internal import class CoreMetrics.Counter
internal import class CoreMetrics.Recorder

/// Takes what is to be done to the orders of one base: while one batch is being committed, the next one gathers.
///
/// There is no timer: a batch is what gathered while the last one was committed. Batches run one after another, on one
/// connection at a time, since row locks of two would only overlap. Nothing is answered before its commit is durable.
///
/// A batch never waits for a row that somebody else has locked. What needs it waits apart, in a lane of its own on a second
/// connection, behind whoever has the lock; everything else goes on.
///
/// Somebody has to run ``run()`` for as long as orders are to be answered, and to end it by ``close()``.
public actor OrderIntake {
    typealias Entry = IntakeEntry<OrderWaiter>

    let pool: Pool
    nonisolated let loop: EventLoop
    let limits: IntakeLimits
    let feed: StockFeed?
    let recipientKeys: RecipientKeys?
    var batchOrders = Recorder(label: "yuncang_intake_batch_orders")
    let batchSeconds = Recorder(label: "yuncang_intake_batch_seconds")
    let failures = Counter(label: "yuncang_intake_failed_orders_total")
    private var queue: IntakeQueue<OrderWaiter>
    var lane = WaitingLane<OrderWaiter>()
    /// How many commands have come.
    private var admitted: UInt64 = 0
    private var wake: CheckedContinuation<Void, Never>?
    /// Runs when the first of those that wait has waited for too long.
    var expiry: Timer?
    /// The batch under way.
    private var settling: Task<Void, Never>?
    /// The batches of those that wait for rows, for as long as there are any.
    var waiting: Task<Void, Never>?
    private var isClosing = false
    /// Closing has taken too long: nothing is begun any more.
    var isOver = false
    /// Whether batches have chosen among pools by rules: then they go on asking for them at once.
    var expectsRules = false
    /// What codes stood for in the batches before.
    var knownSKUs = KnownSKUs()

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

    /// Does what the command says, and answers when it is durable. What was taken in is decided even if the caller's task is
    /// cancelled meanwhile.
    func perform(_ command: OrderCommand) async -> OrderWaiter.Answer {
        await withCheckedContinuation { admit(command, OrderWaiter($0)) }
    }

    /// Does what the commands say, in their order, and answers when the last of them is decided.
    func perform(all commands: [OrderCommand]) async -> [OrderWaiter.Answer] {
        await withCheckedContinuation { continuation in admit(commands, continuation) }
    }

    private func admit(_ commands: [OrderCommand], _ continuation: CheckedContinuation<[OrderWaiter.Answer], Never>) {
        let sheet = AnswerSheet(count: commands.count, continuation)
        for (index, command) in commands.enumerated() { admit(command, OrderWaiter(sheet, index: index)) }
    }

    /// Takes in what has gathered at the window of another loop, from whose thread it is called.
    nonisolated func take(_ gathered: [(command: OrderCommand, waiter: OrderWaiter)]) {
        loop.execute { self.assumeIsolated { for (command, waiter) in gathered { $0.admit(command, waiter) } } }
    }

    private func admit(_ command: OrderCommand, _ waiter: OrderWaiter) {
        guard !isClosing else { return waiter.answer(.failure(.closing)) }
        if case .place(let order) = command, order.recipient != nil, recipientKeys == nil {
            return waiter.answer(.failure(.recipientsNotConfigured))
        }
        admitted += 1
        let entry = Entry(
            command: command, waiter: waiter, deadline: loop.now.advanced(by: limits.queueDeadline), number: admitted)
        if let obstacle = lane.obstacle(of: command) {
            guard lane.count < limits.waitingOrders else { return sendAway(entry) }
            lane.add([(entry, obstacle)])
        } else {
            guard queue.count < limits.queuedOrders else { return sendAway(entry) }
            queue.add(entry)
        }
        if expiry == nil { scheduleExpiry() }
        wakeUp()
    }

    func sendAway(_ entry: Entry) {
        entry.waiter.answer(entry.failed(by: .busy(retryAfterSeconds: limits.retryAfterSeconds)))
    }

    func scheduleExpiry() {
        let deadline = [queue.deadline, lane.deadline].compactMap { $0 }.min()
        expiry = deadline.map { deadline in
            loop.schedule(at: deadline) { [weak self] in self?.assumeIsolated { $0.expire() } }
        }
    }

    /// Sends away those that have waited for too long, before a batch can have them.
    private func expire() {
        sendExpiredAway()
        scheduleExpiry()
    }

    private func sendExpiredAway() {
        for entry in queue.takeExpired(at: loop.now) + lane.takeExpired(at: loop.now) { sendAway(entry) }
    }

    /// Commits batch after batch until the intake is closed and everything answered.
    ///
    /// To be run once; cancelling its task changes nothing.
    public func run() async {
        while true {
            await withCheckedContinuation { sleepUnlessNeeded($0) }
            sendExpiredAway()
            let batch = queue.takeBatch()
            if batch.isEmpty {
                // What woke it may have waited for too long.
                if isClosing, lane.isEmpty, waiting == nil { return }
                continue
            }
            // A task of its own, so that it can be given up.
            let settling = Task(executorPreference: loop) { await self.settle(batch[...], waitingFor: nil) }
            self.settling = settling
            await settling.value
            self.settling = nil
        }
    }

    /// Looks again before it sleeps: entering the continuation may have let a command in.
    private func sleepUnlessNeeded(_ continuation: CheckedContinuation<Void, Never>) {
        let isDone = isClosing && lane.isEmpty && waiting == nil
        guard queue.isEmpty, !isDone else { return continuation.resume() }
        wake = continuation
    }

    func wakeUp() {
        wake?.resume()
        wake = nil
    }

    /// How many commands wait for a batch.
    public var queued: Int { queue.count + lane.count }

    /// Takes in no more; what waits is still answered, and then ``run()`` returns.
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
        for entry in queue.takeAll() + lane.takeAll() { entry.waiter.answer(entry.failed(by: .closing)) }
        settling?.cancel()
        waiting?.cancel()
    }
}

extension IntakeEntry<OrderWaiter> {
    /// The answer that it is not done, and why; unless that is not known.
    func failed(by error: IntakeError) -> OrderWaiter.Answer { .failure(isInDoubt ? .outcomeUnknown : error) }
}
