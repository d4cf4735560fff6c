internal import CloudWarehouse
internal import EventLoop
public import HTTPServer
internal import HTTPTypes
internal import JSON
public import Logging

/// The service of one base over HTTP: routes to resources, and every refusal in one form.
///
/// It answers from the start: `/livez` and `/readyz` at once, everything else 503 with the reason until ``open(_:)`` has given
/// it its services.
public final class WarehouseAPI: Sendable {
    private struct Door {
        var router: Router
        /// Nil until there are services.
        var authenticator: Authenticator?
    }

    private let door: Lock<Door>
    private let readiness: Readiness
    private let logger: Logger

    /// The API of a service that is starting.
    public init(readiness: Readiness, logger: Logger) {
        door = Lock(Door(router: Router(HealthResource(readiness: readiness).routes)))
        self.readiness = readiness
        self.logger = logger
    }

    /// The API over services that are there already.
    public convenience init(_ services: BaseServices, readiness: Readiness, logger: Logger) {
        self.init(readiness: readiness, logger: logger)
        open(services)
    }

    /// Serves everything from now on, with these services.
    public func open(_ services: BaseServices) {
        let router = Router(Self.routes(services, readiness: readiness) + Self.pages(services))
        door.withLock { $0 = Door(router: router, authenticator: services.authenticator) }
    }

    /// The route table.
    static func routes(_ services: BaseServices, readiness: Readiness) -> [Route] {
        let resources: [[Route]] = [
            HealthResource(readiness: readiness).routes, StockResource(board: services.board).routes,
            OrdersResource(desk: services.desk).routes, OrderResource(orders: services.orders).routes,
            OwnersResource(catalog: services.catalog).routes, WarehousesResource(stock: services.stock).routes,
            LocationsResource(stock: services.stock).routes, ProductsResource(catalog: services.catalog).routes,
            InboundsResource(stock: services.stock).routes, LotsResource(stock: services.stock).routes,
            MovementsResource(stock: services.stock).routes, OverlayResource(board: services.board).routes,
            EventsResource(
                outbox: services.outbox, watch: services.watch, authenticator: services.authenticator,
                readiness: readiness
            ).routes,
        ]
        let all = resources.flatMap { $0 }
        return all + DocumentationResource(of: all).routes
    }

    /// What browsers ask for: pages, and what they are made of.
    static func pages(_ services: BaseServices) -> [Route] {
        let resources: [[Route]] = [
            EntrancePages(signIn: services.signIn, authenticator: services.authenticator).routes,
            SessionPages(signIn: services.signIn, authenticator: services.authenticator).routes,
            StockPages(board: services.board).routes, OverlayPages().routes, PageAssets().routes,
        ]
        return resources.flatMap { $0 }
    }

    /// Answers a request; never throws, since every failure has a form of its own.
    public func answer(_ request: Request) async -> Response {
        let door = door.withLock { $0 }
        do throws(Problem) {
            return try await door.router.answer(request) { request, audience throws(Problem) in
                // Until then nobody can be known, and nothing but the health is told.
                guard let authenticator = door.authenticator else { throw Problem(notReady: readiness.current) }
                return try await authenticator.caller(of: request, for: audience)
            }
        } catch {
            if let cause = error.cause {
                let level: Logger.Level = error.code == .internalError ? .error : .warning
                logger.log(
                    level: level, "a request failed", metadata: ["path": "\(request.path)", "cause": "\(cause)"])
            }
            guard let language = error.page else { return error.response }
            return ProblemPage(problem: error, language: language).response
        }
    }

    /// Renders what the server itself refuses.
    public func answer(refused refusal: Refusal, _ error: (any Error)?) -> Response {
        if let error { logger.error("a handler failed", metadata: ["error": "\(error)"]) }
        var response = Problem(refusal).response
        response.closesConnection = refusal.closesConnection
        return response
    }
}
