/// Breaks running text into lines by the columns that it takes.
///
/// Latin words stay whole; Chinese breaks between any two characters, but never before closing punctuation or after an
/// opening bracket. A word longer than a line gets one of its own. A line that begins with a space is an example and is
/// kept as it is.
struct TextWrapping {
    /// How wide characters are.
    let width: DisplayWidth

    private static let neverFirst: Set<Character> = Set("，。、；：？！）」』》〉】”’…—%,.;:?!)]}")
    private static let neverLast: Set<Character> = Set("（「『《〈【“‘([{")

    /// The text's lines, each at most `columns` wide where its words allow. Line breaks in the text are kept.
    func lines(of text: String, columns: Int) -> [String] {
        precondition(columns > 0, "a line needs a column")
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { $0.first == " " ? [String($0)] : lines(ofParagraph: $0, columns: columns) }
    }

    private func lines(ofParagraph paragraph: Substring, columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for piece in pieces(of: paragraph) {
            let needed = width.columns(of: piece.text)
            let space = piece.followsSpace && !line.isEmpty ? 1 : 0
            if used + space + needed > columns, !line.isEmpty {
                lines.append(line)
                (line, used) = (piece.text, needed)
            } else {
                line += (space == 1 ? " " : "") + piece.text
                used += space + needed
            }
        }
        return lines + [line]
    }

    private struct Piece {
        var text: String
        var followsSpace: Bool
    }

    /// The paragraph in pieces that must not be broken.
    private func pieces(of paragraph: Substring) -> [Piece] {
        var pieces = [Piece(text: "", followsSpace: false)]
        var afterSpace = false
        for character in paragraph {
            if character == " " {
                afterSpace = true
            } else if afterSpace || breaks(between: pieces[pieces.count - 1].text.last, and: character) {
                pieces.append(Piece(text: String(character), followsSpace: afterSpace))
                afterSpace = false
            } else {
                pieces[pieces.count - 1].text.append(character)
            }
        }
        return pieces
    }

    private func breaks(between before: Character?, and after: Character) -> Bool {
        guard let before, !Self.neverLast.contains(before), !Self.neverFirst.contains(after) else { return false }
        return width.columns(of: before) == 2 || width.columns(of: after) == 2
    }
}
