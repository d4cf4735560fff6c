/// Where the parts of a request target stand (RFC 9112, 3.2); authority form is CONNECT's and not served.
struct RequestTarget {
    let whole: Range<Int>
    /// Empty for an absolute form without a path.
    let path: Range<Int>
    let query: Range<Int>?
    /// Only in absolute form.
    let authority: Range<Int>?

    init(_ input: Span<UInt8>, in range: Range<Int>, isOptions: Bool) throws(Refusal) {
        whole = range
        if input[range.lowerBound] == ASCII.slash {
            authority = nil
            (path, query) = try Self.pathAndQuery(input, in: range)
        } else if input[range.lowerBound] == ASCII.asterisk {
            guard isOptions, range.count == 1 else { throw .malformedTarget }
            (authority, path, query) = (nil, range, nil)
        } else {
            let found = try Self.authority(input, in: range)
            authority = found
            (path, query) = try Self.pathAndQuery(input, in: found.upperBound..<range.upperBound)
        }
    }

    private static func pathAndQuery(
        _ input: Span<UInt8>, in range: Range<Int>
    ) throws(Refusal) -> (path: Range<Int>, query: Range<Int>?) {
        var pathEnd = range.lowerBound
        while pathEnd < range.upperBound, input[pathEnd] != ASCII.question { pathEnd += 1 }
        let path = range.lowerBound..<pathEnd
        guard input.isEscapedText(path, of: .path) else { throw .malformedTarget }
        guard pathEnd < range.upperBound else { return (path, nil) }
        let query = pathEnd + 1..<range.upperBound
        guard input.isEscapedText(query, of: .query) else { throw .malformedTarget }
        return (path, query)
    }

    /// The authority of an absolute form; a user name in it is refused (RFC 9110, 4.2.4).
    private static func authority(_ input: Span<UInt8>, in range: Range<Int>) throws(Refusal) -> Range<Int> {
        let start: Int
        if range.count > 7, input.matches("http://", in: range.lowerBound..<range.lowerBound + 7) {
            start = range.lowerBound + 7
        } else if range.count > 8, input.matches("https://", in: range.lowerBound..<range.lowerBound + 8) {
            start = range.lowerBound + 8
        } else {
            throw .malformedTarget
        }
        var end = start
        while end < range.upperBound, input[end] != ASCII.slash, input[end] != ASCII.question { end += 1 }
        guard end > start, Authority.isWellFormed(input, in: start..<end), input[start] != ASCII.colon else {
            throw .malformedTarget
        }
        return start..<end
    }
}
