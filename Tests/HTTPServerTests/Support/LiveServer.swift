import EventLoop
import Glibc
import HTTPTypes
import Logging
import Testing

@testable import HTTPServer

/// A server on a loop of its own, for the length of a test.
struct LiveServer: Sendable {
    let server: HTTPServer
    let loop: EventLoop

    func client() throws -> RawClient {
        try RawClient(to: server.address, on: loop)
    }
}

/// Runs `body` against a server, then drains it and waits until it has ended.
func withServer(
    limits: HTTPServer.Limits = HTTPServer.Limits(),
    trust: ProxyTrust = .none, bodyRule: HTTPServer.BodyRule? = nil,
    handler: @escaping HTTPServer.Handler = { Response(status: .ok, body: Array($0.path.utf8)) },
    _ body: (LiveServer) async throws -> Void
) async throws {
    let loop = try EventLoop.start(name: "http test")
    let server = try HTTPServer(
        at: .loopback(port: 0), on: loop, limits: limits, trust: trust,
        logger: .silent, bodyRule: bodyRule,
        handler: handler
    )
    let running = Task { try await server.run() }
    do {
        try await body(LiveServer(server: server, loop: loop))
    } catch {
        server.drain()
        _ = await running.result
        await loop.shutDown()
        throw error
    }
    server.drain()
    try await running.value
    await loop.shutDown()
}

extension Logger {
    /// Tells nobody.
    static var silent: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }
}

/// How many descriptors this process has open on sockets that are bound or connected to `port`.
func socketCount(onPort port: UInt16) -> Int {
    (0..<4_096).count { descriptor in
        var storage = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutableBytes(of: &storage) {
            getsockname(Int32(descriptor), $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
        }
        return result == 0 && storage.sin_family == AF_INET && UInt16(bigEndian: storage.sin_port) == port
    }
}
