internal import Glibc

/// Where a client is.
public enum ClientAddress: Hashable, Sendable, CustomStringConvertible {
    /// At an address.
    case ip(IPAddress)
    /// On this machine, behind a Unix-domain socket, which has no address to tell.
    case local

    /// The address, or `unix`.
    public var description: String {
        switch self {
        case .ip(let address): address.description
        case .local: "unix"
        }
    }

    /// Whether it is on this machine.
    public var isLocal: Bool {
        switch self {
        case .ip(let address): address.isLoopback
        case .local: true
        }
    }
}

extension ClientAddress {
    /// The address that the kernel gives for a peer.
    init(native storage: sockaddr_storage) {
        self = withUnsafeBytes(of: storage) { bytes in
            switch Int32(storage.ss_family) {
            case AF_INET: .ip(IPAddress(bytes.loadUnaligned(as: sockaddr_in.self).sin_addr))
            case AF_INET6: .ip(IPAddress(bytes.loadUnaligned(as: sockaddr_in6.self).sin6_addr))
            default: .local
            }
        }
    }
}
