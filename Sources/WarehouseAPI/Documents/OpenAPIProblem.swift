internal import HTTPServer
internal import HTTPTypes
internal import JSON

extension RouteProblems {
    /// What it is called in a document: `Conflict-sold_out-reference_conflict`.
    var component: String {
        let words = status.reasonPhrase.split { !$0.isLetter }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return ([words.joined()] + codes.map(\.rawValue)).joined(separator: "-")
    }
}

/// The problems of one status as a response of OpenAPI: no code but these may come with it.
struct OpenAPIProblem: Sendable {
    private let problems: RouteProblems

    init(_ problems: RouteProblems) {
        self.problems = problems
    }

    /// Writes the members of the response.
    func write(to writer: inout JSONWriter) {
        let meanings = problems.codes.map { code in
            "`\(code.rawValue)`: \(code.advice.means.en). \(code.advice.remedy.en)"
        }
        writer.member("description", meanings.joined(separator: "\n\n"))
        writer.object("headers") { writer in
            for field in fields { write(field, to: &writer) }
            RouteField.requestID.write(to: &writer)
        }
        writer.object("content") { writer in
            writer.object("application/problem+json") { writer in
                writer.object("schema", writeSchema)
                writer.object("examples", writeExamples)
            }
        }
    }

    private typealias Field = (name: String, about: String, schema: JSONSchema)

    private var fields: [Field] {
        switch problems.status {
        case .unauthorized:
            [("WWW-Authenticate", "how to show who one is: `Bearer`", JSONType<String>.string(1...200).schema)]
        case .methodNotAllowed:
            [("Allow", "the methods that the path takes", JSONType<String>.string(1...200).schema)]
        case .serviceUnavailable, .tooManyRequests:
            [
                (
                    "Retry-After", "after how many seconds to send the same again",
                    JSONType<Int64>.integer(1...86_400).schema
                )
            ]
        default: []
        }
    }

    private func write(_ field: Field, to writer: inout JSONWriter) {
        writer.object(field.name) { writer in
            writer.member("description", field.about)
            writer.member("required", true)
            writer.member("schema", field.schema)
        }
    }

    private func writeSchema(to writer: inout JSONWriter) {
        writer.array("allOf") { writer in
            writer.object { $0.member("$ref", "#/components/schemas/Problem") }
            writer.object { writer in
                writer.object("properties") { writer in
                    writer.object("status") { $0.member("const", problems.status.code) }
                    writer.object("code") { $0.member("enum", problems.codes.map(\.rawValue)) }
                }
            }
        }
    }

    private func writeExamples(to writer: inout JSONWriter) {
        for code in problems.codes {
            var example = Problem(code, "\(code.advice.remedy.en)")
            example.status = problems.status
            writer.object(code.rawValue) { writer in
                writer.member("summary", code.advice.means.en)
                writer.member("value", rendered: Problem.json.bytes(of: example))
            }
        }
    }
}
