/// Any JSON value as a tree, for documents whose shape is not declared: stored JSON, command line output, tests.
///
/// Request and answer bodies are declared as `JSONType`s instead.
public enum JSONValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int64)
    /// A number with a fraction or an exponent, or over 64 bits, as it is written.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// In the order of the document; no name twice.
    case object([Member])

    /// One member of an object.
    public struct Member: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: JSONValue

        /// A member from its name and value.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The member of that name, if this is an object that has one.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

extension JSONType where Value == JSONValue {
    /// Any value, within the limits of the reader.
    public static var any: Self {
        JSONType(schema: .any, read: { $0.tree($1) }, write: { $1.tree($0) })
    }
}

extension JSONReader {
    /// The value with all that it holds; nil, with the problem recorded, when a name stands twice in one object.
    fileprivate mutating func tree(_ node: Node) -> JSONValue? {
        let token = tokens[node.index]
        switch token.kind {
        case .null: return .null
        case .true: return .boolean(true)
        case .false: return .boolean(false)
        case .integer:
            let text = String(decoding: source(of: token), as: UTF8.self)
            return Int64(text).map { .integer($0) } ?? .number(text)
        case .fraction: return .number(String(decoding: source(of: token), as: UTF8.self))
        case .plainText, .escapedText: return .string(string(node))
        case .array: return elements(of: node, count: token.count).map { .array($0) }
        case .object: return members(of: node, count: token.count).map { .object($0) }
        }
    }

    private mutating func elements(of node: Node, count: UInt32) -> [JSONValue]? {
        var elements: [JSONValue] = []
        var child = firstChild(of: node)
        for _ in 0..<count {
            guard let value = tree(child) else { return nil }
            elements.append(value)
            child = self.node(after: child)
        }
        return elements
    }

    private mutating func members(of node: Node, count: UInt32) -> [JSONValue.Member]? {
        var members: [JSONValue.Member] = []
        var names: Set<[UInt8]> = []
        var key = firstChild(of: node)
        for _ in 0..<count {
            // Names are compared by their bytes: Swift's strings equate different ones that look the same.
            let name = string(key)
            guard names.insert(Array(name.utf8)).inserted else {
                refuse(key, .duplicateKey, expected: JSONProblem.Code.duplicateKey.expected, found: "")
                return nil
            }
            let child = self.node(after: key)
            guard let value = tree(child) else { return nil }
            members.append(JSONValue.Member(name, value))
            key = self.node(after: child)
        }
        return members
    }
}

extension JSONWriter {
    fileprivate mutating func tree(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .boolean(let value): boolean(value)
        case .integer(let value): integer(value)
        case .number(let text): rendered(Array(text.utf8))
        case .string(let text): string(text)
        case .array(let elements):
            beginArray()
            for element in elements { tree(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                key(member.name)
                tree(member.value)
            }
            endObject()
        }
    }
}
