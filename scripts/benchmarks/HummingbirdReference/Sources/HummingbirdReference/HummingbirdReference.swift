import Foundation
import Hummingbird
import Logging
import NIOPosix

/// `HummingbirdReference PORT SKU FILE`: answers GET /v1/stock/SKU with the file's bytes, rendered before as ours are, to
/// those who present the token in TOKEN. One thread, Hummingbird's own router and middleware, no access log.
@main
struct HummingbirdReference {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let port = Int(arguments[1]),
            let token = ProcessInfo.processInfo.environment["TOKEN"],
            let file = FileManager.default.contents(atPath: arguments[3])
        else { fatalError("usage: TOKEN=… HummingbirdReference PORT SKU FILE") }
        let stock = [arguments[2]: ByteBuffer(bytes: file)]

        let router = Router()
        router.add(middleware: BearerCheck(names: [token: "bench"]))
        router.get("v1/stock/:sku") { _, context in
            guard let body = stock[try context.parameters.require("sku")] else { throw HTTPError(.notFound) }
            return Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: body))
        }
        var logger = Logger(label: "reference")
        logger.logLevel = .critical
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1)), logger: logger)
        try await application.runService()
    }
}

/// Whoever presents none of the tokens in the table is answered 401.
struct BearerCheck<Context: RequestContext>: RouterMiddleware {
    let names: [String: String]

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let value = request.headers[.authorization], value.hasPrefix("Bearer "),
            names[String(value.dropFirst(7))] != nil
        else { throw HTTPError(.unauthorized) }
        return try await next(request, context)
    }
}
