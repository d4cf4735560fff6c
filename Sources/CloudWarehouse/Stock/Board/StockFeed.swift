import EventLoop
public import Logging
public import Postgres

/// Keeps the boards of one process up to date, and tells the other processes what this one commits.
///
/// Level-triggered: a doorbell names SKUs, and their rows are read as they are; one reading at a time, and what rings
/// meanwhile is for the next. Whatever no doorbell tells is found by asking: seldom while they come, often while they do
/// not. One feed and one listening connection serve all boards of a process, for however many loops there are: a change is
/// read once, and writing values into another board costs far less than another reading.
///
/// Somebody has to run ``run()`` for as long as the boards are to be kept, and to end it by ``close()``.
public actor StockFeed {
    /// What those who watch are told.
    public enum News: Sendable {
        /// These levels show something else now.
        case changed([StockLevel])
        /// How far the boards can be trusted has changed.
        case freshness(Freshness)
    }

    /// The boards; all show the same.
    public nonisolated let boards: [StockBoard]
    nonisolated let pool: Pool
    nonisolated let limits: BoardLimits
    /// Tells this feed's doorbells from others'.
    nonisolated let origin = String(UInt64.random(in: .min ... .max), radix: 36)
    nonisolated let watcher: (@Sendable (News) -> Void)?
    nonisolated let logger: Logger
    private nonisolated let loop: EventLoop
    private let listening: (options: ConnectionOptions, schema: String)?
    private var machine: FeedMachine
    private var reader: CheckedContinuation<Void, Never>?
    private var waiters: [CheckedContinuation<Void, Never>] = []
    private var isClosing = false
    /// The sum of the names, as they were read last.
    var names: Int64?
    /// The sum of what sets are made of, as it was read last.
    var sets: Int64?
    /// What is to ring next.
    var unrung: Set<ID<SKU>> = []
    private var ringer: CheckedContinuation<Void, Never>?

    /// The loop of the pool's connections.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// A feed of the base that the connections of `pool` belong to.
    ///
    /// - Parameters:
    ///   - boards: At least one.
    ///   - listening: Where to listen for doorbells, and the schema of the base; nil to ask only.
    ///   - watcher: Called with every change, the first reading included, on the thread that makes it.
    public init(
        _ boards: [StockBoard], pool: Pool, listening: (options: ConnectionOptions, schema: String)?,
        limits: BoardLimits = BoardLimits(), logger: Logger, watcher: (@Sendable (News) -> Void)? = nil
    ) {
        precondition(!boards.isEmpty, "a feed without a board")
        self.boards = boards
        self.pool = pool
        self.listening = listening
        self.limits = limits
        self.logger = logger
        self.watcher = watcher
        loop = pool.loop
        machine = FeedMachine(listens: listening != nil, limits: limits)
    }

    // MARK: What others tell it

    /// Shows what a transaction has committed at once, on every board, and rings for those who are elsewhere.
    ///
    /// It waits for nothing, so it may stand between a commit and its answers, on any thread.
    ///
    /// - Parameters:
    ///   - states: What pools hold since; also those that the transaction has only seen.
    ///   - changed: The SKUs of those that it has changed.
    public nonisolated func committed(_ states: [PoolState], changed: Set<ID<SKU>>) {
        let outcome = show { $0.apply(states) }
        guard !outcome.unknown.isEmpty || !changed.isEmpty else { return }
        loop.execute {
            self.assumeIsolated { feed in
                if !outcome.unknown.isEmpty { feed.rang(.skus(outcome.unknown)) }
                feed.ring(changed)
            }
        }
    }

    /// Reads SKUs again and rings; returns when every board shows them, or when they could not be read now.
    ///
    /// For transactions that do not know what the pools hold since, or have made new ones.
    public func reread(_ skus: Set<ID<SKU>>) async {
        ring(skus)
        await withCheckedContinuation { wait(for: skus, $0) }
    }

    private func wait(for skus: Set<ID<SKU>>, _ waiter: CheckedContinuation<Void, Never>) {
        guard !isClosing else { return waiter.resume() }
        waiters.append(waiter)
        machine.turnWanted()
        rang(.skus(skus))
    }

    // MARK: Its life

    /// Keeps the boards until the feed is closed; to be run once, and not to be cancelled.
    public func run() async {
        let reading = Task(executorPreference: loop) {
            await withTaskGroup(of: Void.self) { group in
                group.addTask(executorPreference: self.loop) { await self.hear() }
                group.addTask(executorPreference: self.loop) { await self.read() }
            }
        }
        let ringing = Task(executorPreference: loop) { await self.ringWhatGathers() }
        // It ends when the feed is closed, and what is read then would not be seen any more.
        await ringing.value
        reading.cancel()
        await reading.value
    }

    /// Reads no more, and rings for what was committed; then ``run()`` returns.
    public func close() {
        isClosing = true
        wakeReader()
        wakeRinger()
    }

    private func hear() async {
        await withTaskGroup(of: Void.self) { group in
            if let listening {
                let listener = Listener(
                    listening.options, channels: [Doorbell.channel(of: listening.schema)], on: loop
                ) { event in self.assumeIsolated { $0.heard(event) } }
                group.addTask(executorPreference: loop) { await listener.run() }
            }
            group.addTask(executorPreference: loop) { await self.tick() }
        }
    }

    private func heard(_ event: Listener.Event) {
        switch event {
        case .listening: machine.listening()
        case .lost(let error):
            if machine.freshness == .current {
                logger.warning("doorbells are not heard, asking instead", metadata: ["cause": "\(error)"])
            }
            machine.lost()
        case .notified(let notification):
            let doorbell = Doorbell(payload: notification.payload)
            if doorbell.origin != origin { machine.rang(doorbell.wanted) }
        }
        showFreshness()
        wakeReader()
    }

    private func tick() async {
        while true {
            do throws(EventLoopError) {
                try await loop.sleep(until: .now().advanced(by: limits.pollInterval))
            } catch {
                return
            }
            machine.tick(at: .now())
            wakeReader()
        }
    }

    private func rang(_ wanted: Doorbell.Wanted) {
        machine.rang(wanted)
        wakeReader()
    }

    // MARK: Reading

    private func read() async {
        while true {
            await withCheckedContinuation { sleepUnlessDue($0) }
            let now = MonotonicInstant.now()
            guard !isClosing else { break }
            guard let reading = machine.next(at: now) else { continue }
            let served = waiters
            waiters = []
            do throws(PostgresError) {
                try await perform(reading)
                machine.finished(reading, began: now)
            } catch {
                if machine.freshness == .current || machine.freshness == .unread {
                    logger.warning("the stock cannot be read", metadata: ["cause": "\(error)"])
                }
                machine.failed()
            }
            showFreshness()
            for waiter in served { waiter.resume() }
        }
        for waiter in waiters { waiter.resume() }
        waiters = []
    }

    /// Looks again before it sleeps: entering the continuation may have let a doorbell in.
    private func sleepUnlessDue(_ continuation: CheckedContinuation<Void, Never>) {
        guard !machine.isDue, !isClosing else { return continuation.resume() }
        reader = continuation
    }

    private func wakeReader() {
        guard machine.isDue || isClosing else { return }
        reader?.resume()
        reader = nil
    }

    private func showFreshness() {
        let freshness = machine.freshness
        guard boards[0].freshness != freshness else { return }
        for board in boards { board.show(freshness) }
        watcher?(.freshness(freshness))
    }

    // MARK: Ringing

    /// Rings soon; what gathers until then rings together.
    private func ring(_ skus: Set<ID<SKU>>) {
        guard !skus.isEmpty else { return }
        unrung.formUnion(skus)
        wakeRinger()
    }

    private func ringWhatGathers() async {
        while true {
            await withCheckedContinuation { sleepUnlessUnrung($0) }
            let skus = unrung
            unrung = []
            if skus.isEmpty { return }
            await ring(for: skus)
            if !isClosing { try? await loop.sleep(until: .now().advanced(by: limits.ringPause)) }
        }
    }

    private func sleepUnlessUnrung(_ continuation: CheckedContinuation<Void, Never>) {
        guard unrung.isEmpty, !isClosing else { return continuation.resume() }
        ringer = continuation
    }

    private func wakeRinger() {
        ringer?.resume()
        ringer = nil
    }
}
