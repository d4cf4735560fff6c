/// Text without controls, as names, references and addresses are.
public enum PlainText {
    /// The same as a regular expression (ECMA-262), for documents; how long it may be is said beside it.
    public static let pattern = #"^[^\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]*$"#
}

extension String {
    /// Whether this is 1 to `maximum` characters, counted as PostgreSQL counts them, and none of them is a control.
    func isPlainText(atMost maximum: Int) -> Bool {
        var count = 0
        for scalar in unicodeScalars {
            count += 1
            guard count <= maximum, !scalar.isControl else { return false }
        }
        return count > 0
    }
}

extension Unicode.Scalar {
    /// Whether this is what PostgreSQL's `[[:cntrl:]]` matches, or separates lines or paragraphs, or turns the direction of
    /// what follows, by which one text can look like another.
    var isControl: Bool {
        switch value {
        // Unicode has promised never to change which scalars have the category Cc.
        case 0...0x1F, 0x7F...0x9F: true
        case 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
