/// The value of If-Match or If-None-Match: `"*" / #entity-tag` (RFC 9110, 13.1.1).
enum EntityTagList: Equatable {
    /// Any state at all.
    case any
    case tags([EntityTag])

    /// Reads the values of all fields of one name; nil if they are no list of tags.
    init?(_ values: [String]) {
        var tags: [EntityTag] = []
        for value in values {
            if value == "*" {
                guard values.count == 1 else { return nil }
                self = .any
                return
            }
            var rest = Array(value.utf8)[...]
            while true {
                // A list may have empty elements (RFC 9110, 5.6.1.2).
                rest = rest.drop { $0 == ASCII.space || $0 == ASCII.tab || $0 == ASCII.comma }
                guard !rest.isEmpty else { break }
                guard let tag = Self.tag(&rest) else { return nil }
                tags.append(tag)
                rest = rest.drop { $0 == ASCII.space || $0 == ASCII.tab }
                guard rest.isEmpty || rest.first == ASCII.comma else { return nil }
            }
        }
        guard !tags.isEmpty else { return nil }
        self = .tags(tags)
    }

    /// Takes one tag off the front.
    private static func tag(_ rest: inout ArraySlice<UInt8>) -> EntityTag? {
        let isWeak = rest.starts(with: [UInt8(ascii: "W"), ASCII.slash])
        if isWeak { rest = rest.dropFirst(2) }
        guard rest.first == ASCII.quote, let end = rest.dropFirst().firstIndex(of: ASCII.quote) else { return nil }
        let opaque = rest[(rest.startIndex + 1)..<end]
        guard opaque.allSatisfy({ $0 > ASCII.space && $0 != ASCII.delete }) else { return nil }
        rest = rest[(end + 1)...]
        return EntityTag(opaque: String(decoding: opaque, as: UTF8.self), isWeak: isWeak)
    }
}
