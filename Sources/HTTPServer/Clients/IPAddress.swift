internal import Glibc

/// An IPv4 or IPv6 address, as a value of sixteen bytes; an IPv4 address that is mapped into IPv6 is that IPv4 address.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// The first eight bytes, in network order.
    let high: UInt64
    /// The last eight bytes, in network order.
    let low: UInt64

    /// What stands before an IPv4 address that is mapped into IPv6 (RFC 4291, 2.5.5.2): `::ffff:0:0/96`.
    private static let mapped: UInt64 = 0xFFFF

    init(high: UInt64, low: UInt64) {
        (self.high, self.low) = (high, low)
    }

    /// Reads `192.0.2.1` or `2001:db8::1`, without brackets, port or zone.
    public init?(_ text: String) {
        let address = text.utf8.withContiguousStorageIfAvailable { Self(text: UnsafeBufferPointer(rebasing: $0[...])) }
        guard let address = address ?? Self(text: Array(text.utf8)[...]) else { return nil }
        self = address
    }

    /// Reads the same from bytes.
    init?(text: ArraySlice<UInt8>) {
        let address = text.withUnsafeBufferPointer { Self(text: $0) }
        guard let address else { return nil }
        self = address
    }

    private init?(text: UnsafeBufferPointer<UInt8>) {
        // An IPv6 address has at most 45 characters (INET6_ADDRSTRLEN with its NUL: 46).
        guard (2...45).contains(text.count), !text.contains(0) else { return nil }
        let isV6 = text.contains(ASCII.colon)
        let address = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 46) { word -> Self? in
            for (index, byte) in text.enumerated() { word[index] = CChar(bitPattern: byte) }
            word[text.count] = 0
            return isV6 ? Self(v6: word.baseAddress) : Self(v4: word.baseAddress)
        }
        guard let address else { return nil }
        self = address
    }

    private init?(v4 word: UnsafePointer<CChar>?) {
        var native = in_addr()
        guard let word, inet_pton(AF_INET, word, &native) == 1 else { return nil }
        self.init(native)
    }

    private init?(v6 word: UnsafePointer<CChar>?) {
        var native = in6_addr()
        guard let word, inet_pton(AF_INET6, word, &native) == 1 else { return nil }
        self.init(native)
    }

    init(_ native: in_addr) {
        self.init(high: 0, low: Self.mapped << 32 | UInt64(UInt32(bigEndian: native.s_addr)))
    }

    init(_ native: in6_addr) {
        (high, low) = withUnsafeBytes(of: native) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// Whether it is an IPv4 address, plain or mapped.
    public var isV4: Bool { high == 0 && low >> 32 == Self.mapped }

    /// The number of an IPv4 address: 127.0.0.1 is `0x7F00_0001`; nil for any other.
    public var v4: UInt32? { isV4 ? UInt32(truncatingIfNeeded: low) : nil }

    /// Whether it is this machine itself: `127.0.0.0/8` or `::1`.
    public var isLoopback: Bool { isV4 ? low >> 24 & 0xFF == 127 : high == 0 && low == 1 }

    /// What a site usually has of addresses: an IPv4 address alone, and of IPv6 the first 64 bits, since whoever has one of a
    /// network has all of them.
    public var site: IPAddress { isV4 ? self : IPAddress(high: high, low: 0) }

    /// The address as people write it.
    public var description: String {
        guard !isV4 else {
            return "\(low >> 24 & 0xFF).\(low >> 16 & 0xFF).\(low >> 8 & 0xFF).\(low & 0xFF)"
        }
        var native = (high.bigEndian, low.bigEndian)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 46) { word in
            // It fails only where there is no room, or no such family.
            guard inet_ntop(AF_INET6, &native, word.baseAddress, 46) != nil, let start = word.baseAddress else {
                return ""
            }
            return String(cString: start)
        }
    }
}
