public import Postgres

/// The part of a sign-in code by which it is found and listed: four characters, and no secret.
public struct SignInHandle: RawRepresentable, Hashable, Sendable, PostgresCodable, CustomStringConvertible {
    /// A handle like any other.
    public static var sample: SignInHandle { SignInHandle(unchecked: "0000") }

    /// The characters.
    public let rawValue: String

    /// Takes the handle, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.utf8.count == SignInCodeText.handleLength, TokenAlphabet.holds(rawValue.utf8) else { return nil }
        self.rawValue = rawValue
    }

    /// Takes characters that are known to keep the rule.
    init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }

    /// 20 random bits: two codes that live at once may meet, and then another is drawn.
    static func random() -> SignInHandle {
        SignInHandle(unchecked: TokenAlphabet.random(SignInCodeText.handleLength))
    }

    /// The characters.
    public var description: String { rawValue }
}
