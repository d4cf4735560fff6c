internal import CloudWarehouse
internal import EventLoop
internal import Logging
internal import Postgres

/// What serves one base while it is open: connections on every loop; the order intake and the audit sealer on the first.
struct BaseService: Sendable {
    /// The base.
    let base: Base
    /// One for each loop, in their order.
    let pools: [Pool]
    /// One for each loop, in their order.
    let authenticators: [Authenticator]
    /// Takes the orders of all loops.
    let intake: OrderIntake
    /// Not a child task: it must outlive the cancellation that ends the service, to answer the orders that it has.
    private let taking: Task<Void, Never>
    /// Not a child task either, so that it ends before the connections do.
    private let sealing: Task<Void, Never>

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
        authenticators = pools.map { Authenticator(pool: $0, base: base.key, logger: logger) }
        let intake = OrderIntake(pool: pools[0])
        self.intake = intake
        taking = Task(executorPreference: loops[0]) { await intake.run() }
        let sealer = AuditSealer(pool: pools[0], limits: settings.seals, logger: logger)
        sealing = Task(executorPreference: loops[0]) { await sealer.run() }
    }

    /// Answers the orders that were taken in, then closes every connection.
    func close() async {
        sealing.cancel()
        await sealing.value
        await intake.close()
        await taking.value
        for pool in pools { await pool.shutDown() }
    }
}
