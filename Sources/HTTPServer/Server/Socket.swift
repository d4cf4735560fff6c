internal import CEventLoop
internal import Glibc

/// A socket's descriptor and its only owner; closed when it goes away.
struct Socket: ~Copyable {
    /// What a non-blocking transfer came to.
    enum Transfer {
        case bytes(Int)
        /// The peer will send no more.
        case end
        case later
        case failed
    }

    let descriptor: Int32

    /// Takes over an open descriptor.
    init(owning descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// A non-blocking socket that listens at `address`.
    static func listening(
        at address: SocketAddress, sharesPort: Bool, backlog: Int
    ) throws(HTTPServerError) -> Socket {
        try address.withNative { native, length throws(HTTPServerError) in
            let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
            let descriptor = Glibc.socket(Int32(native.pointee.sa_family), type, 0)
            guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
            let socket = Socket(owning: descriptor)
            try socket.enable(SO_REUSEADDR, level: SOL_SOCKET)
            if sharesPort { try socket.enable(SO_REUSEPORT, level: SOL_SOCKET) }
            guard bind(descriptor, native, length) == 0 else {
                throw errno == EADDRINUSE ? .addressInUse(address) : .system(call: "bind", code: errno)
            }
            guard listen(descriptor, Int32(clamping: backlog)) == 0 else {
                throw errno == EADDRINUSE ? .addressInUse(address) : .system(call: "listen", code: errno)
            }
            return socket
        }
    }

    /// The port that the socket is bound to, also when the kernel chose it.
    func boundPort() throws(HTTPServerError) -> UInt16 {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutableBytes(of: &storage) { bytes in
            // The storage is large enough for every family, and aligned for all of them.
            getsockname(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
        }
        guard result == 0 else { throw .system(call: "getsockname", code: errno) }
        // The port stands at the same offset in sockaddr_in and sockaddr_in6, in network order.
        return withUnsafeBytes(of: &storage) { UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
    }

    /// What asking for the next connection came to.
    enum Accepted {
        /// A non-blocking descriptor without Nagle's delay, and who is at its other end.
        case connection(Int32, from: ClientAddress)
        /// The errno that says why there is none.
        case none(Int32)
    }

    /// The next connection.
    func accept() -> Accepted {
        var storage = sockaddr_storage()
        var length = UInt32(MemoryLayout<sockaddr_storage>.size)
        let accepted = cel_accept(descriptor, &storage, &length)
        guard accepted >= 0 else { return .none(errno) }
        let peer = ClientAddress(native: storage)
        if case .ip = peer {
            var enabled: Int32 = 1
            // Should the kernel refuse, answers are late, not wrong.
            _ = setsockopt(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, &enabled, socklen_t(MemoryLayout<Int32>.size))
        }
        return .connection(accepted, from: peer)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        let count = Glibc.recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 { return .bytes(count) }
        if count == 0 { return .end }
        return SystemErrors.meansLater(errno) ? .later : .failed
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        if count >= 0 { return .bytes(count) }
        return SystemErrors.meansLater(errno) ? .later : .failed
    }

    /// Tells the peer that no more will come; one that has gone already needs no telling.
    func finishWriting() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Makes closing tell the peer that the connection broke, instead of that it has ended. Should the kernel refuse, the peer
    /// sees an end.
    func resetOnClose() {
        var immediately = linger(l_onoff: 1, l_linger: 0)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &immediately, socklen_t(MemoryLayout<linger>.size))
    }

    private func enable(_ option: Int32, level: Int32) throws(HTTPServerError) {
        var enabled: Int32 = 1
        guard setsockopt(descriptor, level, option, &enabled, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw .system(call: "setsockopt", code: errno)
        }
    }
}
