import Testing

@testable import HTTPServer

/// A rule of a standard, bytes that put it to the test, and what must come out of them.
struct RuleRow: Sendable, CustomTestStringConvertible {
    let section: String
    let wire: WireText
    let outcomes: [Outcome]

    /// Bytes that are refused; what follows them is never looked at.
    init(_ section: String, _ text: String, refused refusal: Refusal) {
        self.section = section
        wire = WireText(text + "GET /smuggled HTTP/1.1\nHost: a\n\n")
        outcomes = [.refused(refusal)]
    }

    /// The same, but exactly these bytes, line ends included.
    init(_ section: String, exactly bytes: String, refused refusal: Refusal) {
        self.section = section
        wire = WireText(exactly: bytes + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
        outcomes = [.refused(refusal)]
    }

    /// Bytes that are a request; the next one, which follows them at once, is found too.
    init(_ section: String, _ text: String, reads line: String, _ fields: String..., body: String = "") {
        self.section = section
        wire = WireText(text + "GET /next HTTP/1.1\nHost: b\n\n")
        outcomes = [
            .request(line, fields: fields, body: body), .request("GET /next http11", fields: ["Host=b"], body: ""),
        ]
    }

    var testDescription: String { "\(section): \(wire.testDescription)" }
}
