extension String {
    /// Whether this is 1 to `maximum` characters, counted as PostgreSQL counts them, and none of them is a control.
    func isPlainText(atMost maximum: Int) -> Bool {
        (1...maximum).contains(unicodeScalars.count) && !unicodeScalars.contains(where: \.isControl)
    }
}

extension Unicode.Scalar {
    /// Whether this is what PostgreSQL's `[[:cntrl:]]` matches, or separates lines or paragraphs, or turns the direction of
    /// what follows, by which one text can look like another.
    var isControl: Bool {
        switch value {
        case 0x2028...0x202E, 0x2066...0x2069: true
        default: properties.generalCategory == .control
        }
    }
}
