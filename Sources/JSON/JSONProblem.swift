/// One thing that is wrong with a document, where it is, and what would be right.
///
/// The text quotes names of fields and numbers, never the content of a string: a body holds addresses and phone
/// numbers, and problems end up in answers and logs.
public struct JSONProblem: Error, Sendable, Hashable {
    /// What is wrong; stable, for programs.
    public var code: Code
    /// The value that is wrong or missing.
    public var path: JSONPath
    /// The first byte of that value in the document; of the object around it, if it is missing.
    public var offset: Int
    /// What would be right, as a noun phrase: "an integer from 1 to 100000".
    public var expected: String
    /// What stands there, as a noun phrase; empty if the code already says it.
    public var found: String

    /// The problem as a sentence without the path.
    public var message: String {
        let verdict = code.isMalformed ? "\(code.summary): expected \(expected)" : "must be \(expected)"
        return found.isEmpty ? verdict : "\(verdict), found \(found)"
    }
}

extension JSONProblem: CustomStringConvertible {
    /// The problem as one line: `lines[3].quantity: must be an integer from 1 to 99, found 9.0 (byte 77)`.
    public var description: String {
        let place = path.steps.isEmpty ? "document" : path.description
        return "\(place): \(message) (byte \(offset))"
    }
}

/// A document that cannot be read, with every problem found in it, in reading order.
public struct JSONRefusal: Error, Sendable, Hashable {
    /// At least one, at most `JSONLimits.problems`.
    public var problems: [JSONProblem]

    /// A refusal for these problems, of which there is at least one.
    public init(problems: [JSONProblem]) {
        self.problems = problems
    }

    /// The document is no well-formed JSON (HTTP 400), as against well-formed but not what was declared (422).
    public var isMalformed: Bool { problems.contains { $0.code.isMalformed } }
}

extension JSONRefusal: CustomStringConvertible {
    /// One line per problem.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
