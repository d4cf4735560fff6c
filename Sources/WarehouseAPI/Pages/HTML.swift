/// A piece of a page. What is written in the source is markup; whatever is put into it is text, and escaped:
///
///     let row: HTML = "<td>\(name)</td>"          // name may be of anybody's making
///     let table: HTML = "<table>\(row)</table>"    // a piece stays a piece
///
/// A value stands between elements or inside of a quoted attribute. Anywhere else (in a tag outside of quotes, in a
/// comment, a script or a style) the program stops when the piece is first made, so a test finds it, not a visitor.
package struct HTML: Sendable, Hashable {
    /// The markup.
    package private(set) var markup: String

    /// Nothing.
    package static let empty = HTML(joining: [])

    /// Pieces one after the other.
    package init(joining pieces: some Sequence<HTML>) {
        markup = pieces.reduce(into: "") { $0 += $1.markup }
    }

    /// Text, escaped.
    package init(text: String) {
        markup = ""
        Self.append(text, to: &markup)
    }

    /// The text without what could be taken for markup, within elements and within quotes.
    fileprivate static func append(_ text: String, to markup: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": markup += "&amp;"
            case "<": markup += "&lt;"
            case ">": markup += "&gt;"
            case "\"": markup += "&quot;"
            case "'": markup += "&#39;"
            // The controls, but for tab and line feed, are nothing that a page may hold.
            case "\t", "\n": markup.unicodeScalars.append(scalar)
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}": markup += "\u{FFFD}"
            default: markup.unicodeScalars.append(scalar)
            }
        }
    }
}

extension HTML: ExpressibleByStringInterpolation {
    /// Markup as it stands in the source.
    package init(stringLiteral markup: String) {
        self.markup = markup
    }

    /// Markup of the source with values between.
    package init(stringInterpolation: StringInterpolation) {
        markup = stringInterpolation.markup
    }

    /// Puts a piece together.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup: String
        private var place = HTMLPlace.content

        package init(literalCapacity: Int, interpolationCount: Int) {
            markup = ""
            markup.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            place.pass(literal)
            markup += literal
        }

        /// Text.
        package mutating func appendInterpolation(_ text: String) {
            precondition(place.takesText, "a value stands in \(place), where it cannot be made harmless")
            HTML.append(text, to: &markup)
        }

        /// A number.
        package mutating func appendInterpolation(_ number: Int) { appendInterpolation(String(number)) }

        /// A piece, between elements.
        package mutating func appendInterpolation(_ piece: HTML) {
            precondition(place == .content, "a piece of a page stands in \(place)")
            markup += piece.markup
        }

        /// Pieces one after the other, between elements.
        package mutating func appendInterpolation(_ pieces: some Sequence<HTML>) {
            for piece in pieces { appendInterpolation(piece) }
        }
    }
}
