import EventLoop
import Glibc
import HTTPServer
import HTTPTypes
import Testing

/// Asks one question over a connection of its own, which the server closes after its answer.
final class SocketClient: Sendable {
    private let descriptor: Int32
    private let loop: EventLoop

    /// How long any wait may take before the test fails instead of hanging.
    private static let patience = Duration.seconds(30)

    struct Broken: Error {
        let code: Int32
    }

    init(to address: SocketAddress, on loop: EventLoop) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.loop = loop
        try #require(descriptor >= 0)
        var native = sockaddr_in()
        native.sin_family = sa_family_t(AF_INET)
        native.sin_port = address.port.bigEndian
        native.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        // A connection to this machine's listener succeeds at once, before it is accepted.
        let code = withUnsafePointer(to: &native) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(code == 0)
    }

    deinit { close(descriptor) }

    func ask(_ question: Question) async throws -> Answer {
        var head = "\(question.method.rawValue) \(question.target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        for (name, value) in question.fields { head += "\(name.rawName): \(value)\r\n" }
        if !question.body.isEmpty { head += "Content-Length: \(question.body.count)\r\n" }
        return try Answer(await exchange(Array((head + "\r\n").utf8) + question.body), isHead: question.method == .head)
    }

    /// Sends these bytes and gives everything up to the server's close.
    func exchange(_ bytes: [UInt8]) async throws -> [UInt8] {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Broken(code: errno) }
            rest = rest.dropFirst(count)
        }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let deadline = MonotonicInstant.now().advanced(by: Self.patience)
            _ = try await loop.readiness(of: descriptor, for: .readable, until: deadline)
            let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            guard count >= 0 else { throw Broken(code: errno) }
            if count == 0 { return received }
            received += buffer[..<count]
        }
    }
}
