internal import EventLoop

/// How many connections each address has, over all servers that it is given to.
///
/// An IPv4 address counts alone, IPv6 addresses by their first 64 bits. Who has no connection takes no room, so there are never
/// more entries than connections.
public final class AddressCounts: Sendable {
    private let counts = Lock<[IPAddress: Int]>([:])

    /// Nobody is connected.
    public init() {}

    /// How many addresses have connections.
    public var count: Int { counts.withLock { $0.count } }

    /// Counts one more, unless there are so many already.
    func enter(_ address: IPAddress, atMost limit: Int) -> Bool {
        counts.withLock { counts in
            let count = counts[address.site, default: 0]
            guard count < limit else { return false }
            counts[address.site] = count + 1
            return true
        }
    }

    /// Counts one less.
    func leave(_ address: IPAddress) {
        counts.withLock { counts in
            guard let count = counts[address.site] else { preconditionFailure("\(address) leaves and was not there") }
            counts[address.site] = count > 1 ? count - 1 : nil
        }
    }
}
