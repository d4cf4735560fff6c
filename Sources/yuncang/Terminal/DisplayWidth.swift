/// How many terminal columns a text takes.
///
/// A character takes the sum of its scalars' columns but never more than two, which is how terminals that join emoji
/// draw them: 👩‍🌾 takes two, not four. U+FE0F asks for the emoji picture, and so for two columns.
struct DisplayWidth: Sendable, Equatable {
    /// Whether characters of ambiguous width (`·`, `×`, `…`, `①`) take two columns, as in older Chinese fonts.
    var ambiguousIsWide = false

    /// Columns of the whole text, which must hold no control characters: those are made visible first.
    func columns(of text: some StringProtocol) -> Int {
        if isPlainASCII(text) { return text.utf8.count }
        return text.reduce(0) { $0 + columns(of: $1) }
    }

    /// Columns of one character: 0, 1 or 2.
    func columns(of character: Character) -> Int {
        var sum = 0
        for scalar in character.unicodeScalars {
            if scalar == "\u{FE0F}" { return 2 }
            sum += columns(of: scalar)
        }
        return min(sum, 2)
    }

    /// The longest beginning of the text that fits, with an ellipsis in place of what was cut.
    ///
    /// Never takes more than `limit` columns. With no room for the ellipsis the answer is empty.
    func truncated(_ text: String, to limit: Int) -> String {
        guard columns(of: text) > limit else { return text }
        let ellipsis: Character = "…"
        let room = limit - columns(of: ellipsis)
        guard room >= 0 else { return "" }
        var kept = ""
        var used = 0
        for character in text {
            let width = columns(of: character)
            guard used + width <= room else { break }
            kept.append(character)
            used += width
        }
        return kept + String(ellipsis)
    }

    /// The text with spaces to make it `width` columns; a longer text is left as it is.
    func padded(_ text: String, to width: Int, alignment: Alignment = .leading) -> String {
        let padding = String(repeating: " ", count: max(0, width - columns(of: text)))
        return alignment == .leading ? text + padding : padding + text
    }

    private func columns(of scalar: Unicode.Scalar) -> Int {
        if scalar.isASCII { return 1 }
        if takesNoColumn(scalar) { return 0 }
        if EastAsianWidth.isWide(scalar) { return 2 }
        return ambiguousIsWide && EastAsianWidth.isAmbiguous(scalar) ? 2 : 1
    }

    private func takesNoColumn(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        // The soft hyphen is the one format character that terminals draw.
        case .format: scalar != "\u{AD}"
        // Hangul vowels and finals are drawn into the block that their initial opened.
        default: (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value)
        }
    }

    private func isPlainASCII(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { $0 < 0x80 }
    }
}

/// On which side of its column a text stands.
enum Alignment: Sendable, Equatable {
    /// At the beginning: words.
    case leading
    /// At the end: numbers, so that their digits stand under each other.
    case trailing
}
