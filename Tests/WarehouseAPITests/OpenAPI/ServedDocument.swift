import HTTPTypes
import JSON
import Testing

/// The OpenAPI document as a base serves it, and what it says of an exchange.
struct ServedDocument {
    let json: JSONValue
    private let check: SchemaCheck

    /// Fields that a client acts on: an answer has them exactly where the document tells of them.
    private static let told = ["etag", "retry-after", "allow", "www-authenticate", "location", "x-request-id"]

    init(of shop: Shop) async throws {
        json = try await shop.ask(.get("/openapi.json").showing(.nothing)).json()
        check = SchemaCheck(document: json)
    }

    /// Every operation: its method, its path and what is said of it.
    var operations: [(method: String, path: String, operation: JSONValue)] {
        guard case .object(let paths)? = json["paths"] else { return [] }
        return paths.flatMap { path -> [(method: String, path: String, operation: JSONValue)] in
            guard case .object(let methods) = path.value else { return [] }
            return methods.map { ($0.name, path.name, $0.value) }
        }
    }

    /// The operation that answers a question.
    func operation(of question: Question) -> JSONValue? {
        let segments = question.target.prefix { $0 != "?" }.split(separator: "/")
        return operations.first { method, path, _ in
            let template = path.split(separator: "/")
            return method == question.method.rawValue.lowercased() && template.count == segments.count
                && zip(template, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }?.operation
    }

    /// What of an exchange the document does not tell: a status, a media type, a field, a member, a code.
    func faults(of question: Question, _ answer: Answer) throws -> [String] {
        guard let operation = operation(of: question) else { return ["no operation"] }
        guard let described = operation["responses"]?[String(answer.status)] else {
            return ["no status \(answer.status)"]
        }
        var faults = try self.faults(of: answer, against: described)
        if (200...299).contains(answer.status) { faults += try requestFaults(of: question, operation) }
        return faults
    }

    /// The same of an answer that belongs to no operation: of another method, or of a path that there is not.
    func faults(of answer: Answer, component: String) throws -> [String] {
        guard let described = json["components"]?["responses"]?[component] else { return ["no \(component)"] }
        return try faults(of: answer, against: described)
    }

    private func faults(of answer: Answer, against described: JSONValue) throws -> [String] {
        var described = described
        if case .string(let reference)? = described["$ref"] { described = check.resolved(reference) ?? .null }
        var faults = fieldFaults(of: answer, described["headers"])
        guard case .object(let content)? = described["content"] else {
            return faults + (answer.body.isEmpty ? [] : ["a body where there is none"])
        }
        guard let media = content.first(where: { $0.name == answer[.contentType] }) else {
            return faults + ["no media type \(answer[.contentType] ?? "at all")"]
        }
        guard let schema = media.value["schema"] else { return faults + ["no schema"] }
        let value: JSONValue = media.name.contains("json") ? try answer.json() : .string(answer.text)
        faults += check.faults(of: value, against: schema)
        return faults
    }

    private func fieldFaults(of answer: Answer, _ described: JSONValue?) -> [String] {
        var (required, optional): (Set<String>, Set<String>) = ([], [])
        if case .object(let headers)? = described {
            for header in headers {
                if header.value["required"] == .boolean(true) {
                    required.insert(header.name.lowercased())
                } else {
                    optional.insert(header.name.lowercased())
                }
            }
        }
        let present = Set(answer.fields.map(\.name))
        return required.subtracting(present).map { "no field \($0)" }
            + present.intersection(Self.told).subtracting(required).subtracting(optional).map { "a field \($0)" }
    }

    /// A question that succeeds says nothing that the document does not tell.
    private func requestFaults(of question: Question, _ operation: JSONValue) throws -> [String] {
        var faults: [String] = []
        if case .array(let parameters)? = operation["parameters"] {
            let names = parameters.filter { $0["in"] == .string("query") }.compactMap { $0["name"] }
            for pair in question.target.split(separator: "?").dropFirst().joined(separator: "").split(separator: "&") {
                let name = String(pair.prefix { $0 != "=" })
                if !names.contains(.string(name)) { faults.append("no parameter \(name)") }
            }
        }
        guard !question.body.isEmpty else { return faults }
        guard let schema = operation["requestBody"]?["content"]?["application/json"]?["schema"] else {
            return faults + ["no body"]
        }
        return faults + check.faults(of: try JSONType<JSONValue>.any.read(question.body), against: schema)
    }
}
