internal import HTTPServer

/// Media types as requests name them (RFC 9110, 8.3.1).
extension MediaType {
    /// Whether a Content-Type says JSON, and no character encoding but UTF-8, which is JSON's only one (RFC 8259, 8.1).
    ///
    /// Parameters without a meaning for JSON are left alone, `charset` may be there once.
    static func isJSON(_ value: String) -> Bool {
        // The usual two, without a look at their parts.
        if value == "application/json" || value == "application/json; charset=utf-8" { return true }
        let parts: [Substring] = value.lowercased().split(separator: ";", omittingEmptySubsequences: false).map {
            trimmed($0)
        }
        guard let first = parts.first, first == "application/json" else { return false }
        let charsets = parts.dropFirst().filter { $0.prefix { $0 != "=" } == "charset" }.map(String.init)
        return charsets.isEmpty || charsets == ["charset=utf-8"] || charsets == ["charset=\"utf-8\""]
    }

    /// Whether what is of this type is JSON (RFC 6838, 4.2.8).
    var isJSON: Bool { name == MediaType.json.name || name.hasSuffix("+json") }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
