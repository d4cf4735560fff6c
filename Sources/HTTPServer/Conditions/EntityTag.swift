/// What tells one state of a resource from others (RFC 9110, 8.8.3).
public struct EntityTag: Hashable, Sendable, CustomStringConvertible {
    /// What stands between the quotes.
    let opaque: String
    /// Whether it stands for states that are alike and not byte for byte the same.
    let isWeak: Bool

    init(opaque: String, isWeak: Bool = false) {
        self.opaque = opaque
        self.isWeak = isWeak
    }

    /// The strong tag of a representation: a hash of its bytes.
    ///
    /// FNV-1a of 64 bits: two states that follow each other differ in it, and nobody gains by states of their own that do not.
    public init(hashing bytes: [UInt8]) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        self.init(opaque: String(hash, radix: 36))
    }

    /// The tag as a field has it: `"1x2y3z"`.
    public var description: String { (isWeak ? "W/\"" : "\"") + opaque + "\"" }

    /// What the tags of codings other than none end in: their bytes differ, so their tags do, too (RFC 9110, 8.8.3.3).
    private static let gzipSuffix = "-gzip"

    /// The tag of the same state, sent in gzip.
    var inGzip: EntityTag { EntityTag(opaque: opaque + Self.gzipSuffix, isWeak: isWeak) }

    /// The tag without its coding: the state that it stands for. A client that got a state in gzip may make a change depend
    /// on it by the tag it was shown.
    var state: EntityTag {
        guard opaque.hasSuffix(Self.gzipSuffix) else { return self }
        return EntityTag(opaque: String(opaque.dropLast(Self.gzipSuffix.count)), isWeak: isWeak)
    }
}
