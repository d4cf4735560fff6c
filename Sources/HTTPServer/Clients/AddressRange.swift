/// A network of addresses, such as `10.0.0.0/8` or `fd00::/8`, or a single one.
public struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    private let first: IPAddress
    /// How many of the 128 bits are the network's; an IPv4 address fills the last 32.
    private let bits: Int

    /// Reads `10.0.0.0/8`, `fd00::/8`, `127.0.0.1` or `::1`; nil also when bits are set that are not the network's, since
    /// another one may be meant.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(String(parts[0])) else { return nil }
        let width = address.isV4 ? 32 : 128
        var length = width
        if parts.count == 2 {
            guard let number = Self.number(parts[1].utf8), number <= width else { return nil }
            length = number
        }
        first = address
        bits = length + 128 - width
        guard Self.masked(address, to: bits) == address else { return nil }
    }

    private static func number(_ digits: Substring.UTF8View) -> Int? {
        guard (1...3).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
        var number = 0
        for byte in digits {
            guard let digit = ASCII.decimal(byte) else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    /// Whether the address lies in it; no IPv4 address lies in an IPv6 network.
    public func contains(_ address: IPAddress) -> Bool {
        address.isV4 == first.isV4 && Self.masked(address, to: bits) == first
    }

    private static func masked(_ address: IPAddress, to bits: Int) -> IPAddress {
        // Swift's shifts give 0 where a word is shifted by its width or more.
        let high = bits >= 64 ? UInt64.max : ~(UInt64.max >> UInt64(bits))
        let low = bits <= 64 ? 0 : ~(UInt64.max >> UInt64(bits - 64))
        return IPAddress(high: address.high & high, low: address.low & low)
    }

    /// The network as it is written.
    public var description: String {
        let (width, length) = first.isV4 ? (32, bits - 96) : (128, bits)
        return length == width ? "\(first)" : "\(first)/\(length)"
    }
}
