internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import Logging

/// A server whose handler does nothing but answer 204 bytes, the size of a stock check.
func bareServer(port: UInt16, on loop: EventLoop, logger: Logger) throws -> HTTPServer {
    let fields: ResponseFields = [.contentType: "application/json"]
    let body = [UInt8](repeating: UInt8(ascii: "x"), count: 204)
    return try HTTPServer(at: .loopback(port: port), on: loop, logger: logger) { _ in
        Response(status: .ok, fields: fields, body: body)
    }
}
