import EventLoop
import Glibc
import Testing

@testable import HTTPServer

/// A client that sends exactly what a test says and shows exactly what comes back; it waits on the test's loop.
final class RawClient: Sendable {
    private let descriptor: Int32
    private let loop: EventLoop

    /// How long any wait may take before the test fails instead of hanging.
    private static let patience = Duration.seconds(20)

    private static let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)

    /// Connects, from another address of this machine than the usual one if that is given.
    init(to address: SocketAddress, from source: String? = nil, on loop: EventLoop) throws {
        descriptor = socket(address.host.contains(":") ? AF_INET6 : AF_INET, Self.type, 0)
        self.loop = loop
        try #require(descriptor >= 0)
        if let source {
            let bound = try SocketAddress(host: source, port: 0).withNative { native, length throws(HTTPServerError) in
                bind(descriptor, native, length)
            }
            try #require(bound == 0)
        }
        let code = try address.withNative { native, length throws(HTTPServerError) in
            connect(descriptor, native, length) == 0 ? 0 : errno
        }
        try #require(code == 0 || code == EINPROGRESS)
    }

    /// Connects to a path.
    init(to address: UnixAddress, on loop: EventLoop) throws {
        descriptor = socket(AF_UNIX, Self.type, 0)
        self.loop = loop
        try #require(descriptor >= 0)
        let code = try address.withNative { native, length throws(HTTPServerError) in
            connect(descriptor, native, length) == 0 ? 0 : errno
        }
        try #require(code == 0, "connect: \(code)")
    }

    deinit {
        close(descriptor)
    }

    /// Sends text whose line feeds become CR LF.
    func send(_ text: String) async throws {
        try await send(exactly: WireText(text).bytes)
    }

    /// Sends these bytes.
    func send(exactly bytes: [UInt8]) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                try await ready(.writable)
            } else {
                throw ClientError.broken(code: errno)
            }
        }
    }

    /// Sends a GET for each target, all at once.
    func get(_ targets: String...) async throws {
        try await send(targets.map { "GET \($0) HTTP/1.1\nHost: a\n\n" }.joined())
    }

    /// What arrives next; nil once the server has closed.
    func receive() async throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count > 0 { return Array(buffer[..<count]) }
            if count == 0 { return nil }
            guard errno == EAGAIN else { throw ClientError.broken(code: errno) }
            try await ready(.readable)
        }
    }

    /// The next `count` answers, as ``Answer`` values.
    func answers(_ count: Int) async throws -> [Answer] {
        var bytes: [UInt8] = []
        while true {
            if let answers = Answer.split(bytes), answers.count >= count { return answers }
            guard let more = try await receive() else { throw ClientError.closed(after: bytes) }
            bytes += more
        }
    }

    /// Everything up to the server's close.
    func answersUntilClose() async throws -> [Answer] {
        var bytes: [UInt8] = []
        while let more = try await receive() { bytes += more }
        guard let answers = Answer.split(bytes) else { throw ClientError.closed(after: bytes) }
        return answers
    }

    /// Says that no more will be sent.
    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    private func ready(_ interest: Interest) async throws {
        let deadline = MonotonicInstant.now().advanced(by: Self.patience)
        _ = try await loop.readiness(of: descriptor, for: interest, until: deadline)
    }
}

enum ClientError: Error {
    case broken(code: Int32)
    case closed(after: [UInt8])
}

/// An answer as it came over the wire.
struct Answer: Equatable {
    let status: Int
    let closes: Bool
    let body: String

    /// The answers that `bytes` consist of; nil if the last is incomplete.
    static func split(_ bytes: [UInt8]) -> [Answer]? {
        var answers: [Answer] = []
        var rest = Substring(String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n"))
        while !rest.isEmpty {
            guard let headEnd = rest.firstRange(of: "\n\n") else { return nil }
            let lines = rest[..<headEnd.lowerBound].split(separator: "\n")
            guard let status = lines.first.flatMap({ Int($0.dropFirst(9).prefix(3)) }) else { return nil }
            let length = lines.first { $0.hasPrefix("Content-Length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
            let body = rest[headEnd.upperBound...].prefix(length)
            guard body.count == length else { return nil }
            answers.append(Answer(status: status, closes: lines.contains("Connection: close"), body: String(body)))
            rest = rest[body.endIndex...]
        }
        return answers
    }
}
