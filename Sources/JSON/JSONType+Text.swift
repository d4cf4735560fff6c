extension JSONType where Value == String {
    /// Text of so many characters (Unicode scalars, as JSON Schema counts).
    public static func string(_ length: ClosedRange<Int>) -> Self {
        let schema = JSONSchema.string(JSONTextRule(length: length))
        return JSONType(
            schema: schema,
            read: { reader, node in
                if let text = reader.plainString(node, length) { return text }
                guard reader.checkText(node, length: length, schema) else { return nil }
                return reader.string(node)
            },
            write: { $1.string($0) })
    }
}

extension JSONType {
    /// Text of a certain form, such as a date or a code, that is a type of its own.
    ///
    /// - `rule`: what the schema says of it: name of the format, length, pattern.
    /// - `parse`: the value for the text (UTF-8 without escapes, of allowed length), nil when the form is not kept.
    /// - `text`: the value as text; `parse` must accept it.
    public static func text(
        _ rule: JSONTextRule,
        parse: @escaping @Sendable (Span<UInt8>) -> Value?,
        text: @escaping @Sendable (Value) -> String
    ) -> Self {
        let schema = JSONSchema.string(rule)
        return JSONType(
            schema: schema,
            read: { reader, node in
                guard reader.checkText(node, length: rule.length, schema) else { return nil }
                if let value = reader.withText(of: node, parse) { return value }
                reader.refuse(node, .wrongFormat, expecting: schema)
                return nil
            },
            write: { $1.string(text($0)) })
    }

    /// One of a fixed set of words: the raw values of an enumeration.
    public static func choice(of type: Value.Type) -> Self
    where Value: CaseIterable & RawRepresentable<String> & Sendable {
        choice(among: Array(Value.allCases))
    }

    /// The text is the raw value of one of these.
    public static func choice(among values: [Value]) -> Self where Value: RawRepresentable<String> & Sendable {
        let choices = values.map { (text: Array($0.rawValue.utf8), value: $0) }
        let schema = JSONSchema.choice(values.map(\.rawValue))
        return JSONType(
            schema: schema,
            read: { reader, node in
                guard reader.isText(node) else {
                    reader.refuse(node, .wrongType, expecting: schema)
                    return nil
                }
                let chosen = reader.withText(of: node) { text in
                    choices.first { JSONText.equal($0.text.span, text) }
                }
                if let chosen { return chosen.value }
                reader.refuse(node, .notAChoice, expecting: schema)
                return nil
            },
            write: { $1.string($0.rawValue) })
    }
}

extension JSONReader {
    /// Records that the value is no text. A number in the place of one is not quoted: it may be somebody's phone number.
    private mutating func refuseAsText(_ node: Node, _ schema: JSONSchema) {
        switch tokens[node.index].kind {
        case .integer, .fraction: refuse(node, .wrongType, expected: schema.description, found: "a number")
        default: refuse(node, .wrongType, expecting: schema)
        }
    }

    /// Checks that the value is a string of so many characters, and records it if it is not.
    mutating func checkText(_ node: Node, length: ClosedRange<Int>, _ schema: JSONSchema) -> Bool {
        guard isText(node) else {
            refuseAsText(node, schema)
            return false
        }
        guard withText(of: node, { JSONText.characterCount(of: $0, isWithin: length) }) else {
            refuse(node, .wrongLength, expecting: schema)
            return false
        }
        return true
    }
}
