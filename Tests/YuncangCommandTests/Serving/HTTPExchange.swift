import EventLoop
import Glibc

/// One question to a server on this machine, over a connection of its own.
struct HTTPExchange: Sendable {
    let port: UInt16
    /// The Unix-domain socket to ask instead.
    var path: String?
    /// What is shown with every question.
    var token: String?

    /// How long an answer may take before the test fails instead of hanging, in seconds.
    private static let patienceSeconds = 60

    /// Asks, and gives the answer; nil when the server is not there, or ends without an answer.
    func ask(_ method: String, _ path: String, body: String = "") async -> (status: Int, body: String)? {
        let head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        let bearer = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let fields =
            bearer + (body.isEmpty ? "" : "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n")
        let answer = await exchange(head + fields + "\r\n" + body)
        guard let answer, let end = answer.firstRange(of: "\r\n\r\n"), answer.hasPrefix("HTTP/1.1 "),
            let status = Int(answer.dropFirst(9).prefix(3))
        else { return nil }
        return (status, String(answer[end.upperBound...]))
    }

    /// Places a paid order of one melon.
    func placeOrder(_ reference: String) async -> (status: Int, body: String)? {
        await ask(
            "POST", "/v1/orders",
            body: #"{"source":"shop","reference":"\#(reference)","lines":[{"sku":"melon","quantity":1}]}"#)
    }

    /// On a thread of its own, so that none of Swift's few is blocked meanwhile.
    private func exchange(_ question: String) async -> String? {
        await withCheckedContinuation { (continuation: CheckedContinuation<String?, Never>) in
            do {
                try startThread(name: "client") { [self] in continuation.resume(returning: exchange(question)) }
            } catch {
                continuation.resume(returning: nil)
            }
        }
    }

    private func exchange(_ question: String) -> String? {
        let descriptor = socket(
            path == nil ? AF_INET : AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let code = path.map { Self.connect(descriptor, to: $0) } ?? Self.connect(descriptor, to: port)
        let bytes = Array(question.utf8)
        guard code == 0, send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return nil }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return answer.isEmpty ? nil : String(decoding: answer, as: UTF8.self)
    }

    private static func connect(_ descriptor: Int32, to port: UInt16) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return connect(descriptor, to: address)
    }

    private static func connect(_ descriptor: Int32, to path: String) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return connect(descriptor, to: address)
    }

    private static func connect<Address>(_ descriptor: Int32, to address: Address) -> Int32 {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}
