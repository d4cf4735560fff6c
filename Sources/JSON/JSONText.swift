/// Valid UTF-8 as it is lent by a reader.
public enum JSONText {
    /// The Unicode scalars in it, which is what `minLength` and `maxLength` of JSON Schema count.
    public static func characterCount(_ text: Span<UInt8>) -> Int {
        var count = 0
        for index in text.indices where text[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// Whether the text has so many characters; mostly the number of bytes already tells.
    static func characterCount(of text: Span<UInt8>, isWithin range: ClosedRange<Int>) -> Bool {
        let (fewest, most) = ((text.count + 3) / 4, text.count)
        if range.contains(fewest), range.contains(most) { return true }
        return range.contains(characterCount(text))
    }

    /// The text as a `String`.
    public static func string(_ text: Span<UInt8>) -> String {
        text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether two texts have the same bytes.
    static func equal(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        for index in one.indices where one[index] != other[index] { return false }
        return true
    }
}
