/// What a declared type looks like in a document: the source of messages and of the OpenAPI schemas.
public indirect enum JSONSchema: Sendable, Hashable {
    /// Any value.
    case any
    case boolean
    /// An integer within the range.
    case integer(ClosedRange<Int64>)
    case string(JSONTextRule)
    /// One of these strings.
    case choice([String])
    /// Elements of one type, so many of them.
    case array(of: JSONSchema, count: ClosedRange<Int>)
    case object(JSONObjectSchema)
    /// The value or `null`.
    case nullable(JSONSchema)
}

/// What a string must keep.
public struct JSONTextRule: Sendable, Hashable {
    /// The `format` of JSON Schema: "uuid", "date", "date-time" …
    public var format: String?
    /// A regular expression (ECMA-262) that documents the form; reading relies on the type's `parse`.
    public var pattern: String?
    /// Unicode scalars.
    public var length: ClosedRange<Int>
    /// The form in words, as a noun phrase: "a date such as 2026-11-23".
    public var about: String?

    /// A rule from its parts.
    public init(format: String? = nil, pattern: String? = nil, length: ClosedRange<Int>, about: String? = nil) {
        self.format = format
        self.pattern = pattern
        self.length = length
        self.about = about
    }
}

/// A declared object.
public struct JSONObjectSchema: Sendable, Hashable {
    /// One declared member.
    public struct Field: Sendable, Hashable {
        /// Its name in the document.
        public var name: String
        /// What it means, for the documentation.
        public var about: String
        /// Its type.
        public var schema: JSONSchema
        /// Whether it must be there.
        public var isRequired: Bool
        /// What its absence stands for, as JSON.
        public var defaultDocument: [UInt8]?

        /// A member from its parts.
        public init(
            name: String, about: String, schema: JSONSchema, isRequired: Bool, defaultDocument: [UInt8]? = nil
        ) {
            self.name = name
            self.about = about
            self.schema = schema
            self.isRequired = isRequired
            self.defaultDocument = defaultDocument
        }
    }

    /// The name of the schema, unique within one API.
    public var name: String
    /// What it is, for the documentation.
    public var about: String
    /// In the order of declaration, which is the order of writing.
    public var fields: [Field]

    /// An object from its parts.
    public init(name: String, about: String, fields: [Field]) {
        self.name = name
        self.about = about
        self.fields = fields
    }
}

extension JSONSchema: CustomStringConvertible {
    /// What would be right, as a noun phrase for messages: "an integer from 1 to 100000".
    public var description: String {
        switch self {
        case .any: "any value"
        case .boolean: "true or false"
        case .integer(let range): "an integer \(Self.phrase(range))"
        case .string(let rule): rule.about ?? "a string \(Self.phrase(rule.length, "character"))"
        case .choice(let choices): "one of " + choices.map { "\"\($0)\"" }.joined(separator: ", ")
        case .array(_, let count): "an array \(Self.phrase(count, "element"))"
        case .object: "an object"
        case .nullable(let schema): "\(schema), or null"
        }
    }

    private static func phrase(_ range: ClosedRange<Int64>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (.min, .max): "of 64 bits"
        case (let low, .max): "from \(low) on"
        case (.min, let high): "up to \(high)"
        case (let low, let high): "from \(low) to \(high)"
        }
    }

    private static func phrase(_ range: ClosedRange<Int>, _ unit: String) -> String {
        let units = range.upperBound == 1 ? unit : unit + "s"
        if range.lowerBound == range.upperBound { return "of \(range.lowerBound) \(units)" }
        return range.lowerBound == 0
            ? "of at most \(range.upperBound) \(units)"
            : "of \(range.lowerBound) to \(range.upperBound) \(units)"
    }
}
