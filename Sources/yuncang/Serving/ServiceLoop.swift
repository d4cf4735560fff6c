internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import Logging
internal import WarehouseAPI

// The loop has a Readiness too.
internal import class WarehouseAPI.Readiness

/// One thread that serves: a loop, a server on it, and the API behind that.
struct ServiceLoop: Sendable {
    /// The thread.
    let loop: EventLoop
    /// The server.
    let server: HTTPServer
    /// What answers.
    let api: WarehouseAPI
    /// What is noted of its exchanges.
    let observation: LoopObservation

    /// What metrics are told of.
    var serving: ServiceMetrics.Serving {
        ServiceMetrics.Serving(name: loop.name, server: server, observation: observation, routes: api.routeNames)
    }

    /// Starts the loops. They share the TCP ports; of Unix-domain sockets the first is the listener, and deals out.
    static func start(
        _ settings: ServiceSettings, readiness: Readiness, rates: RateLimiter, accessLog: AccessLog?, logger: Logger
    ) async throws -> [ServiceLoop] {
        var loops: [ServiceLoop] = []
        do {
            let addresses = AddressCounts()
            for number in 0..<settings.loops {
                let loop = try EventLoop.start(name: "serve-\(number + 1)")
                let api = WarehouseAPI(readiness: readiness, rates: rates, logger: logger)
                let observation = LoopObservation(on: loop, names: api.routeNames, log: accessLog)
                do {
                    let endpoints =
                        try loops.first?.server.endpoints.filter(\.isShareable)
                        ?? free(settings, on: loop, logger)
                    let server = try HTTPServer(
                        at: endpoints, on: loop, sharesPort: settings.loops > 1, limits: settings.http,
                        trust: settings.trust, addresses: addresses, logger: logger,
                        observer: observation.observe(_:),
                        bodyRule: { api.delivery(of: $0, usual: settings.http.bodyBytes) },
                        refusalResponse: api.answer(refused:_:_:),
                        immediateHandler: api.answerAtOnce(_:), handler: api.answer(_:))
                    loops.append(ServiceLoop(loop: loop, server: server, api: api, observation: observation))
                } catch {
                    await loop.shutDown()
                    throw error
                }
            }
        } catch {
            for started in loops { await started.loop.shutDown() }
            throw error
        }
        await loops[0].server.shareLocalConnections(with: loops.dropFirst().map(\.server))
        return loops
    }

    /// The endpoints, with ports that nobody has.
    ///
    /// A listener that shares its port gets along with those of another yuncang, which then answers half of the requests:
    /// only one that does not share notices them.
    private static func free(
        _ settings: ServiceSettings, on loop: EventLoop, _ logger: Logger
    ) throws(HTTPServerError) -> [Endpoint] {
        guard settings.loops > 1 else { return settings.endpoints }
        let shared = settings.endpoints.filter(\.isShareable)
        let probe = try HTTPServer(at: shared, on: loop, logger: logger) { _ in Response(status: .serviceUnavailable) }
        return probe.endpoints + settings.endpoints.filter { !$0.isShareable }
    }
}

extension Endpoint {
    /// Whether several listeners can be there.
    fileprivate var isShareable: Bool { if case .internet = self { true } else { false } }
}
