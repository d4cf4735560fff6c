public import Postgres

/// The part of a token by which everybody may know it: 12 characters, unique in the base, and no secret.
public struct TokenPrefix: RawRepresentable, Hashable, Sendable, PostgresCodable, CustomStringConvertible {
    static let length = 12

    /// A prefix like any other.
    public static var sample: TokenPrefix { TokenPrefix(unchecked: "000000000000") }

    /// The characters.
    public let rawValue: String

    /// Takes the prefix, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.utf8.count == Self.length, TokenAlphabet.holds(rawValue.utf8) else { return nil }
        self.rawValue = rawValue
    }

    /// Takes characters that are known to keep the rule.
    init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }

    /// 60 random bits: two of them never meet, and if they did the database would refuse the second.
    static func random() -> TokenPrefix {
        TokenPrefix(unchecked: TokenAlphabet.random(length))
    }

    /// The characters.
    public var description: String { rawValue }
}
