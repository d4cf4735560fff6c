/// What somebody sent as a token: hashed, whatever it is, and taken apart if it is one of this base's.
struct PresentedToken: Sendable {
    /// Of what was sent, or of nothing.
    let digest: TokenDigest
    /// Which token it claims to be; nil for what cannot be one here.
    let prefix: TokenPrefix?

    private static let dot = UInt8(ascii: ".")
    /// More than any token has; what is longer is hashed so far, and is none.
    private static let hashedAtMost = 128

    /// Takes what was hashed and taken apart already.
    init(digest: TokenDigest, prefix: TokenPrefix) {
        self.digest = digest
        self.prefix = prefix
    }

    /// Takes what was sent as a token of this kind, nil for nothing.
    init(_ text: ArraySlice<UInt8>?, in base: BaseKey, as kind: TokenKind = .program) {
        let text = text ?? []
        digest = TokenDigest(of: text.prefix(Self.hashedAtMost), in: kind.domain)
        prefix = Self.prefix(of: text, in: base.rawValue.utf8)
    }

    /// Which token a text claims to be; nil for what cannot be one here.
    static func prefix(of text: ArraySlice<UInt8>, in base: BaseKey) -> TokenPrefix? {
        prefix(of: text, in: base.rawValue.utf8)
    }

    private static func prefix(of text: ArraySlice<UInt8>, in base: String.UTF8View) -> TokenPrefix? {
        let prefixStart = text.startIndex + base.count + 1
        let secretStart = prefixStart + TokenPrefix.length + 1
        guard text.endIndex == secretStart + TokenText.secretLength,
            text.starts(with: base), text[prefixStart - 1] == dot, text[secretStart - 1] == dot
        else { return nil }
        let prefix = text[prefixStart..<secretStart - 1]
        guard TokenAlphabet.holds(prefix), TokenAlphabet.holds(text[secretStart...]) else { return nil }
        return TokenPrefix(unchecked: String(decoding: prefix, as: UTF8.self))
    }
}
