/// What the fields that frame a message say, gathered while the head is read.
struct FramingFields {
    private(set) var host: Range<Int>?
    private var length: Int?
    private var isChunked = false
    private var asksToClose = false
    private var asksToPersist = false
    private(set) var expectsContinue = false

    /// Heeds a field if it concerns framing; recognised by length first, then by its letters.
    mutating func note(_ line: FieldLine, in input: Span<UInt8>) throws(Refusal) {
        switch line.name.count {
        case 4 where input.matches("host", in: line.name):
            guard host == nil, Authority.isWellFormed(input, in: line.value) else { throw .malformedHost }
            host = line.value
        case 6 where input.matches("expect", in: line.name):
            guard input.matches("100-continue", in: line.value) else { throw .unsupportedExpectation }
            expectsContinue = true
        case 10 where input.matches("connection", in: line.name):
            noteConnection(input, line.value)
        case 14 where input.matches("content-length", in: line.name):
            guard length == nil else { throw .malformedContentLength }
            length = try Self.length(input, in: line.value)
        case 17 where input.matches("transfer-encoding", in: line.name):
            guard !isChunked else { throw .ambiguousFraming }
            guard input.matches("chunked", in: line.value) else { throw .unsupportedTransferCoding }
            isChunked = true
        default:
            break
        }
    }

    /// How the body is delimited, once all fields are known.
    func framing(of version: HTTPVersion) throws(Refusal) -> RequestHead.Framing {
        if isChunked {
            // RFC 9112, 6.1 and 6.3: both are how requests are smuggled, so neither is guessed at.
            guard length == nil, version == .http11 else { throw .ambiguousFraming }
            return .chunked
        }
        guard let length, length > 0 else { return .empty }
        return .sized(length)
    }

    /// Whether the client means to go on with this connection (RFC 9112, 9.3); "close" wins.
    func persists(_ version: HTTPVersion) -> Bool {
        !asksToClose && (version == .http11 || asksToPersist)
    }

    private mutating func noteConnection(_ input: Span<UInt8>, _ value: Range<Int>) {
        var start = value.lowerBound
        while start <= value.upperBound {
            var end = start
            while end < value.upperBound, input[end] != ASCII.comma { end += 1 }
            let option = input.trimmingWhitespace(start..<end)
            if input.matches("close", in: option) { asksToClose = true }
            if input.matches("keep-alive", in: option) { asksToPersist = true }
            start = end + 1
        }
    }

    /// Digits and nothing else; a number that overflows is refused like any other malformed one.
    private static func length(_ input: Span<UInt8>, in range: Range<Int>) throws(Refusal) -> Int {
        guard !range.isEmpty else { throw .malformedContentLength }
        var length = 0
        for index in range {
            guard let digit = ASCII.decimal(input[index]) else { throw .malformedContentLength }
            let (product, overflowed) = length.multipliedReportingOverflow(by: 10)
            let (sum, overflowedToo) = product.addingReportingOverflow(digit)
            guard !overflowed, !overflowedToo else { throw .malformedContentLength }
            length = sum
        }
        return length
    }
}
