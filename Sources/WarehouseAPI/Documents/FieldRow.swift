internal import JSON

/// One member of a body or an answer, as a page lists it.
struct FieldRow: Sendable {
    /// Where it stands: `lines[].price.fen`.
    let path: String
    let isRequired: Bool
    let schema: JSONSchema
    /// What it means, in English.
    let about: String

    /// The members of an object and of all that it holds, in the order of the document.
    static func rows(of schema: JSONSchema, in path: String = "") -> [FieldRow] {
        switch schema {
        case .object(let object):
            object.fields.flatMap { field in
                let (place, bare) = (path.isEmpty ? field.name : "\(path).\(field.name)", field.schema.withoutNull)
                return [FieldRow(path: place, isRequired: field.isRequired, schema: bare, about: about(field, bare))]
                    + rows(of: bare, in: place)
            }
        case .array(let element, _): rows(of: element, in: path + "[]")
        case .nullable(let wrapped): rows(of: wrapped, in: path)
        case .any, .boolean, .integer, .string, .choice: []
        }
    }

    /// What a member is, or else what stands in it.
    private static func about(_ field: JSONObjectSchema.Field, _ schema: JSONSchema) -> String {
        if !field.about.isEmpty { return field.about }
        return switch schema {
        case .object(let object): object.about
        case .array(.object(let object), _): object.about
        default: ""
        }
    }
}

extension JSONSchema {
    /// What it is where it is there.
    fileprivate var withoutNull: JSONSchema {
        if case .nullable(let wrapped) = self { return wrapped }
        return self
    }

    /// What may stand there, in a few words.
    func words(in language: PageLanguage) -> String {
        guard language == .chinese else {
            if case .choice(let choices) = self { return choices.joined(separator: " | ") }
            return description
        }
        return switch self {
        case .any: "任意值"
        case .boolean: "true 或 false"
        case .integer(let range): "整数" + Self.bounds(range.lowerBound, range.upperBound, unit: "")
        case .string(let rule):
            rule.about.map { Meanings.text($0, in: .chinese) }
                ?? "文本" + Self.bounds(Int64(rule.length.lowerBound), Int64(rule.length.upperBound), unit: " 个字符")
        case .choice(let choices): choices.joined(separator: " | ")
        case .array(_, let count): "数组" + Self.bounds(Int64(count.lowerBound), Int64(count.upperBound), unit: " 项")
        case .object: "对象"
        case .nullable(let wrapped): wrapped.words(in: language)
        }
    }

    private static func bounds(_ low: Int64, _ high: Int64, unit: String) -> String {
        switch (low, high) {
        case (.min, .max): ""
        case (_, .max): "，不小于 \(low)\(unit)"
        case (.min, _): "，不大于 \(high)\(unit)"
        default: "，\(low) 至 \(high)\(unit)"
        }
    }
}
