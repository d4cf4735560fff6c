public import Postgres

/// What people call a token: 1 to 100 characters, any script, no control characters.
public struct TokenName: ExactText, Sendable, PostgresCodable, CustomStringConvertible {
    /// A name like any other.
    public static var sample: TokenName { TokenName(unchecked: "sample") }

    /// The name as it was given.
    public let rawValue: String

    /// Takes the name, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 100) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }

    /// The name itself: it holds nothing that a terminal would obey.
    public var description: String { rawValue }
}
