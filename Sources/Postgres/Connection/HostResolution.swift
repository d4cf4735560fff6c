internal import EventLoop
internal import Glibc

/// Resolves a host's name away from the loop, because libpq would do it within `PQconnectPoll`, blocking.
enum HostResolution {
    /// Whether libpq would ask a name server for this `host`; paths are Unix-domain sockets.
    static func needsResolving(_ host: String) -> Bool {
        !host.isEmpty && !host.hasPrefix("/") && !host.hasPrefix("@") && !isAddress(host)
    }

    /// The options of one host with all addresses of its name, which stays for TLS; as they are if it needs none.
    static func resolving(
        _ options: ConnectionOptions, on loop: EventLoop, until deadline: MonotonicInstant
    ) async throws(ConnectFailure) -> ConnectionOptions {
        guard options.effectiveValue(of: "hostaddr") == nil, let host = options.effectiveValue(of: "host"),
            needsResolving(host)
        else { return options }
        let addresses = try await addresses(of: host, on: loop, until: deadline)
        return options.setting("host", to: addresses.map { _ in host }.joined(separator: ","))
            .setting("hostaddr", to: addresses.joined(separator: ","))
    }

    private static func isAddress(_ host: String) -> Bool {
        var buffer = in6_addr()
        return inet_pton(AF_INET, host, &buffer) == 1 || inet_pton(AF_INET6, host, &buffer) == 1
    }

    /// Asks on a thread of its own, which a dead name server may hold long after the deadline has passed here.
    private static func addresses(
        of name: String, on loop: EventLoop, until deadline: MonotonicInstant
    ) async throws(ConnectFailure) -> [String] {
        switch await Detour.run("resolver", on: loop, until: deadline, { lookUp(name) }) {
        case .success(let addresses) where !addresses.isEmpty: return addresses
        case .success:
            throw ConnectFailure(kind: .unknownHost, message: "the host name \(name) is not known")
        case .failure(.deadlineExceeded):
            throw ConnectFailure(kind: .deadlineExceeded, message: "the host name \(name) was not resolved in time")
        case .failure:
            throw ConnectFailure(kind: .stopped, message: "resolving \(name) was given up")
        }
    }

    private static func lookUp(_ name: String) -> [String] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [String] = []
        var entry = list
        while let current = entry {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let length = socklen_t(text.count)
            if getnameinfo(
                current.pointee.ai_addr, current.pointee.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0
            {
                found.append(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
            }
            entry = current.pointee.ai_next
        }
        return found
    }
}
