extension JSONSchema {
    /// Writes the schema as JSON Schema 2020-12, the dialect of OpenAPI 3.1.
    ///
    /// Named objects are referred to as `#/components/schemas/NAME`; `JSONSchemaCollection` writes those.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
    }

    /// Writes the members of the schema's object, so that the caller can add more.
    public func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .any:
            break
        case .boolean:
            writer.member("type", "boolean")
        case .integer(let range):
            writer.member("type", "integer")
            writer.member("format", "int64")
            if range.lowerBound > .min { writer.member("minimum", range.lowerBound) }
            if range.upperBound < .max { writer.member("maximum", range.upperBound) }
        case .string(let rule):
            rule.writeMembers(to: &writer)
        case .choice(let choices):
            writer.member("type", "string")
            writer.key("enum")
            writer.array(of: choices)
        case .array(let element, let count):
            writer.member("type", "array")
            writer.key("items")
            element.write(to: &writer)
            writer.member("minItems", Int64(count.lowerBound))
            writer.member("maxItems", Int64(count.upperBound))
        case .object(let object):
            writer.member("$ref", "#/components/schemas/\(object.name)")
        case .nullable(let schema):
            writer.key("anyOf")
            writer.beginArray()
            schema.write(to: &writer)
            JSONSchema.writeNull(to: &writer)
            writer.endArray()
        }
    }

    private static func writeNull(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", "null")
        writer.endObject()
    }
}

extension JSONTextRule {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.member("type", "string")
        if let format { writer.member("format", format) }
        if let pattern { writer.member("pattern", pattern) }
        if let about { writer.member("description", about) }
        writer.member("minLength", Int64(length.lowerBound))
        writer.member("maxLength", Int64(length.upperBound))
    }
}

extension JSONObjectSchema {
    /// Writes the object's own schema: its members, those required, and that there are no others. Where it is read, members
    /// that may be absent may be `null`.
    public func write(to writer: inout JSONWriter, isRead: Bool = true) {
        writer.beginObject()
        writer.member("type", "object")
        if !about.isEmpty { writer.member("description", about) }
        writer.key("properties")
        writer.beginObject()
        for field in fields {
            writer.key(field.name)
            field.write(to: &writer, isRead: isRead)
        }
        writer.endObject()
        let required = fields.filter(\.isRequired).map(\.name)
        if !required.isEmpty {
            writer.key("required")
            writer.array(of: required)
        }
        writer.key("additionalProperties")
        writer.boolean(false)
        writer.endObject()
    }
}

extension JSONObjectSchema.Field {
    /// What the field means goes before the form of its text, since there is one description for both.
    fileprivate func write(to writer: inout JSONWriter, isRead: Bool) {
        var (schema, isDescribed) = (schema, about.isEmpty)
        if !isRead, !isRequired, case .nullable(let wrapped) = schema { schema = wrapped }
        if !about.isEmpty, case .string(var rule) = schema {
            rule.about = rule.about.map { "\(about) (\($0))" } ?? about
            (schema, isDescribed) = (.string(rule), true)
        }
        writer.beginObject()
        schema.writeMembers(to: &writer)
        if !isDescribed { writer.member("description", about) }
        if let defaultDocument {
            writer.key("default")
            writer.rendered(defaultDocument)
        }
        writer.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    fileprivate mutating func member(_ name: String, _ value: Int64) {
        key(name)
        integer(value)
    }

    fileprivate mutating func array(of strings: [String]) {
        beginArray()
        for value in strings { string(value) }
        endArray()
    }
}
