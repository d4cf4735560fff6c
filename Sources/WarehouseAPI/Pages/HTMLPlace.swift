/// Where in a page's source one is after what has been written: what a value may be put into.
enum HTMLPlace: Hashable, Sendable {
    /// Between elements.
    case content
    /// In a tag, outside of quotes.
    case tag
    /// In an attribute's value in quotes.
    case attribute
    /// In the quoted value of an attribute that a browser follows or runs.
    case address
    /// In a script, a style or a comment, which know no escapes.
    case raw

    /// Whether text can be made harmless here. An address is more than text: `javascript:` needs no forbidden character.
    var takesText: Bool { self == .content || self == .attribute }

    /// Goes through some more markup.
    mutating func pass(_ markup: String) {
        var rest = Substring(markup)
        while let first = rest.first {
            switch self {
            case .content:
                let isRaw = ["<script", "<style", "<!--"].contains { rest.hasPrefix($0) }
                self = isRaw ? .raw : first == "<" ? .tag : .content
                rest.removeFirst()
            case .tag:
                self = first == ">" ? .content : .tag
                if let quoted = Self.quote(rest) {
                    self = quoted.place
                    rest = rest.dropFirst(quoted.length)
                } else {
                    rest.removeFirst()
                }
            case .attribute, .address:
                if first == "\"" { self = .tag }
                // What follows a path's beginning cannot change what kind of address it is.
                if self == .address, first == "/" || first == "?" || first == "#" { self = .attribute }
                rest.removeFirst()
            case .raw:
                let end = ["</script>", "</style>", "-->"].first { rest.hasPrefix($0) }
                if end != nil { self = .content }
                rest = rest.dropFirst(end?.count ?? 1)
            }
        }
    }

    /// The beginning of a quoted value at the start of `rest`, with the name before it.
    private static func quote(_ rest: Substring) -> (place: HTMLPlace, length: Int)? {
        for name in [" href", " src", " action", " formaction", " style"] where rest.hasPrefix(name + "=\"") {
            return (.address, name.count + 2)
        }
        return rest.hasPrefix("=\"") ? (.attribute, 2) : nil
    }
}
