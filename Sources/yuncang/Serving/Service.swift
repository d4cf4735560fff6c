internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import Logging
internal import Postgres
internal import WarehouseAPI

// The loop has a Readiness too.
internal import class WarehouseAPI.Readiness

/// One base, served over HTTP from before the database is there until somebody says stop.
///
/// `/livez` and `/readyz` are answered from the first moment. The end goes in the order in which work flows: not ready,
/// no new connections, requests in flight, orders in the intake, connections to the database, threads.
struct Service: Sendable {
    /// Waits until the service shall stop; returns early when its task is cancelled.
    typealias Stop = @Sendable (EventLoop) async -> Void

    private let settings: ServiceSettings
    private let loops: [ServiceLoop]
    private let readiness: Readiness
    private let accessLog: AccessLog?
    private let metrics: ServiceMetrics
    /// Where metrics are served, if they are.
    private let metricsServer: HTTPServer?
    private let logger: Logger

    /// Binds and listens.
    static func listening(_ settings: ServiceSettings, logger: Logger) async throws -> Service {
        let readiness = Readiness()
        let rates = RateLimiter(settings.rates)
        let accessLog = try settings.accessLog.opened(logger: logger)
        do {
            let loops = try await ServiceLoop.start(
                settings.loops, at: settings.address, readiness: readiness, rates: rates, accessLog: accessLog,
                logger: logger)
            let metrics = ServiceMetrics(
                loops: loops.map(\.serving), rates: rates, accessLog: accessLog, registry: settings.registry)
            let metricsServer: HTTPServer?
            do {
                metricsServer = try settings.metricsAddress.map {
                    try MetricsDoor.listening(at: $0, on: loops[loops.count - 1].loop, of: metrics, logger: logger)
                }
            } catch {
                for loop in loops { await loop.loop.shutDown() }
                throw error
            }
            return Service(
                settings: settings, loops: loops, readiness: readiness, accessLog: accessLog, metrics: metrics,
                metricsServer: metricsServer, logger: logger)
        } catch {
            await accessLog?.close()
            throw error
        }
    }

    /// Where it listens, with the port that was chosen if 0 was asked for.
    var address: SocketAddress { loops[0].server.address }

    /// Where metrics are served; nil: nowhere.
    var metricsAddress: SocketAddress? { metricsServer?.address }

    /// Opens log files anew whenever somebody asks for it by SIGHUP, which no longer ends the process; once in a process.
    func heedReopening() throws(CommandFailure) {
        try ReopenSignal.call(on: loops[0].loop) { accessLog?.reopen() }
    }

    /// Serves until `stop` returns, and ends what it began; `opened` is called once, when the base is served.
    ///
    /// - Throws: ``CommandFailure`` for what keeps the base from being served and cannot heal.
    func run(until stop: @escaping Stop, opened: @Sendable (Base) -> Void) async throws {
        var service: BaseService?
        let outcome: Result<Void, any Error>
        do {
            try await withServers {
                let startUp = StartUp(settings: settings, loop: loops[0].loop, readiness: readiness, logger: logger)
                guard let base = try await unless(stop, { try await startUp.run() }) else { return }
                let open = self.open(base)
                service = open
                opened(base)
                let watch = ReadinessWatch(
                    probe: BaseProbe(of: base, through: open.pools[0]), loop: loops[0].loop, readiness: readiness,
                    logger: logger)
                _ = try await unless(stop, { await watch.run() })
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await service?.close()
        for loop in loops {
            loop.observation.finish()
            await loop.loop.shutDown()
        }
        await accessLog?.close()
        try outcome.get()
    }

    private func open(_ base: Base) -> BaseService {
        let service = BaseService(base, on: loops.map(\.loop), settings: settings, logger: logger)
        for (index, loop) in loops.enumerated() {
            loop.api.open(service.services(ofLoop: index, recipientKeys: settings.recipientKeys))
        }
        metrics.open(service.observed)
        readiness.report(.ready(warning: nil))
        return service
    }

    /// Runs every server around `body`, and drains them after it.
    private func withServers(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let servers = loops.map(\.server) + (metricsServer.map { [$0] } ?? [])
            for server in servers {
                group.addTask {
                    do throws(HTTPServerError) { try await server.run() } catch {
                        logger.critical("a listener failed", metadata: ["error": "\(error)"])
                        throw error
                    }
                }
            }
            let outcome: Result<Void, any Error>
            do {
                try await body()
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            readiness.report(.notReady("The service is shutting down."))
            for server in servers { server.drain() }
            try await group.waitForAll()
            try outcome.get()
        }
    }

    /// Runs `body` unless `stop` returns first, which cancels it; nil then.
    private func unless<Value: Sendable>(
        _ stop: @escaping Stop, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        let loop = loops[0].loop
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                await stop(loop)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
