/// One line of a head or a trailer: `field-name ":" OWS field-value OWS` (RFC 9112, 5).
struct FieldLine {
    let name: Range<Int>
    let value: Range<Int>

    /// Reads the line that stands in `range`, without its line end.
    ///
    /// A line that starts with a space (obs-fold), a space before the colon, an empty name and control characters are
    /// refused, not mended.
    init?(_ input: Span<UInt8>, in range: Range<Int>) {
        var colon = range.lowerBound
        while colon < range.upperBound, ByteSet.token.contains(input[colon]) { colon += 1 }
        guard colon > range.lowerBound, colon < range.upperBound, input[colon] == ASCII.colon else { return nil }
        name = range.lowerBound..<colon
        value = input.trimmingWhitespace(colon + 1..<range.upperBound)
        guard input.isFieldContent(value) else { return nil }
    }
}
