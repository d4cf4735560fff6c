import CloudWarehouse
import HTTPServer
import HTTPTypes

/// The two ways in which each test's body meets the API.
enum Door: CaseIterable, Sendable {
    /// A request is made, and its answer taken, without a socket.
    case inProcess
    /// Over TCP, through the HTTP server.
    case socket
}

/// What a test shows as its token.
enum Showing: Sendable {
    /// The shop's own token, of role operator.
    case `operator`
    /// No Authorization field.
    case nothing
    /// This token, as a bearer sends it.
    case token(TokenText)
    /// These values of Authorization fields, whatever they are.
    case fields([String])
}

/// What a test asks.
struct Question: Sendable {
    var showing = Showing.operator
    var method = HTTPRequest.Method.get
    var target: String
    var fields: [(name: HTTPField.Name, value: String)] = []
    var body: [UInt8] = []

    static func get(_ target: String) -> Question { Question(target: target) }

    /// The same question by somebody else.
    func showing(_ showing: Showing) -> Question {
        var question = self
        question.showing = showing
        return question
    }

    /// The same question with one field more.
    func with(_ name: HTTPField.Name, _ value: String) -> Question {
        var question = self
        question.fields.append((name, value))
        return question
    }

    /// A body of JSON, posted as such.
    static func order(_ body: String) -> Question { .post(body, to: "/v1/orders") }

    /// A body of JSON, put.
    static func put(_ body: String, to target: String) -> Question {
        var question = post(body, to: target)
        question.method = .put
        return question
    }

    static func post(_ body: String, to target: String, as type: String? = "application/json") -> Question {
        Question(
            method: .post, target: target, fields: type.map { [(.contentType, $0)] } ?? [], body: Array(body.utf8))
    }
}
