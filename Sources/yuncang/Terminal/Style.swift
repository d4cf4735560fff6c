/// What a piece of text means, from which a terminal's colour follows.
enum Role: Sendable, Equatable {
    /// Plain text.
    case plain
    /// A heading.
    case heading
    /// Something that the eye may skip.
    case quiet
    /// All is well.
    case good
    /// Worth a look.
    case warning
    /// Wrong.
    case bad
    /// A command that can be typed.
    case command
}

/// Colours text, or leaves it plain.
struct Style: Sendable, Equatable {
    /// Whether escape sequences may be written at all.
    let isColoured: Bool

    /// Text without colours: pipes, files, `NO_COLOR`, dumb terminals.
    static let plain = Style(isColoured: false)

    /// Colours only on a terminal that has them, and never against the wish in `NO_COLOR` (https://no-color.org).
    static func chosen(isTerminal: Bool, environment: Environment) -> Style {
        let refused = environment[.noColour] != nil || environment["TERM"] == "dumb"
        return Style(isColoured: isTerminal && !refused)
    }

    /// The text in the colour of its role. The text must be neutral already: escapes in it would pass.
    func paint(_ text: String, _ role: Role) -> String {
        guard isColoured, !text.isEmpty, let code = Self.selectGraphicRendition(role) else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    private static func selectGraphicRendition(_ role: Role) -> String? {
        switch role {
        case .plain: nil
        case .heading: "1"
        case .quiet: "2"
        case .good: "32"
        case .warning: "33"
        case .bad: "1;31"
        case .command: "36"
        }
    }
}
