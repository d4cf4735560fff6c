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
    /// By reference, since every request takes it.
    private final class Door: Sendable {
        let router: Router
        /// Nil until there are services.
        let authenticator: Authenticator?

        init(router: Router, authenticator: Authenticator? = nil) {
            (self.router, self.authenticator) = (router, authenticator)
        }
    }

    private let door: Lock<Door>
    private let readiness: Readiness
    /// What its routes are called towards observers.
    public let routeNames = RouteNames()
    private let rates: RateLimiter
    private let logger: Logger

    /// The API of a service that is starting.
    public init(readiness: Readiness, rates: RateLimiter = RateLimiter(.none), logger: Logger) {
        door = Lock(Door(router: Router(HealthResource(readiness: readiness).routes, names: routeNames)))
        self.readiness = readiness
        self.rates = rates
        self.logger = logger
    }

    /// The API over services that are there already.
    public convenience init(
        _ services: BaseServices, readiness: Readiness, rates: RateLimiter = RateLimiter(.none), logger: Logger
    ) {
        self.init(readiness: readiness, rates: rates, logger: logger)
        open(services)
    }

    /// Serves everything from now on, with these services.
    public func open(_ services: BaseServices) {
        let router = Router(
            Self.routes(services, readiness: readiness) + Self.pages(services, rates: rates), names: routeNames)
        door.withLock { $0 = Door(router: router, authenticator: services.authenticator) }
    }

    /// The route table.
    static func routes(_ services: BaseServices, readiness: Readiness) -> [Route] {
        let authenticator = services.authenticator
        let resources: [[Route]] = [
            HealthResource(readiness: readiness).routes,
            StockResource(board: services.board, authenticator: authenticator).routes,
            OrdersResource(desk: services.desk, orders: services.orders).routes,
            OrderResource(orders: services.orders).routes,
            OrderAmendmentsResource(orders: services.orders).routes,
            OrderChangesResource(desk: services.desk).routes,
            OwnersResource(catalog: services.catalog).routes, WarehousesResource(stock: services.stock).routes,
            ZonesResource(stock: services.stock).routes, LocationsResource(stock: services.stock).routes,
            ProductsResource(catalog: services.catalog, authenticator: authenticator).routes,
            ProductSetResource(catalog: services.catalog).routes,
            ProductLimitResource(catalog: services.catalog).routes,
            ProductSourcingResource(catalog: services.catalog).routes,
            InboundsResource(stock: services.stock).routes, InboundStepsResource(stock: services.stock).routes,
            InboundPicturesResource(stock: services.stock).routes,
            TransfersResource(stock: services.stock).routes, CountsResource(stock: services.stock).routes,
            LotsResource(stock: services.stock, authenticator: authenticator).routes,
            MovementsResource(stock: services.stock, authenticator: authenticator).routes,
            AdjustmentsResource(stock: services.stock).routes,
            LoadingsResource(stock: services.stock, authenticator: authenticator).routes,
            WavesResource(fulfilment: services.stock.fulfilment).routes,
            WaveStepsResource(fulfilment: services.stock.fulfilment).routes,
            ParcelsResource(fulfilment: services.stock.fulfilment).routes,
            OverlayResource(board: services.board).routes,
            EventsResource(
                outbox: services.outbox, watch: services.watch, authenticator: authenticator, readiness: readiness
            ).routes,
        ]
        let all = resources.flatMap { $0 }
        return all + DocumentationResource(of: all).routes
    }

    /// What browsers ask for: pages, and what they are made of.
    static func pages(_ services: BaseServices, rates: RateLimiter) -> [Route] {
        let (signIn, authenticator) = (services.signIn, services.authenticator)
        let resources: [[Route]] = [
            EntrancePages(signIn: signIn, authenticator: authenticator, rates: rates).routes,
            SessionPages(signIn: signIn, authenticator: authenticator).routes,
            StockPages(board: services.board).routes, LabelPages(stock: services.stock).routes, OverlayPages().routes,
            PageAssets().routes,
        ]
        return resources.flatMap { $0 }
    }

    /// How the body of a request comes to its route: as a whole, and of more bytes than `usual` where the route says so.
    public func delivery(of request: Request, usual: Int) -> BodyDelivery {
        .collected(atMost: max(usual, door.withLock { $0 }.router.bodyBytes(of: request) ?? usual))
    }

    /// Answers a request that waits for nothing; nil for any other, which ``answer(_:)`` takes. On the loop's thread.
    public func answerAtOnce(_ request: Request) -> Response? {
        let door = door.withLock { $0 }
        do throws(Problem) {
            return try door.router.answerAtOnce(request) { request throws(Problem) in
                try door.authenticator?.immediateCaller(of: request, within: rates)
            }
        } catch {
            return answer(request, to: error)
        }
    }

    /// Answers a request; never throws, since every failure has a form of its own.
    public func answer(_ request: Request) async -> Response {
        let door = door.withLock { $0 }
        do throws(Problem) {
            return try await door.router.answer(request) { request throws(Problem) in
                try rates.admit(request.clientAddress)
            } authenticating: { request, audience throws(Problem) in
                // Until then nobody can be known, and nothing but the health is told.
                guard let authenticator = door.authenticator else { throw Problem(notReady: readiness.current) }
                return try await authenticator.caller(of: request, for: audience, within: rates)
            }
        } catch {
            return answer(request, to: error)
        }
    }

    private func answer(_ request: Request, to problem: Problem) -> Response {
        if let cause = problem.cause {
            let level: Logger.Level = problem.code == .internalError ? .error : .warning
            logger.log(
                level: level, "a request failed",
                metadata: ["path": "\(request.path)", "cause": "\(cause)", "request_id": "\(request.id)"])
        }
        var problem = problem
        problem.requestID = request.id
        guard let language = problem.page else { return problem.response }
        return ProblemPage(problem: problem, language: language).response
    }

    /// Renders what the server itself refuses.
    public func answer(refused refusal: Refusal, _ error: (any Error)?, _ id: RequestID) -> Response {
        if let error {
            logger.error("a handler failed", metadata: ["error": "\(error)", "request_id": "\(id)"])
        }
        var problem = Problem(refusal)
        problem.requestID = id
        var response = problem.response
        response.closesConnection = refusal.closesConnection
        return response
    }
}
