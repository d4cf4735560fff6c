import JSON

/// Holds values against the schemas of a document: as much of JSON Schema 2020-12 as the document uses, and no more.
///
/// It is strict: a keyword or a format that it does not know is a fault, since what is not checked is not kept.
struct SchemaCheck {
    /// The document that references point into.
    let document: JSONValue

    /// What of the value is not as the schema has it, each with its place.
    func faults(of value: JSONValue, against schema: JSONValue, at place: String = "") -> [String] {
        guard case .object(let keywords) = schema else { return ["\(place): the schema is no object"] }
        return keywords.flatMap { keyword in
            faults(of: value, against: keyword, in: schema, at: place)
        }
    }

    private func faults(
        of value: JSONValue, against keyword: JSONValue.Member, in schema: JSONValue, at place: String
    ) -> [String] {
        switch (keyword.name, keyword.value) {
        case ("description", _), ("default", _): []
        case ("type", .string(let type)): Self.isOf(type, value) ? [] : ["\(place): no \(type): \(value)"]
        case ("const", let constant): value == constant ? [] : ["\(place): not \(constant)"]
        case ("enum", .array(let choices)):
            choices.contains(value) ? [] : ["\(place): \(value) is not one of \(choices)"]
        case ("$ref", .string(let reference)):
            resolved(reference).map { faults(of: value, against: $0, at: place) } ?? [
                "\(place): \(reference) leads nowhere"
            ]
        case ("allOf", .array(let all)): all.flatMap { faults(of: value, against: $0, at: place) }
        case ("anyOf", .array(let some)):
            some.contains { faults(of: value, against: $0, at: place).isEmpty }
                ? [] : ["\(place): none of \(some.count)"]
        case ("minimum", _), ("maximum", _): numberFaults(value, keyword, place)
        case ("minLength", _), ("maxLength", _), ("pattern", _), ("format", _): textFaults(value, keyword, place)
        case ("items", _), ("minItems", _), ("maxItems", _): arrayFaults(value, keyword, place)
        case ("properties", _), ("required", _), ("additionalProperties", _):
            objectFaults(value, keyword, schema, place)
        default: ["\(place): unknown keyword \(keyword.name)"]
        }
    }

    /// What a reference of the form `#/a/b` leads to.
    func resolved(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/").reduce(document as JSONValue?) { $0?[String($1)] }
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .boolean), ("integer", .integer), ("string", .string), ("array", .array),
            ("object", .object):
            true
        default: false
        }
    }

    private func numberFaults(_ value: JSONValue, _ keyword: JSONValue.Member, _ place: String) -> [String] {
        guard case .integer(let number) = value else { return [] }
        guard case .integer(let bound) = keyword.value else { return ["\(place): \(keyword.name) is no integer"] }
        let holds = keyword.name == "minimum" ? number >= bound : number <= bound
        return holds ? [] : ["\(place): \(number) against \(keyword.name) \(bound)"]
    }

    private func textFaults(_ value: JSONValue, _ keyword: JSONValue.Member, _ place: String) -> [String] {
        // The other formats belong to numbers.
        if keyword.name == "format", case .integer = value {
            return keyword.value == .string("int64") ? [] : ["\(place): unknown format \(keyword.value)"]
        }
        guard case .string(let text) = value else { return [] }
        let holds: Bool
        switch (keyword.name, keyword.value) {
        case ("minLength", .integer(let bound)): holds = text.unicodeScalars.count >= bound
        case ("maxLength", .integer(let bound)): holds = text.unicodeScalars.count <= bound
        case ("pattern", .string(let pattern)):
            guard let expression = try? Regex(pattern) else { return ["\(place): no pattern: \(pattern)"] }
            holds = text.contains(expression)
        case ("format", .string(let format)): holds = Self.keeps(format, text)
        default: return ["\(place): a wrong \(keyword.name)"]
        }
        return holds ? [] : ["\(place): \(text) against \(keyword.name) \(keyword.value)"]
    }

    private static func keeps(_ format: String, _ text: String) -> Bool {
        switch format {
        case "uuid": text.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil
        case "date": text.wholeMatch(of: /\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/) != nil
        case "date-time":
            text.wholeMatch(of: /\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)/) != nil
        default: false
        }
    }

    private func arrayFaults(_ value: JSONValue, _ keyword: JSONValue.Member, _ place: String) -> [String] {
        guard case .array(let elements) = value else { return [] }
        switch (keyword.name, keyword.value) {
        case ("minItems", .integer(let bound)): return elements.count >= bound ? [] : ["\(place): too few"]
        case ("maxItems", .integer(let bound)): return elements.count <= bound ? [] : ["\(place): too many"]
        default:
            return elements.enumerated().flatMap { index, element in
                faults(of: element, against: keyword.value, at: "\(place)/\(index)")
            }
        }
    }

    private func objectFaults(
        _ value: JSONValue, _ keyword: JSONValue.Member, _ schema: JSONValue, _ place: String
    ) -> [String] {
        guard case .object(let members) = value else { return [] }
        switch (keyword.name, keyword.value) {
        case ("properties", .object(let declared)):
            return declared.flatMap { property in
                value[property.name].map { faults(of: $0, against: property.value, at: "\(place)/\(property.name)") }
                    ?? []
            }
        case ("required", .array(let names)):
            return names.filter { name in !members.contains { .string($0.name) == name } }.map { "\(place): no \($0)" }
        case ("additionalProperties", .boolean(false)):
            return members.filter { schema["properties"]?[$0.name] == nil }.map {
                "\(place): \($0.name) is not declared"
            }
        default: return ["\(place): a wrong \(keyword.name)"]
        }
    }
}
