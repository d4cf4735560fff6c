internal import EventLoop
internal import Glibc

/// Stands between a client and a PostgreSQL without TLS, forwards every byte, and on demand loses the reply to one COMMIT:
/// that takes effect, and nobody hears of it. Or it loses a COMMIT before it arrives.
package final class LossyProxy: Sendable {
    /// A call of the system that failed.
    package struct Failure: Error {
        let call: String
        let code: Int32
    }

    /// What is to become of the next COMMIT.
    private struct State {
        /// Which way the next one is lost: before it arrives, or its reply.
        var loss: Bool?
        var isHeld = false
        var lost = 0
        var lostBefore = 0
        var isClosed = false

        mutating func take(_ isBefore: Bool) -> Bool {
            guard loss == isBefore else { return false }
            loss = nil
            if isBefore { lostBefore += 1 } else { lost += 1 }
            return true
        }
    }

    /// Where it listens, on 127.0.0.1.
    package let port: UInt16
    private let server: UInt16
    private let listener: Int32
    private let state = Lock(State())

    /// Starts to stand before the server at that port of 127.0.0.1.
    package init(before server: UInt16) throws {
        self.server = server
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = Self.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { native in
                bind(descriptor, native, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, native, &length) == 0
            }
        }
        guard code else { throw Failure(call: "listen", code: errno) }
        port = UInt16(bigEndian: address.sin_port)
        try startThread(name: "proxy") { [self] in accept() }
    }

    /// How many replies were lost.
    package var lost: Int { state.withLock { $0.lost } }

    /// How many COMMITs were lost before they arrived.
    package var lostBefore: Int { state.withLock { $0.lostBefore } }

    /// Loses the reply to the next COMMIT, and closes its connection once the server has sent it; or that COMMIT itself, with
    /// whatever was sent after it.
    ///
    /// - Parameter isHeld: The connection whose reply was lost is closed only when ``letGo()`` says so.
    package func loseNextCommit(before isBefore: Bool = false, isHeld: Bool = false) {
        state.withLock { ($0.loss, $0.isHeld) = (isBefore, isHeld) }
    }

    /// Closes the connection whose reply was held.
    package func letGo() {
        state.withLock { $0.isHeld = false }
    }

    /// Loses nothing any more.
    package func loseNothing() {
        state.withLock { $0.loss = nil }
    }

    /// Takes no more connections.
    package func close() {
        state.withLock { $0.isClosed = true }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func accept() {
        defer { Glibc.close(listener) }
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0, !state.withLock({ $0.isClosed }) else { return }
            // A program that a test starts would keep it open, and whoever is to hear that it is closed would wait.
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            let upstream = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            var address = Self.loopback(server)
            let code = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(upstream, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            let started = code == 0 && (try? startThread(name: "proxied") { self.forward(client, upstream) }) != nil
            if !started { for descriptor in [client, upstream] { Glibc.close(descriptor) } }
        }
    }

    /// Forwards in both directions until one side ends; one thread for both, so that what is lost is decided in order.
    private func forward(_ client: Int32, _ upstream: Int32) {
        defer { for descriptor in [client, upstream] { Glibc.close(descriptor) } }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var commits = SentCommits()
        var sides = [client, upstream].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&sides, 2, -1) >= 0 {
            if sides[0].revents != 0 {
                let count = recv(client, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                if let start = commits.first(in: buffer[..<count]), state.withLock({ $0.take(true) }) {
                    _ = Self.sendAll(buffer[..<start], to: upstream)
                    return
                }
                guard Self.sendAll(buffer[..<count], to: upstream) else { return }
            }
            if sides[1].revents != 0 {
                let count = recv(upstream, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                // The tag of the finished command: it has taken effect.
                if buffer[..<count].index(of: Array("COMMIT\0".utf8)) != nil, state.withLock({ $0.take(false) }) {
                    while state.withLock({ $0.isHeld && !$0.isClosed }) { usleep(1_000) }
                    return
                }
                guard Self.sendAll(buffer[..<count], to: client) else { return }
            }
        }
    }

    private static func sendAll(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
