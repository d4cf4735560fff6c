import Testing

@testable import HTTPServer

/// Rules about what is answered, and whether the connection goes on.
@Suite("Rules of connections, section by section")
struct ConnectionRuleTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let section: String
        let wire: WireText
        /// The bodies, or the status where there is none; with "!" after an answer that announces the end.
        let answers: [String]

        /// The request is followed by another, which is answered "/next" where the connection goes on.
        init(_ section: String, _ text: String, _ answers: String...) {
            self.section = section
            wire = WireText(text + "GET /next HTTP/1.1\nHost: a\n\n")
            self.answers = answers
        }

        var testDescription: String { "\(section): \(wire.testDescription)" }
    }

    @Test("the answers are the same however the bytes are sliced", arguments: persistence + methods + expectations)
    func everySlicing(row: Row) {
        for slices in slicings(of: row.wire.bytes) {
            let driver = MachineDriver()
            for slice in slices {
                driver.receive(slice)
                for target in driver.inFlight.keys { driver.answer(target) }
            }
            // Whether a client that does not wait is told to go on is left open (RFC 9110, 10.1.1).
            #expect(driver.answers().filter { $0 != "100" } == row.answers, "in \(slices.count) slices")
        }
    }

    private static func get(_ fields: String, version: String = "1.1") -> String {
        "GET /1 HTTP/\(version)\nHost: a\n\(fields)\n\n"
    }

    static let persistence = [
        Row("RFC 9112, 9.3", get("Connection: CLOSE"), "/1!"),
        Row("RFC 9112, 9.3", get("Connection: keep-alive, close"), "/1!"),
        Row("RFC 9112, 9.3", get("Connection: close, keep-alive"), "/1!"),
        Row("RFC 9112, 9.3", get("Connection: x\nConnection: close"), "/1!"),
        Row("RFC 9112, 9.3", get("Connection: \t,, close\t,"), "/1!"),
        Row("RFC 9112, 9.3", get("Connection: closed"), "/1", "/next"),
        Row("RFC 9112, 9.3", get("Connection: not close"), "/1", "/next"),
        Row("RFC 9112, 9.3", get("Connection:"), "/1", "/next"),
        Row("RFC 9112, 9.3", get("X-Connection: close"), "/1", "/next"),
        Row("RFC 9112, C.2.2", get("Proxy-Connection: close"), "/1", "/next"),
        Row("RFC 9112, 9.3", get("X: y", version: "1.0"), "/1!"),
        Row("RFC 9112, 9.3", get("Connection: keep-alive, close", version: "1.0"), "/1!"),
        Row("RFC 9112, C.2.2", get("Connection: Keep-Alive", version: "1.0"), "/1", "/next"),
        Row("RFC 9112, C.2.2", get("Keep-Alive: timeout=5", version: "1.0"), "/1!"),
        Row("RFC 9112, 9.3", get("Connection: close", version: "1.9"), "/1!"),
        Row("RFC 9110, 7.6.1", get("Connection: Host, X"), "/1", "/next"),
        Row("RFC 9112, 9.6", get("Connection: close") + get("Host: b"), "/1!"),
        Row("RFC 9112, 9.3.2", get("X: y") + "GET /2 HTTP/1.1\nHost : a\n\n", "/1", "malformedField!"),
        Row("RFC 9112, 9.3.2", get("X: y") + "\u{0}\n\n", "/1", "malformedRequestLine!"),
        Row("RFC 9112, 2.3", "GET /1 HTTP/2.0\nHost: a\n\n", "unsupportedVersion!"),
        Row("RFC 9112, 7.4", get("TE: trailers, deflate;q=0.5"), "/1", "/next"),
        Row("RFC 9110, 7.8", get("Connection: upgrade\nUpgrade: h2c, websocket"), "/1", "/next"),
    ]

    static let methods = [
        Row("RFC 9110, 9.3.1", "GET /1 HTTP/1.1\nHost: a\nContent-Length: 4\n\nGET ", "/1", "/next"),
        Row("RFC 9110, 9.3.2", "HEAD /1 HTTP/1.1\nHost: a\n\n", "200", "/next"),
        Row("RFC 9110, 9.3.2", "HEAD /1 HTTP/1.1\nHost: a\nContent-Length: 4\n\nHEAD", "200", "/next"),
        Row("RFC 9110, 9.1", "head /1 HTTP/1.1\nHost: a\n\n", "/1", "/next"),
        Row("RFC 9110, 9.3.6", "CONNECT a:1 HTTP/1.1\nHost: a\n\n", "tunnelRequested!"),
        Row("RFC 9110, 9.3.7", "OPTIONS * HTTP/1.1\nHost: a\n\n", "*", "/next"),
        Row("RFC 9110, 9.3.8", "TRACE /1 HTTP/1.1\nHost: a\n\n", "/1", "/next"),
        Row("RFC 9110, 6.4.1", "DELETE /1 HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n0\n\n", "/1", "/next"),
        Row("RFC 9110, 15.5.14", "PUT /1 HTTP/1.1\nHost: a\nContent-Length: 1048577\n\n", "bodyTooLarge!"),
        Row("RFC 9110, 15.5.12", "POST /1 HTTP/1.1\nHost: a\n\n", "/1", "/next"),
        Row("RFC 9110, 5.3", get("X: 1\nY: 2\nX: 3"), "/1", "/next"),
        Row("RFC 9110, 14.2", get("Range: bytes=0-0"), "/1", "/next"),
    ]

    private static func post(expect: String, version: String = "1.1") -> String {
        "POST /1 HTTP/\(version)\nHost: a\n\(expect)\nContent-Length: 2\n\nab"
    }

    static let expectations = [
        Row("RFC 9110, 10.1.1", post(expect: "Expect: 100-CONTINUE"), "/1", "/next"),
        Row("RFC 9110, 10.1.1", post(expect: "expect:100-continue\t"), "/1", "/next"),
        Row("RFC 9110, 10.1.1", post(expect: "Expect: 100-continue, x"), "unsupportedExpectation!"),
        Row("RFC 9110, 10.1.1", post(expect: "Expect: 100-continue;x=y"), "unsupportedExpectation!"),
        Row("RFC 9110, 10.1.1", post(expect: "Expect: 100"), "unsupportedExpectation!"),
        Row("RFC 9110, 10.1.1", post(expect: "Expect: x\nExpect: 100-continue"), "unsupportedExpectation!"),
        Row("RFC 9110, 10.1.1", post(expect: "Expect: 100-continue", version: "1.0"), "/1!"),
    ]
}
