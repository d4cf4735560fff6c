internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// One route as an operation of OpenAPI.
struct OpenAPIOperation: Sendable {
    private let route: Route
    private let guide: RouteGuide?

    init(_ route: Route) {
        self.route = route
        guide = RouteGuide.all[route.operation]
    }

    /// Writes the members of the operation.
    func write(to writer: inout JSONWriter) {
        writer.member("operationId", route.operation)
        writer.member("summary", route.summary)
        writer.member("description", [who, guide?.notes?.en].compactMap { $0 }.joined(separator: " "))
        writer.member("tags", [route.topic])
        writeSecurity(to: &writer)
        if !route.parameters.isEmpty {
            writer.array("parameters") { writer in
                for parameter in route.parameters { writer.object { write(parameter, to: &$0) } }
            }
        }
        if let body = route.body { writer.object("requestBody") { write(body, to: &$0) } }
        writer.object("responses", writeResponses)
    }

    private var who: String {
        switch route.audience {
        case .everyone: "Anybody may ask, without a token."
        case .roles(let roles) where roles.count == Role.allCases.count: "For bearers of any token."
        case .roles(let roles):
            "For bearers of a token of role "
                + Role.allCases.filter(roles.contains).map(\.rawValue).joined(separator: ", ") + "."
        case .overlays: "For overlays, with a key as the bearer's token."
        case .visitors, .people: "For people with a browser."
        }
    }

    private func writeSecurity(to writer: inout JSONWriter) {
        writer.array("security") { writer in
            switch route.audience {
            case .roles, .overlays: break
            case .everyone, .visitors, .people: return
            }
            writer.object { $0.member("bearer", [] as [String]) }
            if case .roles = route.audience { writer.object { $0.member("session", [] as [String]) } }
        }
        guard case .roles(let roles) = route.audience else { return }
        writer.member("x-roles", Role.allCases.filter(roles.contains).map(\.rawValue))
    }

    private func write(_ parameter: RouteParameter, to writer: inout JSONWriter) {
        writer.member("name", parameter.name)
        writer.member("in", parameter.place.rawValue)
        writer.member("description", parameter.about)
        writer.member("required", parameter.place == .path)
        writer.object("schema") { writer in
            // Of a field any text will do; nothing that could be sent is wrong.
            guard parameter.place != .header else { return writer.member("type", "string") }
            parameter.schema.writeMembers(to: &writer)
            if let usual = parameter.usual { writer.member("default", rendered: usual) }
        }
        if let example = example(of: parameter) { writer.member("example", rendered: example) }
    }

    private func example(of parameter: RouteParameter) -> [UInt8]? {
        let query = parameter.place == .query ? guide?.query.first { $0.name == parameter.name }?.value : nil
        let path = parameter.place == .path ? guide?.path[parameter.name] : nil
        guard let text = query ?? path else { return nil }
        return parameter.document(RouteGuide.filled(text))
    }

    private func write(_ body: JSONSchema, to writer: inout JSONWriter) {
        writer.member("required", true)
        writer.object("content") { writer in
            writer.object("application/json") { writer in
                writer.member("schema", body)
                if let example = guide?.body { writer.member("example", rendered: RouteGuide.filled(example).utf8) }
            }
        }
    }

    // MARK: Answers

    private func writeResponses(to writer: inout JSONWriter) {
        for status in route.statuses { writer.object(String(status.code)) { writeSuccess(status, to: &$0) } }
        for problem in route.allProblems {
            writer.object(String(problem.status.code)) {
                $0.member("$ref", "#/components/responses/\(problem.component)")
            }
        }
    }

    private func writeSuccess(_ status: HTTPResponse.Status, to writer: inout JSONWriter) {
        writer.member("description", Self.meaning(of: status))
        writer.object("headers") { writer in
            for field in route.fields + [.requestID] { field.write(to: &writer) }
        }
        guard status != .notModified, status != .noContent else { return }
        writer.object("content") { writer in
            for format in route.formats {
                writer.object(format.contentType) { writer in
                    let declared = format.isJSON ? route.answer : nil
                    writer.member("schema", declared ?? JSONType<String>.string(1...1_000_000).schema)
                    if format.isJSON, let example = guide?.answer {
                        writer.member("example", rendered: example.utf8)
                    }
                }
            }
        }
    }

    private static func meaning(of status: HTTPResponse.Status) -> String {
        switch status {
        case .created: "It is made."
        case .notModified: "Nothing has changed since the answer that `If-None-Match` names."
        case .noContent: "It is done; there is nothing to tell."
        default: "As it was asked for."
        }
    }
}

extension RouteField {
    /// Writes the field as a header of OpenAPI.
    func write(to writer: inout JSONWriter) {
        writer.object(name.rawName) { writer in
            writer.member("description", about)
            if isAlways { writer.member("required", true) }
            writer.member("schema", JSONType<String>.string(1...8_000).schema)
        }
    }
}
