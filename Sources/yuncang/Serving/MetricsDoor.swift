internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import Logging
internal import Prometheus
internal import WarehouseAPI

/// `GET /metrics` on a listener of its own, for the Prometheus of this machine.
///
/// It is not among the API's routes, so that no token has to be given to Prometheus and no path of the API tells of the
/// service to whoever finds it; it is there only when asked for, and only on the loopback.
struct MetricsDoor: Sendable {
    /// Few connections: a Prometheus has one or two.
    private static let limits: HTTPServer.Limits = {
        var limits = HTTPServer.Limits()
        limits.connections = 16
        limits.bodyBytes = 1_024
        return limits
    }()

    /// Listens at this address, on that loop.
    static func listening(
        at address: SocketAddress, on loop: EventLoop, of metrics: ServiceMetrics, logger: Logger
    ) throws(HTTPServerError) -> HTTPServer {
        try HTTPServer(at: address, on: loop, limits: limits, logger: logger) { request in
            guard request.path == "/metrics" else { return Response(status: .notFound) }
            guard request.method == .get || request.method == .head else {
                return Response(status: .methodNotAllowed, fields: [.allow: "GET, HEAD"])
            }
            return Response(
                status: .ok, fields: [.contentType: PrometheusText.mediaType, .cacheControl: "no-store"],
                body: PrometheusText.bytes(of: await metrics.families()))
        }
    }
}

extension SocketAddress {
    /// Reads an address of the loopback, which is all that metrics are served on.
    init(metricsArgument text: String) throws(CommandFailure) {
        try self.init(argument: text)
        guard host == "::1" || host.hasPrefix("127.") else {
            throw .invalid(
                text,
                rule: Text(
                    en: "metrics are served on this machine only: 127.0.0.1 or ::1 and a port",
                    zh: "指标只在本机提供：127.0.0.1 或 ::1 加端口"))
        }
    }
}
