import Glibc
import HTTPServer
import Testing

/// A connection that stays open for as long as the test holds it.
final class HeldConnection {
    private let descriptor: Int32

    init(port: UInt16) throws {
        descriptor = try SocketAddress.loopback(port: port).connected()
        // It waits for answers, and for a minute at most.
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Asks, and gives the first of the answer that comes; nil when none does.
    func ask(_ path: String) -> String? {
        let question = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
        // Whoever was refused may hear why although nobody takes the question any more.
        _ = send(descriptor, question, question.count, Int32(MSG_NOSIGNAL))
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
