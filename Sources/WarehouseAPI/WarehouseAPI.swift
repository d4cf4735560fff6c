public import CloudWarehouse
internal import EventLoop
public import HTTPServer
internal import HTTPTypes
internal import JSON
public import Logging

/// The service of one base over HTTP: routes to resources, and every refusal in one form.
///
/// It answers from the start: `/livez` and `/readyz` at once, everything else 503 with the reason until ``open(stock:intake:orders:)``
/// has given it its services.
public final class WarehouseAPI: Sendable {
    private struct Door {
        var router: Router
        var isOpen: Bool
    }

    private let door: Lock<Door>
    private let readiness: Readiness
    private let logger: Logger

    /// The API of a service that is starting.
    public init(readiness: Readiness, logger: Logger) {
        door = Lock(Door(router: Router(HealthResource(readiness: readiness).routes), isOpen: false))
        self.readiness = readiness
        self.logger = logger
    }

    /// The API over services that are there already.
    public convenience init(stock: Stock, intake: OrderIntake, orders: Orders, readiness: Readiness, logger: Logger) {
        self.init(readiness: readiness, logger: logger)
        open(stock: stock, intake: intake, orders: orders)
    }

    /// Serves everything from now on, with these services.
    public func open(stock: Stock, intake: OrderIntake, orders: Orders) {
        let router = Router(Self.routes(stock: stock, intake: intake, orders: orders, readiness: readiness))
        door.withLock { $0 = Door(router: router, isOpen: true) }
    }

    /// The route table.
    static func routes(stock: Stock, intake: OrderIntake, orders: Orders, readiness: Readiness) -> [Route] {
        HealthResource(readiness: readiness).routes + StockResource(stock: stock).routes
            + OrdersResource(intake: intake).routes + OrderResource(orders: orders).routes
    }

    /// Answers a request; never throws, since every failure has a form of its own.
    public func answer(_ request: Request) async -> Response {
        let door = door.withLock { $0 }
        do throws(Problem) {
            return try await door.router.answer(request)
        } catch  where !door.isOpen && error.code == .notFound {
            // Whether there is such a path is told once it could be served.
            return Problem(notReady: readiness.current).response
        } catch {
            if let cause = error.cause {
                logger.warning("a request failed", metadata: ["path": "\(request.path)", "cause": "\(cause)"])
            }
            return error.response
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
