/// A scanned document that declared types read their values from.
///
/// Types record what is wrong and go on, so that one answer lists every problem. Custom `JSONType`s use the methods
/// here; everyone else calls `JSONType.read`.
public struct JSONReader: ~Copyable {
    /// One value of the document.
    public struct Node: Sendable {
        @usableFromInline let index: Int

        @inlinable init(index: Int) {
            self.index = index
        }
    }

    /// Valid while the scope that lends the document lasts; the reader is created and consumed inside of it.
    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    let tokens: [JSONToken]
    /// For each object being read, the value of each of its declared fields, or -1; the innermost object is last.
    var slots: [Int32] = []
    /// What was found wrong so far, in reading order.
    public private(set) var problems: [JSONProblem] = []
    /// Problems found, listed or not.
    public private(set) var problemCount = 0

    /// Scans a document; fails if it is no well-formed JSON.
    @usableFromInline
    init(scanning bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(JSONRefusal) {
        var scanner = JSONScanner(bytes, limits: limits)
        do {
            try scanner.scan()
        } catch {
            let path = JSONPath(toBreakAfter: scanner.tokens, in: bytes)
            let problem = JSONProblem(
                code: error.code, path: path, offset: error.offset, expected: error.code.expected, found: "")
            throw JSONRefusal(problems: [problem])
        }
        self.bytes = bytes
        self.limits = limits
        tokens = scanner.tokens
        // Room for an order, its line and the objects within, so that reading a usual body does not grow the array.
        slots.reserveCapacity(64)
    }

    /// The outermost value.
    @inlinable public var root: Node { Node(index: 0) }

    /// Whether the value is `null`.
    public func isNull(_ node: Node) -> Bool { tokens[node.index].kind == .null }

    /// Records that the value is not what the schema declares.
    public mutating func refuse(_ node: Node, _ code: JSONProblem.Code, expecting schema: JSONSchema) {
        refuse(node, code, expected: schema.description, found: describe(node))
    }

    mutating func refuse(_ node: Node, _ code: JSONProblem.Code, expected: String, found: String) {
        problemCount += 1
        guard problems.count < limits.problems else { return }
        let path = JSONPath(to: node.index, in: tokens, of: bytes)
        let offset = Int(tokens[node.index].start)
        problems.append(JSONProblem(code: code, path: path, offset: offset, expected: expected, found: found))
    }

    /// Records that a declared field of the object is not there.
    @usableFromInline
    mutating func refuseMissing(_ field: JSONObjectSchema.Field, in object: Opened) {
        let listed = problems.count
        refuse(object.node, .missingField, expected: field.schema.description, found: "nothing")
        if problems.count > listed { problems[listed].path.steps.append(.member(field.name)) }
    }

    /// The value as a noun phrase, without the content of strings.
    func describe(_ node: Node) -> String {
        let token = tokens[node.index]
        switch token.kind {
        case .null: return "null"
        case .true: return "true"
        case .false: return "false"
        case .integer, .fraction: return String(decoding: source(of: token), as: UTF8.self)
        case .plainText, .escapedText:
            let length = withText(of: node) { JSONText.characterCount($0) }
            return length == 1 ? "a string of 1 character" : "a string of \(length) characters"
        case .array: return token.count == 1 ? "an array of 1 element" : "an array of \(token.count) elements"
        case .object: return "an object"
        }
    }

    /// The bytes of a token as they stand in the document.
    func source(of token: JSONToken) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(token.start)..<Int(token.end)])
    }
}
