public import Postgres

/// A seal's number and digest: all that has to be kept outside the database to know later that no seal up to it was
/// changed or cut off. The service writes each into its log.
public struct SealMark: Hashable, Sendable {
    /// The seal's place in the chain, from 1 on.
    public let number: Int64
    /// Its SHA-256.
    public let digest: Bytea

    /// A mark with these fields; nil unless the digest has 32 bytes and the number is positive.
    public init?(number: Int64, digest: Bytea) {
        guard number > 0, digest.bytes.count == 32 else { return nil }
        self.number = number
        self.digest = digest
    }

    init(_ seal: Seal) {
        number = seal.number
        digest = seal.digest
    }
}

extension SealMark: CustomStringConvertible, LosslessStringConvertible {
    /// Reads what ``description`` writes: `12:` and 64 hexadecimal digits.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int64(parts[0]), let digest = Bytea(hexadecimal: parts[1]) else {
            return nil
        }
        self.init(number: number, digest: digest)
    }

    /// `12:` and the digest's 64 hexadecimal digits.
    public var description: String { "\(number):\(digest.hexadecimal)" }
}

extension Bytea {
    /// The bytes as hexadecimal digits in lower case.
    var hexadecimal: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Reads hexadecimal digits of either case, two for each byte.
    fileprivate init?(hexadecimal text: Substring) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        self.init(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }
}
