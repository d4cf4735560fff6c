internal import HTTPTypes

/// The first line of a request: `method SP request-target SP HTTP-version` (RFC 9112, 3).
struct RequestLine {
    let method: HTTPRequest.Method
    let version: HTTPVersion
    let target: RequestTarget

    /// " HTTP/1.1": what every request line ends with.
    private static var versionBytes: Int { 9 }

    /// Reads the line that stands in `range`, without its line end.
    init(_ input: Span<UInt8>, in range: Range<Int>, limits: ParsingLimits) throws(Refusal) {
        guard let methodEnd = Self.methodEnd(input, in: range) else { throw .malformedRequestLine }
        let targetStart = methodEnd + 1
        let targetEnd = range.upperBound - Self.versionBytes
        guard targetEnd > targetStart else { throw .malformedRequestLine }
        version = try Self.version(input, in: targetEnd..<range.upperBound)
        guard targetEnd - targetStart <= limits.targetBytes else { throw .targetTooLong }
        method = Self.method(input, in: range.lowerBound..<methodEnd)
        guard method != .connect else { throw .tunnelRequested }
        target = try RequestTarget(input, in: targetStart..<targetEnd, isOptions: method == .options)
    }

    /// The index of the space after a non-empty method.
    private static func methodEnd(_ input: Span<UInt8>, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound, ByteSet.token.contains(input[index]) { index += 1 }
        guard index > range.lowerBound, index < range.upperBound, input[index] == ASCII.space else { return nil }
        return index
    }

    private static func method(_ input: Span<UInt8>, in range: Range<Int>) -> HTTPRequest.Method {
        switch range.count {
        case 3 where isExactly("GET", input, range): return .get
        case 3 where isExactly("PUT", input, range): return .put
        case 4 where isExactly("POST", input, range): return .post
        case 4 where isExactly("HEAD", input, range): return .head
        case 5 where isExactly("PATCH", input, range): return .patch
        case 6 where isExactly("DELETE", input, range): return .delete
        default:
            let name = String(decoding: range.map { input[$0] }, as: UTF8.self)
            // Every byte was found to be a token's.
            guard let method = HTTPRequest.Method(name) else { preconditionFailure("\(name) is a token") }
            return method
        }
    }

    /// Methods are case-sensitive (RFC 9110, 9.1).
    private static func isExactly(_ name: StaticString, _ input: Span<UInt8>, _ range: Range<Int>) -> Bool {
        name.withUTF8Buffer { expected in
            for offset in 0..<expected.count where input[range.lowerBound + offset] != expected[offset] { return false }
            return true
        }
    }

    private static func version(_ input: Span<UInt8>, in range: Range<Int>) throws(Refusal) -> HTTPVersion {
        let prefix = range.lowerBound..<range.lowerBound + 6
        guard isExactly(" HTTP/", input, prefix), let major = ASCII.decimal(input[prefix.upperBound]),
            input[prefix.upperBound + 1] == UInt8(ascii: "."),
            let minor = ASCII.decimal(input[prefix.upperBound + 2])
        else { throw .malformedRequestLine }
        guard major == 1 else { throw .unsupportedVersion }
        return minor == 0 ? .http10 : .http11
    }
}
