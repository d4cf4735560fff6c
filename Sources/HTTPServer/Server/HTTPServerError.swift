public import EventLoop

/// Why a server could not start.
public enum HTTPServerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Another process listens there.
    case addressInUse(SocketAddress)
    /// The host is no numeric IPv4 or IPv6 address.
    case malformedAddress(String)
    /// A system call failed; `code` is its errno.
    case system(call: String, code: Int32)
    /// The loop refused the listening socket.
    case loop(EventLoopError)
    /// ``HTTPServer/run()`` was called twice.
    case alreadyRun

    /// What went wrong and what to do, for a person.
    public var description: String {
        switch self {
        case .addressInUse(let address):
            "Something listens on \(address) already; stop it or choose another port."
        case .malformedAddress(let host):
            "\(host) is no numeric address; use one such as 127.0.0.1 or ::1."
        case .system(let call, let code): "\(call) failed: \(SystemErrors.text(code))"
        case .loop(let error): "The event loop refused the listening socket: \(error)"
        case .alreadyRun: "A server runs once; make another one."
        }
    }
}
