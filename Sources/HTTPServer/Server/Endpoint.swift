/// Where a server listens.
public enum Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// At an IP address and a port.
    case internet(SocketAddress)
    /// At a path, for programs on this machine.
    case unix(UnixAddress)

    /// `host:port` or `unix:path`.
    public var description: String {
        switch self {
        case .internet(let address): address.description
        case .unix(let address): address.description
        }
    }
}

/// The path of a Unix-domain socket, and who may connect to it.
public struct UnixAddress: Hashable, Sendable, CustomStringConvertible {
    /// An absolute path; the kernel takes 107 bytes.
    public let path: String
    /// The file's permissions, such as `0o660`: to connect, one has to be allowed to write.
    public let mode: UInt32

    /// An address that is checked when it is bound.
    public init(path: String, mode: UInt32 = 0o660) {
        self.path = path
        self.mode = mode
    }

    /// `unix:path`.
    public var description: String { "unix:\(path)" }
}
