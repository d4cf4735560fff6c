/// A text with its role. The text is neutralised when it is made, so no later step can forget it.
struct StyledText: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// Free of steering characters.
    let text: String
    /// What the text means.
    let role: Role

    /// Neutralises the text.
    init(_ text: String, _ role: Role = .plain) {
        self.text = ControlCharacters.neutralised(text)
        self.role = role
    }

    init(stringLiteral value: String) {
        self.init(value)
    }
}
