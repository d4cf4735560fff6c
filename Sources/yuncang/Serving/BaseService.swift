internal import CloudWarehouse
internal import EventLoop
internal import Logging
internal import Postgres
internal import WarehouseAPI

/// What serves one base while it is open: connections, tokens and a stock board on every loop; the order intake on the first;
/// and on the last, which has no orders to take in if there are several, what feeds the boards, ends holds, numbers events and
/// seals the audit log.
struct BaseService: Sendable {
    /// The base.
    let base: Base
    /// One for each loop, in their order.
    let pools: [Pool]
    /// One for each loop, in their order.
    let authenticators: [Authenticator]
    /// One for each loop, in their order.
    let watches: [EventWatch]
    /// Takes the orders of all loops.
    let intake: OrderIntake
    /// Tells how far the numbering of events is behind.
    let backlog: OutboxWatch
    /// Keeps a board for each loop, in their order.
    let feed: StockFeed
    private let sweeper: HoldSweeper
    private let relay: OutboxRelay
    /// The names of parts that end before they are told to.
    private let ended: AsyncStream<String>
    // No child tasks: they must outlive the cancellation that ends the service, to finish what they have.
    private let taking: Task<Void, Never>
    private let feeding: Task<Void, Never>
    private let sweeping: Task<Void, Never>
    private let relaying: Task<Void, Never>
    private let sealing: Task<Void, Never>

    /// Opens the base on these loops, of which the first takes the orders in.
    init(_ base: Base, on loops: [EventLoop], settings: ServiceSettings, logger: Logger) {
        self.base = base
        pools = zip(loops, settings.connectionsPerLoop).map { loop, connections in
            var limits = PoolLimits()
            limits.connections = connections
            return Pool(
                settings.sessions(of: base), limits: limits, connectionLimits: settings.limits, on: loop,
                logger: logger)
        }
        authenticators = pools.map { Authenticator(pool: $0, base: base.key, logger: logger) }
        let places = EventPlaces()
        watches = pools.map { EventWatch(pool: $0, places: places) }
        let (first, last) = (pools[0], pools[pools.count - 1])
        let feed = StockFeed(
            loops.map { _ in StockBoard() }, pool: last,
            listening: (settings.database.bounded(by: settings.sessions), base.schema), logger: logger)
        let intake = OrderIntake(pool: first, feed: feed, recipientKeys: settings.recipientKeys)
        let window = loops.count == 1 ? nil : OrderWindow(of: intake, on: last.loop)
        let sweeper = HoldSweeper(
            pool: last, desk: OrderDesk(of: intake, window: window), limits: settings.holds)
        let relay = OutboxRelay(pool: last)
        backlog = OutboxWatch(pool: last)
        let sealer = AuditSealer(pool: last, limits: settings.seals, logger: logger)
        (self.feed, self.intake, self.sweeper, self.relay) = (feed, intake, sweeper, relay)
        let (ended, ending) = AsyncStream<String>.makeStream()
        func start(
            _ name: String, on loop: EventLoop, _ run: @escaping @Sendable () async -> Void
        ) -> Task<Void, Never> {
            Task(executorPreference: loop) {
                await run()
                ending.yield(name)
            }
        }
        self.ended = ended
        taking = start("order intake", on: first.loop) { await intake.run() }
        feeding = start("stock feed", on: last.loop) { await feed.run() }
        sweeping = start("hold sweeper", on: last.loop) { await sweeper.run() }
        relaying = start("outbox relay", on: last.loop) { await relay.run() }
        sealing = start("audit sealer", on: last.loop) { await sealer.run() }
    }

    /// The name of the first part that ends by itself, which none should; nil when the task is cancelled.
    func firstEnded() async -> String? {
        await ended.first { _ in true }
    }

    /// What answers on the loop of that number.
    func services(ofLoop index: Int, recipientKeys: RecipientKeys?) -> BaseServices {
        BaseServices(
            board: feed.boards[index], intake: intake,
            window: index == 0 ? nil : OrderWindow(of: intake, on: pools[index].loop),
            orders: Orders(pool: pools[index], recipientKeys: recipientKeys),
            catalog: Catalog(pool: pools[index]), stock: Stock(pool: pools[index], timeZone: base.timeZone, feed: feed),
            authenticator: authenticators[index],
            signIn: SignIn(pool: pools[index], base: base.key, timeZone: base.timeZone),
            outbox: Outbox(pool: pools[index]), watch: watches[index])
    }

    /// What metrics are told of.
    var observed: ServiceMetrics.OpenBase {
        ServiceMetrics.OpenBase(pools: pools, intake: intake, board: feed.boards[0], backlog: backlog)
    }

    /// Answers the orders that were taken in, rings for them and numbers their events, then closes every connection. The
    /// sweeper, whose holds the intake ends, goes first.
    func close() async {
        sealing.cancel()
        await sealing.value
        await sweeper.close()
        await sweeping.value
        await intake.close()
        await taking.value
        await feed.close()
        await feeding.value
        await relay.close()
        await relaying.value
        for pool in pools { await pool.shutDown() }
    }
}
