public import CloudWarehouse
public import HTTPServer
internal import HTTPTypes
internal import JSON
public import Logging

/// The service of one base over HTTP: routes to resources, and every refusal in one form.
public struct WarehouseAPI: Sendable {
    private let router: Router
    private let logger: Logger

    /// The API over these services.
    public init(stock: Stock, intake: OrderIntake, readiness: Readiness, logger: Logger) {
        router = Router(Self.routes(stock: stock, intake: intake, readiness: readiness))
        self.logger = logger
    }

    /// The route table.
    static func routes(stock: Stock, intake: OrderIntake, readiness: Readiness) -> [Route] {
        HealthResource(readiness: readiness).routes + StockResource(stock: stock).routes
            + OrdersResource(intake: intake).routes
    }

    /// Answers a request; never throws, since every failure has a form of its own.
    public func answer(_ request: Request) async -> Response {
        do throws(Problem) {
            return try await router.answer(request)
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
