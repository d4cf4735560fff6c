import Crypto
import Postgres

/// The SHA-256 of a token's text.
///
/// There is no `==`, which would stop at the first difference and so tell how far a guess was right: ``matches(_:)`` always
/// looks at everything.
struct TokenDigest: Sendable {
    private let low: SIMD2<UInt64>
    private let high: SIMD2<UInt64>

    /// What stands in where no token was found. That some text hashes to zeros is as unlikely as guessing any token.
    static let none = TokenDigest(low: .zero, high: .zero)

    private init(low: SIMD2<UInt64>, high: SIMD2<UInt64>) {
        (self.low, self.high) = (low, high)
    }

    private init(_ bytes: UnsafeRawBufferPointer) {
        low = bytes.loadUnaligned(as: SIMD2<UInt64>.self)
        high = bytes.loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self)
    }

    /// Hashes the text, after what tells its domain from others.
    init(of text: ArraySlice<UInt8>, in domain: [UInt8] = []) {
        var hasher = SHA256()
        if !domain.isEmpty { domain.withUnsafeBytes { hasher.update(bufferPointer: $0) } }
        text.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        self = hasher.finalize().withUnsafeBytes { TokenDigest($0) }
    }

    /// Compares all 32 bytes, in the same time whatever they are.
    func matches(_ other: TokenDigest) -> Bool {
        let difference = (low ^ other.low) | (high ^ other.high)
        return difference[0] | difference[1] == 0
    }
}

extension TokenDigest: PostgresCodable {
    static var postgresType: PostgresType { .bytea }
    static var sample: TokenDigest { none }

    init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        guard bytes.count == 32 else { throw .malformed("a digest of \(bytes.count) bytes") }
        self.init(bytes)
    }

    func encode(into bytes: inout [UInt8]) {
        withUnsafeBytes(of: (low, high)) { bytes.append(contentsOf: $0) }
    }
}
