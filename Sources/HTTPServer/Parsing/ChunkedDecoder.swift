/// Undoes the chunked transfer coding (RFC 9112, 7.1). Trailers are held to the grammar of fields and dropped.
struct ChunkedDecoder {
    enum Piece {
        /// More bytes are needed.
        case none
        /// Content; a range of the input.
        case data(Range<Int>)
        case end
    }

    private enum State {
        case sizeLine
        case data(remaining: Int)
        case dataEnd
        case trailer
    }

    private let contentLimit: Int
    private var state = State.sizeLine
    private var contentBytes = 0
    private var extensionBytes = 0
    private var trailerBytes = 0
    private var trailerCount = 0

    /// A decoder of a body of so many bytes at most.
    init(contentLimit: Int) {
        self.contentLimit = contentLimit
    }

    /// Sixteen digits fill 64 bits; no body needs as many.
    private static var sizeDigits: Int { 16 }

    /// Reads on in `input`, of which the first `consumed` bytes are done with; raises `consumed`.
    mutating func advance(
        over input: Span<UInt8>, consumed: inout Int, limits: ParsingLimits
    ) throws(Refusal) -> Piece {
        while true {
            switch state {
            case .sizeLine:
                guard try readSizeLine(input, &consumed, limits) else { return .none }
            case .data(let remaining):
                guard consumed < input.count else { return .none }
                let range = consumed..<consumed + min(remaining, input.count - consumed)
                consumed = range.upperBound
                state = range.count == remaining ? .dataEnd : .data(remaining: remaining - range.count)
                return .data(range)
            case .dataEnd:
                guard try readDataEnd(input, &consumed) else { return .none }
            case .trailer:
                guard let isLast = try readTrailer(input, &consumed, limits) else { return .none }
                if isLast { return .end }
            }
        }
    }

    /// A line's range without its end, found within `bound` bytes of it; nil if its end has not arrived yet.
    private func line(
        _ input: Span<UInt8>, from start: Int, bound: Int
    ) throws(Refusal) -> Range<Int>? {
        let reach = min(input.count, start + bound)
        guard let lineFeed = input.firstLineFeed(in: start..<reach) else {
            guard reach - start < bound else { throw .malformedChunk }
            return nil
        }
        guard lineFeed > start, input[lineFeed - 1] == ASCII.carriageReturn else { throw .malformedChunk }
        return start..<lineFeed - 1
    }

    private mutating func readSizeLine(
        _ input: Span<UInt8>, _ consumed: inout Int, _ limits: ParsingLimits
    ) throws(Refusal) -> Bool {
        let bound = Self.sizeDigits + limits.chunkExtensionBytes - extensionBytes + 2
        guard let line = try line(input, from: consumed, bound: bound) else { return false }
        var end = line.lowerBound
        var size = 0
        while end < line.upperBound, let digit = ASCII.hexadecimal(input[end]) {
            // The top digit's bits must stay clear of the sign.
            guard end - line.lowerBound < Self.sizeDigits, size >> 58 == 0 else { throw .malformedChunk }
            size = size << 4 | digit
            end += 1
        }
        guard end > line.lowerBound, ChunkExtensions.areWellFormed(input, in: end..<line.upperBound) else {
            throw .malformedChunk
        }
        extensionBytes += line.upperBound - end
        guard extensionBytes <= limits.chunkExtensionBytes else { throw .malformedChunk }
        guard size <= contentLimit - contentBytes else { throw .bodyTooLarge }
        contentBytes += size
        consumed = line.upperBound + 2
        state = size == 0 ? .trailer : .data(remaining: size)
        return true
    }

    private mutating func readDataEnd(_ input: Span<UInt8>, _ consumed: inout Int) throws(Refusal) -> Bool {
        guard consumed < input.count else { return false }
        guard input[consumed] == ASCII.carriageReturn else { throw .malformedChunk }
        guard consumed + 1 < input.count else { return false }
        guard input[consumed + 1] == ASCII.lineFeed else { throw .malformedChunk }
        consumed += 2
        state = .sizeLine
        return true
    }

    /// Whether the line was the empty one that ends the body; nil if it has not arrived yet.
    private mutating func readTrailer(
        _ input: Span<UInt8>, _ consumed: inout Int, _ limits: ParsingLimits
    ) throws(Refusal) -> Bool? {
        guard let line = try line(input, from: consumed, bound: limits.headBytes - trailerBytes) else { return nil }
        consumed = line.upperBound + 2
        trailerBytes += line.count + 2
        guard !line.isEmpty else { return true }
        trailerCount += 1
        guard trailerCount <= limits.fieldCount, FieldLine(input, in: line) != nil else { throw .malformedChunk }
        return false
    }
}
