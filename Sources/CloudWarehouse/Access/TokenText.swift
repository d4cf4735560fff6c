/// A token as its bearer sends it: `BASE.PREFIX.SECRET`. It exists once, in the answer to whoever has it issued.
///
/// The base's key says where it belongs, the prefix which one it is, and the secret of 160 random bits that the bearer may.
/// None of the parts holds a dot. Printing or dumping the value shows everything but the secret.
public struct TokenText: Sendable, CustomStringConvertible, CustomReflectable {
    static let secretLength = 32

    let prefix: TokenPrefix
    /// What it is to be shown as.
    let kind: TokenKind
    private let base: BaseKey
    private let secret: String

    /// A new token of a base.
    init(randomIn base: BaseKey, as kind: TokenKind = .program) {
        self.base = base
        self.kind = kind
        prefix = .random()
        secret = TokenAlphabet.random(Self.secretLength)
    }

    /// The whole text, for the bearer's eyes.
    public var revealed: String { "\(base).\(prefix).\(secret)" }

    /// What is kept of it.
    var digest: TokenDigest { TokenDigest(of: Array(revealed.utf8)[...], in: kind.domain) }

    /// The text without its secret.
    public var description: String { "\(base).\(prefix).***" }

    /// The text without its secret.
    public var customMirror: Mirror { Mirror(reflecting: description) }
}
