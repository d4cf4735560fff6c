internal import CloudWarehouse
internal import EventLoop
internal import Logging
internal import Postgres

/// What serves one base while it is open: connections on every loop, and the order intake on the first.
struct BaseService: Sendable {
    /// The base.
    let base: Base
    /// One for each loop, in their order.
    let pools: [Pool]
    /// Takes the orders of all loops.
    let intake: OrderIntake
    /// Not a child task: it must outlive the cancellation that ends the service, to answer the orders that it has.
    private let taking: Task<Void, Never>

    /// Opens the base on these loops, of which the first takes the orders in.
    init(_ base: Base, on loops: [EventLoop], settings: ServiceSettings, logger: Logger) {
        self.base = base
        pools = zip(loops, settings.connectionsPerLoop).map { loop, connections in
            var limits = PoolLimits()
            limits.connections = connections
            return Pool(
                settings.database.session("search_path", base.schema), limits: limits,
                connectionLimits: settings.limits, on: loop, logger: logger)
        }
        let intake = OrderIntake(pool: pools[0], recipientKeys: settings.recipientKeys)
        self.intake = intake
        taking = Task(executorPreference: loops[0]) { await intake.run() }
    }

    /// Answers the orders that were taken in, then closes every connection.
    func close() async {
        await intake.close()
        await taking.value
        for pool in pools { await pool.shutDown() }
    }
}
