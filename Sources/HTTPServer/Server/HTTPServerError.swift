public import EventLoop

/// Why a server could not start.
public enum HTTPServerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Another process listens there.
    case addressInUse(SocketAddress)
    /// Another process listens at that path, or is about to.
    case socketInUse(UnixAddress)
    /// At that path is something that is no socket, and might be missed.
    case pathTaken(UnixAddress)
    /// The host is no numeric IPv4 or IPv6 address, or the path is not absolute or too long.
    case malformedAddress(String)
    /// A system call failed; `code` is its errno.
    case system(call: String, code: Int32)
    /// The loop refused the listening socket, or stopped.
    case loop(EventLoopError)
    /// ``HTTPServer/run()`` was called twice.
    case alreadyRun

    /// What went wrong and what to do, for a person.
    public var description: String {
        switch self {
        case .addressInUse(let address):
            "Something listens on \(address) already; stop it or choose another port."
        case .socketInUse(let address):
            "Something listens on \(address) already; stop it or choose another path."
        case .pathTaken(let address):
            "\(address.path) is no socket; remove it or choose another path."
        case .malformedAddress(let host):
            "\(host) is no numeric address such as 127.0.0.1 or ::1, and no absolute path of at most 107 bytes."
        case .system(let call, let code): "\(call) failed: \(SystemErrors.text(code))"
        case .loop(let error): "The event loop does not serve: \(error)"
        case .alreadyRun: "A server runs once; make another one."
        }
    }
}
