/// The first pass over a document: its grammar, character encoding, and bounds, in one walk over the bytes.
///
/// What RFC 8259 leaves open is refused here: a byte order mark, lone surrogates, U+0000, numbers that no double can
/// hold. What depends on the declaration (types, fields, duplicate keys) is `JSONReader`'s.
struct JSONScanner {
    /// Where scanning stopped, and why.
    struct Failure: Error {
        var code: JSONProblem.Code
        var offset: Int
    }

    /// What may come next at this point of the document.
    private enum Expectation {
        case value, firstElement, firstKey, key, separator, end
    }

    /// Valid for the duration of one scan only: the scanner never leaves the scope that lends the bytes.
    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    var offset = 0
    private(set) var tokens: [JSONToken] = []
    private var openContainer: Int?
    private var depth = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
        tokens.reserveCapacity(min(bytes.count / 5 + 4, limits.tokens))
    }

    /// Walks the whole document and leaves its tokens.
    mutating func scan() throws(Failure) {
        guard bytes.count <= limits.documentBytes else { throw Failure(code: .tooLarge, offset: limits.documentBytes) }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw Failure(code: .byteOrderMark, offset: 0)
        }
        var expected = Expectation.value
        while true {
            skipWhitespace()
            guard offset < bytes.count else {
                guard expected == .end else { throw Failure(code: .unexpectedEnd, offset: offset) }
                return
            }
            let byte = bytes[offset]
            switch expected {
            case .value:
                expected = try scanValue(byte)
            case .firstElement:
                expected = byte == UInt8(ascii: "]") ? closeContainer() : try scanValue(byte)
            case .firstKey:
                expected = byte == UInt8(ascii: "}") ? closeContainer() : try scanKey(byte)
            case .key:
                expected = try scanKey(byte)
            case .separator:
                expected = try scanSeparator(byte)
            case .end:
                throw Failure(code: .trailingBytes, offset: offset)
            }
        }
    }

    private mutating func scanValue(_ byte: UInt8) throws(Failure) -> Expectation {
        if let openContainer { tokens[openContainer].count += 1 }
        switch byte {
        case UInt8(ascii: "\""):
            try scanString()
        case UInt8(ascii: "{"):
            try openContainer(.object)
            return .firstKey
        case UInt8(ascii: "["):
            try openContainer(.array)
            return .firstElement
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try scanNumber()
        case UInt8(ascii: "t"):
            try scanWord("true", .true)
        case UInt8(ascii: "f"):
            try scanWord("false", .false)
        case UInt8(ascii: "n"):
            try scanWord("null", .null)
        default:
            throw Failure(code: .invalidSyntax, offset: offset)
        }
        return openContainer == nil ? .end : .separator
    }

    private mutating func scanKey(_ byte: UInt8) throws(Failure) -> Expectation {
        guard byte == UInt8(ascii: "\"") else { throw Failure(code: .invalidSyntax, offset: offset) }
        try scanString()
        skipWhitespace()
        guard offset < bytes.count else { throw Failure(code: .unexpectedEnd, offset: offset) }
        guard bytes[offset] == UInt8(ascii: ":") else { throw Failure(code: .invalidSyntax, offset: offset) }
        offset += 1
        return .value
    }

    private mutating func scanSeparator(_ byte: UInt8) throws(Failure) -> Expectation {
        guard let openContainer else { throw Failure(code: .trailingBytes, offset: offset) }
        let isObject = tokens[openContainer].kind == .object
        if byte == UInt8(ascii: ",") {
            offset += 1
            return isObject ? .key : .value
        }
        guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
            throw Failure(code: .invalidSyntax, offset: offset)
        }
        return closeContainer()
    }

    private mutating func openContainer(_ kind: JSONToken.Kind) throws(Failure) {
        depth += 1
        guard depth <= limits.depth else { throw Failure(code: .tooDeep, offset: offset) }
        let parent = openContainer.map { UInt32($0) } ?? UInt32.max
        openContainer = tokens.count
        try append(JSONToken(kind: kind, start: UInt32(offset), end: UInt32(offset), next: parent, count: 0))
        offset += 1
    }

    private mutating func closeContainer() -> Expectation {
        offset += 1
        guard let closed = openContainer else { return .end }
        let parent = tokens[closed].next
        tokens[closed].next = UInt32(tokens.count)
        tokens[closed].end = UInt32(offset)
        depth -= 1
        openContainer = parent == UInt32.max ? nil : Int(parent)
        return openContainer == nil ? .end : .separator
    }

    private mutating func scanWord(_ word: StaticString, _ kind: JSONToken.Kind) throws(Failure) {
        let start = offset
        for index in 0..<word.utf8CodeUnitCount {
            guard offset < bytes.count else { throw Failure(code: .unexpectedEnd, offset: offset) }
            guard bytes[offset] == word.utf8Start[index] else { throw Failure(code: .invalidSyntax, offset: offset) }
            offset += 1
        }
        try appendScalar(kind, from: start, to: offset)
    }

    private mutating func skipWhitespace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    mutating func appendScalar(_ kind: JSONToken.Kind, from start: Int, to end: Int) throws(Failure) {
        let next = UInt32(tokens.count + 1)
        try append(JSONToken(kind: kind, start: UInt32(start), end: UInt32(end), next: next, count: 0))
    }

    private mutating func append(_ token: JSONToken) throws(Failure) {
        guard tokens.count < limits.tokens else { throw Failure(code: .tooLarge, offset: Int(token.start)) }
        tokens.append(token)
    }
}
