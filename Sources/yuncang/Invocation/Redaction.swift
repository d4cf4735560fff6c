/// Hides passwords in text that people will read: arguments, messages, settings.
enum Redaction {
    /// What stands in place of a password.
    static let mask = "***"

    /// The text with the passwords of URLs (`postgres://user:***@host`, `?password=***`) and of key=value settings
    /// (`password=***`, also quoted) hidden. What merely looks like one is hidden too.
    static func redacted(_ text: String) -> String {
        maskingSettings(maskingAuthorities(text))
    }

    /// Whether the text holds a password that ``redacted(_:)`` would hide.
    static func holdsPassword(_ text: String) -> Bool {
        redacted(text) != text
    }

    private static func maskingAuthorities(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let scheme = rest.firstRange(of: "://") {
            result += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            let token = rest.prefix { !$0.isWhitespace }
            // A password may hold a raw / by mistake, so the last @ before the query ends it, wherever it stands.
            let beforeQuery = token.prefix { $0 != "?" && $0 != "#" }
            guard let at = beforeQuery.lastIndex(of: "@"), let colon = beforeQuery[..<at].firstIndex(of: ":"),
                beforeQuery.index(after: colon) < at
            else { continue }
            result += rest[...colon] + mask
            rest = rest[at...]
        }
        return result + rest
    }

    private static func maskingSettings(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let key = nextSettingKey(in: rest) {
            result += rest[..<key.upperBound]
            rest = rest[key.upperBound...]
            let spaced = rest.drop { $0 == " " }
            guard spaced.first == "=" else { continue }
            let value = spaced.dropFirst().drop { $0 == " " }
            let end = endOfSetting(value)
            guard end > value.startIndex else { continue }
            result += rest[..<value.startIndex] + mask
            rest = rest[end...]
        }
        return result + rest
    }

    /// `password`, `sslpassword`, `PGPASSWORD`: whichever comes first.
    private static func nextSettingKey(in text: Substring) -> Range<Substring.Index>? {
        ["password", "PASSWORD"].compactMap { text.firstRange(of: $0) }.min { $0.lowerBound < $1.lowerBound }
    }

    /// Where libpq ends the value: at a space or `&`, or, when it is quoted, after the quote that no backslash escapes.
    private static func endOfSetting(_ value: Substring) -> Substring.Index {
        guard value.first == "'" else {
            return value.firstIndex { $0.isWhitespace || $0 == "&" } ?? value.endIndex
        }
        var escaped = false
        for index in value.indices.dropFirst() {
            if escaped {
                escaped = false
            } else if value[index] == "\\" {
                escaped = true
            } else if value[index] == "'" {
                return value.index(after: index)
            }
        }
        return value.endIndex
    }
}
