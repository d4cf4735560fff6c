internal import EventLoop
internal import Glibc
internal import HTTPServer

/// One keep-alive connection to a yuncang that serves: a request at a time, and its answer.
///
/// It understands what that server sends, answers with a Content-Length, and nothing else. For one task.
final class ServiceConnection {
    /// What the server said.
    struct Answer: Sendable {
        /// The status code.
        let status: Int
        /// The content.
        let body: [UInt8]
    }

    /// Why there is no answer.
    enum Failure: Error, Sendable {
        /// Nobody listens there.
        case unreachable(String)
        /// The connection ended in the midst, or what came was no answer.
        case broken
        /// There was no answer in time.
        case late
    }

    private static let patience = Duration.seconds(30)

    private let descriptor: Int32
    private let loop: EventLoop
    private let host: String
    private let token: String?
    private var received: [UInt8] = []

    /// Connects to a numeric address; `token` is sent with every request.
    init(to address: SocketAddress, token: String?, on loop: EventLoop) throws(Failure) {
        self.loop = loop
        self.token = token
        host = address.description
        do {
            descriptor = try address.connected()
        } catch {
            throw .unreachable("\(error)")
        }
    }

    deinit {
        close(descriptor)
    }

    /// Asks, and waits for the answer.
    func ask(_ method: String, _ target: String, json body: [UInt8]? = nil) async throws(Failure) -> Answer {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n"
        if let token { head += "Authorization: Bearer \(token)\r\n" }
        if let body { head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n" }
        try await send(Array((head + "\r\n").utf8) + (body ?? []))
        return try await answer()
    }

    private func send(_ bytes: [UInt8]) async throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                try await ready(for: .writable)
            } else {
                throw .broken
            }
        }
    }

    private func answer() async throws(Failure) -> Answer {
        while true {
            if let head = try head(), received.count >= head.byteCount + head.contentLength {
                let end = head.byteCount + head.contentLength
                defer { received.removeFirst(end) }
                return Answer(status: head.status, body: Array(received[head.byteCount..<end]))
            }
            try await receive()
        }
    }

    /// The head of the answer; nil while it is not complete.
    private func head() throws(Failure) -> AnswerHead? {
        do throws(AnswerHead.Malformed) { return try AnswerHead(of: received) } catch { throw .broken }
    }

    private func receive() async throws(Failure) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count > 0 { return received += buffer[..<count] }
            guard count < 0, errno == EAGAIN else { throw .broken }
            try await ready(for: .readable)
        }
    }

    private func ready(for interest: Interest) async throws(Failure) {
        do throws(EventLoopError) {
            let deadline = MonotonicInstant.now().advanced(by: Self.patience)
            _ = try await loop.readiness(of: descriptor, for: interest, until: deadline)
        } catch {
            throw error == .deadlineExceeded ? .late : .broken
        }
    }
}
