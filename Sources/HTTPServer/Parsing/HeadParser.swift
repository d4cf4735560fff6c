/// Reads a head line by line as it arrives; each byte is looked at once.
///
/// Every verdict is taken when the line end that completes it arrives, or when a limit is reached, and so depends on the
/// bytes alone and not on how they were sliced.
struct HeadParser: ~Copyable {
    private var lineStart = 0
    /// Where the search for the next line end goes on.
    private var scanned = 0
    /// An empty line before the request line is let pass once (RFC 9112, 2.2).
    private var skippedEmptyLine = false
    private var requestLine: RequestLine?
    private var fields: [FieldRange] = []
    private var framing = FramingFields()

    /// Room for the fields of a usual request, so that the array grows once.
    private static var usualFieldCount: Int { 12 }

    /// Bytes of the head so far; the whole head's once it was returned.
    var byteCount: Int { lineStart }

    /// Reads on in `bytes`, where the head begins at `start`; they hold at least what they held the last time.
    ///
    /// - Returns: the head, or nil if its end is not there yet.
    mutating func advance(
        over bytes: [UInt8], from start: Int, limits: ParsingLimits
    ) throws(Refusal) -> RequestHead? {
        let input = bytes.span.extracting(start...)
        let reach = min(input.count, limits.headBytes)
        while let lineFeed = input.firstLineFeed(in: scanned..<reach) {
            guard lineFeed > lineStart, input[lineFeed - 1] == ASCII.carriageReturn else { throw malformedLine }
            let line = lineStart..<lineFeed - 1
            lineStart = lineFeed + 1
            scanned = lineStart
            if try read(line, of: input, limits: limits) { return try head(in: bytes, from: start) }
        }
        scanned = reach
        guard reach < limits.headBytes else { throw requestLine == nil ? .targetTooLong : .headTooLarge }
        return nil
    }

    private var malformedLine: Refusal { requestLine == nil ? .malformedRequestLine : .malformedField }

    /// Reads a line, and tells whether it was the head's last.
    private mutating func read(
        _ line: Range<Int>, of input: Span<UInt8>, limits: ParsingLimits
    ) throws(Refusal) -> Bool {
        guard requestLine != nil else {
            if line.isEmpty, !skippedEmptyLine {
                skippedEmptyLine = true
            } else {
                requestLine = try RequestLine(input, in: line, limits: limits)
                fields.reserveCapacity(Self.usualFieldCount)
            }
            return false
        }
        guard !line.isEmpty else { return true }
        guard let field = FieldLine(input, in: line) else { throw .malformedField }
        guard fields.count < limits.fieldCount else { throw .tooManyFields }
        try framing.note(field, in: input)
        fields.append(FieldRange(name: field.name, value: field.value))
        return false
    }

    private func head(in bytes: [UInt8], from start: Int) throws(Refusal) -> RequestHead {
        guard let line = requestLine else { preconditionFailure("a head ends without its first line") }
        guard line.version == .http10 || framing.host != nil else { throw .malformedHost }
        return RequestHead(
            bytes: bytes,
            start: start,
            byteCount: lineStart,
            method: line.method,
            version: line.version,
            target: line.target.whole,
            path: line.target.path,
            query: line.target.query,
            authority: line.target.authority ?? framing.host ?? 0..<0,
            fields: fields,
            framing: try framing.framing(of: line.version),
            persists: framing.persists(line.version),
            expectsContinue: framing.expectsContinue && line.version == .http11
        )
    }
}
