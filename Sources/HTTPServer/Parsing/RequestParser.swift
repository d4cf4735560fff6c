/// Turns the bytes of a connection into requests, one event at a time; pure, incremental and strict (RFC 9112).
///
/// What is ambiguous is refused and not mended; after a refusal there is nothing more to be had, since nobody knows
/// where the next request would start. Bodies come in pieces, so they can be collected or streamed.
struct RequestParser: ~Copyable {
    enum Event {
        /// Nothing more can be said without more bytes; what was not consumed must come again, with them.
        case needsMore
        case head(RequestHead)
        /// Content of the current request; a range of the input, counted from where that was read on.
        case body(Range<Int>)
        /// The current request is complete.
        case end
        case refused(Refusal)
    }

    private enum State {
        case head
        /// Nothing of the body was looked at, so its bound may still be changed.
        case body(RequestHead.Framing)
        case sized(remaining: Int)
        case chunked
        case refused(Refusal)
    }

    private let limits: ParsingLimits
    private var state = State.head
    // Beside the state and not in it, so that they change in place.
    private var head = HeadParser()
    private var chunks = ChunkedDecoder(contentLimit: 0)
    private var bodyLimit = 0

    init(limits: HTTPServer.Limits) {
        self.limits = ParsingLimits(limits)
    }

    /// The next event in `bytes` from `start` on, and in `consumed` the count of bytes from there that are done with.
    ///
    /// A head keeps the array.
    mutating func next(in bytes: [UInt8], from start: Int = 0, consumed: inout Int) -> Event {
        consumed = 0
        do throws(Refusal) {
            if case .head = state { return try nextOfHead(in: bytes, from: start, consumed: &consumed) }
            return try nextOfBody(in: bytes.span.extracting(start...), consumed: &consumed)
        } catch {
            state = .refused(error)
            consumed = bytes.count - start
            return .refused(error)
        }
    }

    private mutating func nextOfHead(
        in bytes: [UInt8], from start: Int, consumed: inout Int
    ) throws(Refusal) -> Event {
        guard let complete = try head.advance(over: bytes, from: start, limits: limits) else { return .needsMore }
        consumed = head.byteCount
        head = HeadParser()
        state = .body(complete.framing)
        bodyLimit = limits.bodyBytes
        return .head(complete)
    }

    private mutating func nextOfBody(in input: Span<UInt8>, consumed: inout Int) throws(Refusal) -> Event {
        if case .body(let framing) = state { try begin(framing) }
        switch state {
        case .head, .body: preconditionFailure("a body that was begun is sized or chunked")
        case .sized(let remaining): return nextOfSized(remaining, in: input, consumed: &consumed)
        case .chunked: return try nextOfChunked(in: input, consumed: &consumed)
        case .refused(let refusal): throw refusal
        }
    }

    /// Lets the body of the head that has just come be of so many bytes, instead of ``HTTPServer/Limits/bodyBytes``.
    mutating func allowBody(ofBytes limit: Int) {
        bodyLimit = limit
    }

    /// Whether the body, as far as its length is known, is within its bound; if not, it is refused next.
    var admitsBody: Bool { remainingBytes ?? 0 <= bodyLimit }

    /// How many bytes of the body are still to come; nil where only its end will tell.
    var remainingBytes: Int? {
        switch state {
        case .sized(let remaining), .body(.sized(let remaining)): remaining
        case .head, .body(.empty): 0
        case .body(.chunked), .chunked, .refused: nil
        }
    }

    private mutating func begin(_ framing: RequestHead.Framing) throws(Refusal) {
        switch framing {
        case .empty: state = .sized(remaining: 0)
        case .sized(let length):
            guard length <= bodyLimit else { throw .bodyTooLarge }
            state = .sized(remaining: length)
        case .chunked:
            state = .chunked
            chunks = ChunkedDecoder(contentLimit: bodyLimit)
        }
    }

    private mutating func nextOfSized(_ remaining: Int, in input: Span<UInt8>, consumed: inout Int) -> Event {
        guard remaining > 0 else { return end() }
        guard !input.isEmpty else { return .needsMore }
        consumed = min(remaining, input.count)
        state = .sized(remaining: remaining - consumed)
        return .body(0..<consumed)
    }

    private mutating func nextOfChunked(in input: Span<UInt8>, consumed: inout Int) throws(Refusal) -> Event {
        switch try chunks.advance(over: input, consumed: &consumed, limits: limits) {
        case .none: return .needsMore
        case .data(let range): return .body(range)
        case .end: return end()
        }
    }

    private mutating func end() -> Event {
        state = .head
        return .end
    }
}
