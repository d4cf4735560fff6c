/// Turns the bytes of a file into UTF-8 text, chunk by chunk, told or finding out how they are encoded.
///
/// A pure state machine: it holds the start of the file until the encoding is decided, and then at most the incomplete
/// character at the end of a chunk.
struct TextDecoder: ~Copyable {
    enum Failure: Error {
        /// The bytes are not what the encoding allows.
        case invalid(TextEncoding)
        case unsupported(TextEncoding)
        /// The file ends in the midst of a character.
        case cutShort
        /// It is no text of a single byte order.
        case foreign(ForeignFormat)
    }

    /// What the file is encoded in; nil while that is undecided.
    private(set) var encoding: TextEncoding?
    private let detectionBytes: Int
    private var converter: GB18030Converter?
    private var pending: [UInt8] = []
    private var isAtStart = true
    private var isKnownAsText = false

    /// A decoder for a known encoding, or for one that is to be told by the first `detectionBytes`.
    init(_ encoding: TextEncoding?, detectionBytes: Int) {
        self.encoding = encoding
        self.detectionBytes = detectionBytes
    }

    /// Appends the text of the next bytes. What is valid before an invalid byte is appended too.
    mutating func decode(_ bytes: [UInt8], into text: inout [UInt8]) throws(Failure) {
        pending.append(contentsOf: bytes)
        guard isKnownAsText || pending.count >= ForeignFormat.bytesToTell else { return }
        try expectText()
        if encoding == nil {
            guard pending.count >= detectionBytes else { return }
            encoding = Self.detect(pending)
        }
        try decodePending(into: &text)
    }

    /// Appends what is left at the end of the file.
    mutating func finish(into text: inout [UInt8]) throws(Failure) {
        try expectText()
        if encoding == nil { encoding = Self.detect(pending) }
        try decodePending(into: &text)
        if !pending.isEmpty { throw .cutShort }
    }

    private mutating func expectText() throws(Failure) {
        guard !isKnownAsText else { return }
        if let format = ForeignFormat(startingWith: pending) { throw .foreign(format) }
        isKnownAsText = true
    }

    /// GB18030 that is no UTF-8 shows itself within a few characters; text that is valid UTF-8 is UTF-8.
    private static func detect(_ bytes: [UInt8]) -> TextEncoding {
        let (valid, isCutShort) = validUTF8Prefix(of: bytes)
        return valid == bytes.count || isCutShort ? .utf8 : .gb18030
    }

    private mutating func decodePending(into text: inout [UInt8]) throws(Failure) {
        let start = text.count
        defer { dropByteOrderMark(from: &text, at: start) }
        switch encoding {
        case .gb18030: try decodeGB18030(into: &text)
        default: try decodeUTF8(into: &text)
        }
    }

    private mutating func decodeUTF8(into text: inout [UInt8]) throws(Failure) {
        let (valid, isCutShort) = Self.validUTF8Prefix(of: pending)
        text.append(contentsOf: pending[..<valid])
        pending.removeFirst(valid)
        if !pending.isEmpty, !isCutShort { throw .invalid(.utf8) }
    }

    private mutating func decodeGB18030(into text: inout [UInt8]) throws(Failure) {
        do throws(GB18030Converter.Failure) {
            if converter == nil { converter = try GB18030Converter() }
            pending.removeFirst(try converter?.convert(pending, into: &text) ?? 0)
        } catch {
            switch error {
            case .unsupported: throw .unsupported(.gb18030)
            case .invalid: throw .invalid(.gb18030)
            }
        }
    }

    private mutating func dropByteOrderMark(from text: inout [UInt8], at start: Int) {
        guard isAtStart, text.count > start else { return }
        isAtStart = false
        if text[start...].starts(with: [0xEF, 0xBB, 0xBF]) { text.removeSubrange(start..<start + 3) }
    }

    /// How many bytes are whole characters in UTF-8, and whether the rest is only the beginning of one.
    private static func validUTF8Prefix(of bytes: [UInt8]) -> (count: Int, isCutShort: Bool) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return (bytes.count, false)
        } catch {
            let isAtEnd = error.byteOffsets.upperBound == bytes.count
            return (error.byteOffsets.lowerBound, isAtEnd && error.kind == .truncatedScalar)
        }
    }
}
