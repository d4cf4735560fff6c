internal import HTTPTypes
internal import JSON

/// What a path, a query or a field may say, as the documents tell it and as it is checked.
struct RouteParameter: Sendable {
    /// Where it stands.
    enum Place: String, Sendable {
        case path
        case query
        case header
    }

    let name: String
    let place: Place
    let about: String
    let schema: JSONSchema
    /// What its absence stands for, as JSON.
    var usual: [UInt8]?
    /// What is wrong with this text, as what would be right; nil where nothing is.
    let fault: @Sendable (String) -> String?

    /// A text as a document of the parameter's schema: numbers as they are written in JSON, all else as a string.
    func document(_ text: String) -> [UInt8] { Self.document(text, of: schema) }

    fileprivate static func document(_ text: String, of schema: JSONSchema) -> [UInt8] {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        if case .integer = schema, text.utf8.allSatisfy(digits.contains) { return Array(text.utf8) }
        return JSONType<String>.string(0...Int.max).bytes(of: text)
    }

    /// A parameter of the path. A path that breaks its form names nothing, which is the resource's to say.
    static func path<Value>(_ name: String, _ type: JSONType<Value>, about: String) -> RouteParameter {
        RouteParameter(name: name, place: .path, about: about, schema: type.schema, fault: { _ in nil })
    }

    /// What a request may ask of the state that it reads or changes.
    static let conditions = [
        field(
            .ifMatch, about: "the ETag of the state that is meant; another one is there: 412, and nothing has happened"),
        field(
            .ifNoneMatch,
            about:
                "the ETag that is known already: still the same, a GET is 304 without a body; `*`: only if there is none"
        ),
    ]

    /// A field of the request that the answer depends on.
    static func field(_ name: HTTPField.Name, about: String) -> RouteParameter {
        RouteParameter(
            name: name.rawName, place: .header, about: about, schema: JSONType<String>.string(1...8_000).schema,
            fault: { _ in nil })
    }
}

/// A parameter of a query, declared once: what is read, what a fault says, and what the documents tell of it.
struct QueryParameter<Value>: Sendable {
    let declaration: RouteParameter
    private let type: JSONType<Value>

    /// A parameter that may be left out, which stands for `usual`.
    init(_ name: String, _ type: JSONType<Value>, usual: Value? = nil, about: String) {
        self.type = type
        declaration = RouteParameter(
            name: name, place: .query, about: about, schema: type.schema, usual: usual.map(type.bytes(of:)),
            fault: { text in
                do throws(JSONRefusal) {
                    _ = try type.read(RouteParameter.document(text, of: type.schema))
                    return nil
                } catch {
                    // What came is not shown: it may be somebody's number.
                    return "must be \(type.schema)"
                }
            })
    }

    /// The value that the text stands for; nil where it breaks the rule.
    func value(of text: String) -> Value? { try? type.read(RouteParameter.document(text, of: type.schema)) }
}

extension QueryParameter where Value == Int32 {
    /// How many elements a page has at most.
    static func limit(usual: Int32 = 100, most: Int32 = 500) -> Self {
        QueryParameter("limit", .integer(1...Int(most)), usual: usual, about: "how many the page has at most")
    }
}

extension QueryParameter {
    /// Where the page before ended.
    static func after(_ type: JSONType<Value>) -> Self {
        QueryParameter("after", type, about: "the `next` of the page before, as it was given; absent: the first page")
    }
}
