/// Turns the bytes of a connection into requests, one event at a time; pure, incremental and strict (RFC 9112).
///
/// What is ambiguous is refused and not mended; after a refusal there is nothing more to be had, since nobody knows
/// where the next request would start. Bodies come in pieces, so they can be collected or streamed.
struct RequestParser {
    enum Event {
        /// Nothing more can be said without more bytes; what was not consumed must come again, with them.
        case needsMore
        case head(RequestHead)
        /// Content of the current request; a range of the input.
        case body(Range<Int>)
        /// The current request is complete.
        case end
        case refused(Refusal)
    }

    private enum State {
        case head(HeadParser)
        case sized(remaining: Int)
        case chunked(ChunkedDecoder)
        case refused(Refusal)
    }

    let limits: HTTPServer.Limits
    private var state = State.head(HeadParser())

    init(limits: HTTPServer.Limits) {
        self.limits = limits
    }

    /// The next event in `input`, and in `consumed` the count of bytes at its start that are done with.
    mutating func next(in input: Span<UInt8>, consumed: inout Int) -> Event {
        consumed = 0
        do throws(Refusal) {
            switch state {
            case .head(let parser): return try nextOfHead(parser, in: input, consumed: &consumed)
            case .sized(let remaining): return nextOfSized(remaining, in: input, consumed: &consumed)
            case .chunked(let decoder): return try nextOfChunked(decoder, in: input, consumed: &consumed)
            case .refused(let refusal): throw refusal
            }
        } catch {
            state = .refused(error)
            consumed = input.count
            return .refused(error)
        }
    }

    private mutating func nextOfHead(
        _ parser: HeadParser, in input: Span<UInt8>, consumed: inout Int
    ) throws(Refusal) -> Event {
        var parser = parser
        guard let head = try parser.advance(over: input, limits: limits) else {
            state = .head(parser)
            return .needsMore
        }
        consumed = parser.byteCount
        switch head.framing {
        case .empty: state = .sized(remaining: 0)
        case .sized(let length): state = .sized(remaining: length)
        case .chunked: state = .chunked(ChunkedDecoder())
        }
        return .head(head)
    }

    private mutating func nextOfSized(_ remaining: Int, in input: Span<UInt8>, consumed: inout Int) -> Event {
        guard remaining > 0 else { return end() }
        guard !input.isEmpty else { return .needsMore }
        consumed = min(remaining, input.count)
        state = .sized(remaining: remaining - consumed)
        return .body(0..<consumed)
    }

    private mutating func nextOfChunked(
        _ decoder: ChunkedDecoder, in input: Span<UInt8>, consumed: inout Int
    ) throws(Refusal) -> Event {
        var decoder = decoder
        let piece = try decoder.advance(over: input, consumed: &consumed, limits: limits)
        state = .chunked(decoder)
        switch piece {
        case .none: return .needsMore
        case .data(let range): return .body(range)
        case .end: return end()
        }
    }

    private mutating func end() -> Event {
        state = .head(HeadParser())
        return .end
    }
}
