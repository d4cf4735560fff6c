/// What tells one content from another that stands at the same place (RFC 9110, 8.8.3).
struct EntityTag: Hashable, Sendable {
    /// As it stands in a field, in quotes.
    let text: String

    /// The tag of a content: FNV-1a of its bytes, 64 bits, in which two documents that follow each other differ.
    init(of bytes: [UInt8]) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        text = "\"\(String(hash, radix: 36))\""
    }

    /// Whether a list of tags, as If-None-Match has one, names this one; weak ones count too (RFC 9110, 13.1.2).
    func isNamed(in list: String) -> Bool {
        list.split(separator: ",").contains { item in
            var item = item.drop { $0 == " " || $0 == "\t" }
            while let last = item.last, last == " " || last == "\t" { item.removeLast() }
            return item == "*" || item == text || item == "W/" + text
        }
    }
}
