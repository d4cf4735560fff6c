internal import EventLoop
internal import FoundationEssentials
internal import Glibc
internal import HTTPServer

/// Asks whoever listens at an address for `/readyz`, and understands only the answers of a yuncang.
struct ReadinessQuestion: Sendable {
    /// What a yuncang says.
    enum Answer: Sendable, Equatable {
        /// It serves; the text says how.
        case ready(String)
        /// It does not; the text says why, and what to do.
        case notReady(String)
    }

    /// Where.
    let address: SocketAddress
    /// Where the socket is waited for.
    let loop: EventLoop

    /// How long whoever listens may take to answer.
    private static let patience = Duration.seconds(5)
    /// The most bytes of an answer that are read.
    private static let answerBytes = 64 * 1_024

    /// The answer; nil when there is none in time, or none of a yuncang.
    func ask() async -> Answer? {
        let deadline = MonotonicInstant.now().advanced(by: Self.patience)
        guard let descriptor = connected() else { return nil }
        defer { close(descriptor) }
        let request = Array("GET /readyz HTTP/1.1\r\nHost: \(address)\r\nConnection: close\r\n\r\n".utf8)
        do throws(EventLoopError) {
            _ = try await loop.readiness(of: descriptor, for: .writable, until: deadline)
            guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
            return Self.answer(in: try await answer(from: descriptor, until: deadline))
        } catch {
            return nil
        }
    }

    /// Reads a whole answer; nil for what a yuncang would not say.
    static func answer(in bytes: [UInt8]) -> Answer? {
        struct Ready: Decodable { let state: String }
        struct Refused: Decodable {
            let code: String
            let detail: String
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let body = Data(text[end.upperBound...].utf8)
        if text.hasPrefix("HTTP/1.1 200 ") {
            return (try? JSONDecoder().decode(Ready.self, from: body)).map { .ready($0.state) }
        }
        guard text.hasPrefix("HTTP/1.1 503 "), let refused = try? JSONDecoder().decode(Refused.self, from: body),
            refused.code == "unavailable"
        else { return nil }
        return .notReady(refused.detail)
    }

    private func answer(from descriptor: Int32, until deadline: MonotonicInstant) async throws(EventLoopError)
        -> [UInt8]
    {
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while answer.count < Self.answerBytes {
            _ = try await loop.readiness(of: descriptor, for: .readable, until: deadline)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EAGAIN || errno == EINTR { continue }
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return answer
    }

    /// A socket on its way to the address.
    private func connected() -> Int32? {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address.host, String(address.port), &hints, &found) == 0, let info = found?.pointee else {
            return nil
        }
        defer { freeaddrinfo(found) }
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(info.ai_family, type, 0)
        guard descriptor >= 0 else { return nil }
        if connect(descriptor, info.ai_addr, info.ai_addrlen) == 0 || errno == EINPROGRESS { return descriptor }
        close(descriptor)
        return nil
    }
}
