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

    /// The threads that serve.
    let loops: [ServiceLoop]
    private let settings: ServiceSettings
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
                settings, readiness: readiness, rates: rates, accessLog: accessLog, logger: logger)
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
                loops: loops, settings: settings, readiness: readiness, accessLog: accessLog, metrics: metrics,
                metricsServer: metricsServer, logger: logger)
        } catch {
            await accessLog?.close()
            throw error
        }
    }

    /// Where it listens, with the ports that were chosen where 0 was asked for.
    var endpoints: [Endpoint] { loops[0].server.endpoints }

    /// Where metrics are served; nil: nowhere.
    var metricsAddress: SocketAddress? { metricsServer?.address }

    /// Opens the log file anew whenever somebody asks for it by SIGHUP, which no longer ends the process; once in a process.
    /// Without a file it stays what it is: that the terminal has gone.
    func heedReopening() throws(CommandFailure) {
        guard accessLog?.isFile == true else { return }
        try ReopenSignal.call(on: loops[0].loop) { accessLog?.reopen() }
    }

    /// Serves until `stop` returns, and ends what it began; `opened` is called once, when the base is served.
    ///
    /// - Throws: ``CommandFailure`` for what keeps the base from being served and cannot heal, and for a part that ended by
    ///   itself.
    func run(until stop: @escaping Stop, opened: @escaping @Sendable (Base) -> Void) async throws {
        let service = Lock<BaseService?>(nil)
        let outcome: Result<Void, any Error>
        do {
            try await withServers {
                let startUp = StartUp(settings: settings, loop: loops[0].loop, readiness: readiness, logger: logger)
                guard let base = try await unless(stop, { try await startUp.run() }) else { return }
                let open = self.open(base)
                service.withLock { $0 = open }
                _ = try await unless(stop) {
                    try await stockIsRead(open)
                    readiness.report(.ready(warning: nil))
                    opened(base)
                    try await watch(open)
                }
                await announceEnd()
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await service.withLock { $0 }?.close()
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
        return service
    }

    /// Waits until every board shows the stock: who is sent requests before that could answer many of them with 503 only.
    private func stockIsRead(_ service: BaseService) async throws {
        readiness.report(.notReady("The stock is being read."))
        while service.feed.boards.contains(where: { $0.freshness == .unread }) {
            try await loops[0].loop.sleep(until: .now().advanced(by: .milliseconds(10)))
        }
    }

    /// Watches over what serves, until cancelled; fails when a part of it ends.
    private func watch(_ service: BaseService) async throws {
        let watch = ReadinessWatch(
            probe: BaseProbe(of: service.base, through: service.pools[0]), loop: loops[0].loop, readiness: readiness,
            logger: logger)
        let ended = await withTaskGroup(of: String?.self) { group in
            group.addTask {
                await watch.run()
                return "readiness watch"
            }
            group.addTask { await service.firstEnded() }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        if let ended, !Task.isCancelled { throw CommandFailure.ended(ended) }
    }

    /// Says that it ends, for as long as those who ask now and then need to hear it, while everything is still served.
    private func announceEnd() async {
        readiness.report(.notReady(Self.ending))
        guard settings.drainDelay > .zero else { return }
        logger.notice("not ready: ending", metadata: ["delay": "\(settings.drainDelay)"])
        try? await loops[0].loop.sleep(until: .now().advanced(by: settings.drainDelay))
    }

    private static let ending = "The service is shutting down."

    /// Runs every server beside `body`, and drains them after it. One that ends before cancels all of it.
    private func withServers(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let isEnding = Lock(false)
        let servers =
            loops.map { ("HTTP server on \($0.loop.name)", $0.server) }
            + (metricsServer.map { [("HTTP server of the metrics", $0)] } ?? [])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (name, server) in servers {
                group.addTask { @Sendable in
                    var why: HTTPServerError?
                    do throws(HTTPServerError) { try await server.run() } catch { why = error }
                    guard why != nil || !isEnding.withLock({ $0 }) && !Task.isCancelled else { return }
                    throw CommandFailure.ended(name, why?.description)
                }
            }
            group.addTask { @Sendable in
                defer {
                    readiness.report(.notReady(Self.ending))
                    isEnding.withLock { $0 = true }
                    for (_, server) in servers { server.drain() }
                }
                try await body()
            }
            // What throws here cancels the others, which drains the servers.
            while try await group.next() != nil {}
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

extension CommandFailure {
    /// A part of the service has ended, though nobody has told it to: the rest would serve half of what it should.
    static func ended(_ part: String, _ why: String? = nil) -> CommandFailure {
        CommandFailure(
            .internalError,
            what: Text(en: "a part of the service has ended by itself: the \(part)", zh: "服务的一部分自行结束：\(part)"),
            why: why.map { .verbatim($0) })
    }
}
