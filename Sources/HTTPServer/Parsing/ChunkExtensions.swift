/// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )` after a chunk's size (RFC 9112, 7.1.1).
///
/// None is understood here, and all are ignored, but what does not follow the grammar is refused.
enum ChunkExtensions {
    static func areWellFormed(_ input: Span<UInt8>, in range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            skipWhitespace(input, &index, range.upperBound)
            guard index < range.upperBound, input[index] == ASCII.semicolon else { return false }
            index += 1
            skipWhitespace(input, &index, range.upperBound)
            guard skipToken(input, &index, range.upperBound) else { return false }
            var afterSpace = index
            skipWhitespace(input, &afterSpace, range.upperBound)
            guard afterSpace < range.upperBound, input[afterSpace] == ASCII.equals else { continue }
            index = afterSpace + 1
            skipWhitespace(input, &index, range.upperBound)
            guard skipQuoted(input, &index, range.upperBound) || skipToken(input, &index, range.upperBound) else {
                return false
            }
        }
        return true
    }

    private static func skipWhitespace(_ input: Span<UInt8>, _ index: inout Int, _ end: Int) {
        while index < end, input.isWhitespace(index) { index += 1 }
    }

    private static func skipToken(_ input: Span<UInt8>, _ index: inout Int, _ end: Int) -> Bool {
        let start = index
        while index < end, ByteSet.token.contains(input[index]) { index += 1 }
        return index > start
    }

    /// Skips a whole quoted string; leaves `index` alone if there is none.
    private static func skipQuoted(_ input: Span<UInt8>, _ index: inout Int, _ end: Int) -> Bool {
        guard index < end, input[index] == ASCII.quote else { return false }
        var position = index + 1
        while position < end, input[position] != ASCII.quote {
            if input[position] == ASCII.backslash { position += 1 }
            position += 1
        }
        guard position < end, input.isFieldContent(index..<position) else { return false }
        index = position + 1
        return true
    }
}
