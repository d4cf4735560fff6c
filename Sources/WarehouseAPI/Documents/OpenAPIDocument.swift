internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// The route table as OpenAPI 3.1 has it, which uses JSON Schema 2020-12.
///
/// Everything is read off what is served: paths, parameters, bodies and answers off the routes, schemas off the declarations
/// that read and write them, problems off the codes. What stands beside is ``RouteGuide``: words and examples.
struct OpenAPIDocument: Sendable {
    let routes: [Route]
    /// Every answer that is a problem, once, in the order in which it is met.
    private let problems: [RouteProblems]

    /// The version of the API, which changes when a client has to.
    static let version = "1.0.0"

    init(_ routes: [Route]) {
        self.routes = routes
        // No operation has another method than its own; the answer to one is described all the same.
        let all = routes.flatMap(\.allProblems) + [RouteProblems(status: .methodNotAllowed, codes: [.methodNotAllowed])]
        var met: Set<RouteProblems> = []
        problems = all.filter { met.insert($0).inserted }
    }

    /// The document.
    var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 256 * 1_024)
        writer.object { writer in
            writer.member("openapi", "3.1.0")
            writer.object("info", Self.writeInfo)
            writer.array("servers") { $0.object { $0.member("url", "/") } }
            writer.array("tags", writeTags)
            writer.object("paths", writePaths)
            writer.object("components", writeComponents)
        }
        return writer.bytes
    }

    private static func writeInfo(to writer: inout JSONWriter) {
        writer.member("title", "Yuncang (云仓)")
        writer.member("summary", "Inventory of a livestream base: stock, orders, deliveries.")
        writer.member("description", about)
        writer.member("version", version)
        writer.object("license") { writer in
            writer.member("name", "Apache-2.0")
            writer.member("identifier", "Apache-2.0")
        }
    }

    private static let about = """
        Quantities are whole numbers of a SKU's base unit, pieces or grams; money is in whole fen; instants are RFC 3339 in \
        UTC. A body is `application/json` in UTF-8, without members that are not declared.

        Problems are `application/problem+json` (RFC 9457) with a `code` that never changes; `errors` names every field by a \
        JSON Pointer and every parameter by its name, all of them at once. `request_id` is what the request is called, as in \
        `X-Request-Id` of every answer: a client's own if it sends one. After 429 and 503 send the same again, `Retry-After` \
        seconds later: nothing is done twice. Any path answers a method that it does not take with 405 and `Allow`, HEAD \
        like GET without a body, and OPTIONS with `Allow`. Without a good token, paths that are not in this document are \
        answered like those that are: 401.

        A page of `/docs` says the same to people, in English and Chinese.
        """

    private static let session = """
        A browser in which somebody has signed in at `/`. BASE stands for the base's key; over TLS the name begins with \
        `__Host-`. It counts only where no `Authorization` is sent, and changes something only from pages of the same origin.
        """

    private func writeTags(to writer: inout JSONWriter) {
        for topic in Topic.all(of: routes) {
            writer.object { writer in
                writer.member("name", topic.name)
                writer.member("description", topic.about.en)
            }
        }
    }

    private func writePaths(to writer: inout JSONWriter) {
        var paths: [String] = []
        for route in routes where !paths.contains(route.path) { paths.append(route.path) }
        for path in paths {
            writer.object(path) { writer in
                for route in routes where route.path == path {
                    writer.object(route.method.rawValue.lowercased()) { OpenAPIOperation(route).write(to: &$0) }
                }
            }
        }
    }

    private func writeComponents(to writer: inout JSONWriter) {
        var schemas = JSONSchemaCollection()
        for route in routes {
            if let body = route.body { schemas.add(body) }
            for parameter in route.parameters { schemas.add(parameter.schema) }
        }
        for route in routes { if let answer = route.answer { schemas.add(answer, isRead: false) } }
        schemas.add(Problem.json.schema, isRead: false)
        writer.key("schemas")
        schemas.write(to: &writer)
        writer.object("responses") { writer in
            for problem in problems { writer.object(problem.component) { OpenAPIProblem(problem).write(to: &$0) } }
        }
        writer.object("securitySchemes") { writer in
            writer.object("bearer") { writer in
                writer.member("type", "http")
                writer.member("scheme", "bearer")
                writer.member("description", "A token of one base and one role; `yuncang token create` makes them.")
            }
            writer.object("session") { writer in
                writer.member("type", "apiKey")
                writer.member("in", "cookie")
                writer.member("name", "yuncang-BASE")
                writer.member("description", Self.session)
            }
        }
    }
}
