internal import Glibc

/// A numeric IP address and a port. Names are not looked up here, since that would block the loop.
public struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// An IPv4 or IPv6 address as text, such as `127.0.0.1` or `::1`.
    public let host: String
    /// The port; 0 lets the kernel choose one.
    public let port: UInt16

    /// An address that is checked when it is bound.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// This machine alone, over IPv4.
    public static func loopback(port: UInt16) -> SocketAddress {
        SocketAddress(host: "127.0.0.1", port: port)
    }

    /// `host:port`, an IPv6 address in brackets.
    public var description: String {
        host.utf8.contains(ASCII.colon) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Calls `body` with the address as the kernel wants it.
    func withNative<Result: ~Copyable>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) throws(HTTPServerError) -> Result
    ) throws(HTTPServerError) -> Result {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let info = found, let native = info.pointee.ai_addr
        else { throw .malformedAddress(host) }
        defer { freeaddrinfo(found) }
        return try body(native, info.pointee.ai_addrlen)
    }
}
