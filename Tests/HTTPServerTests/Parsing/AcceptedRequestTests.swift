import Testing

@testable import HTTPServer

@Suite("Requests that are accepted")
struct AcceptedRequestTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let wire: WireText
        let outcomes: [Outcome]

        init(_ text: String, _ outcomes: Outcome...) {
            wire = WireText(text)
            self.outcomes = outcomes
        }

        var testDescription: String { wire.testDescription }
    }

    @Test("the same requests come out however the bytes are sliced", arguments: examples)
    func everySlicing(example: Example) {
        for slices in slicings(of: example.wire.bytes) {
            #expect(replay(slices) == example.outcomes, "in \(slices.count) slices, the first of \(slices[0].count)")
        }
    }

    private static func get(_ target: String, _ fields: String..., version: HTTPVersion = .http11) -> Outcome {
        .request("GET \(target) \(version)", fields: fields, body: "")
    }

    static let examples = [
        Example("GET / HTTP/1.1\nHost: a\n\n", get("/", "Host=a")),
        Example("\nGET / HTTP/1.1\nHost: a\n\n", get("/", "Host=a")),
        Example("GET / HTTP/1.0\n\n", get("/", version: .http10)),
        Example("GET / HTTP/1.9\nHost: a\n\n", get("/", "Host=a")),
        Example("GET / HTTP/1.1\nHost:\n\n", get("/", "Host=")),
        Example("GET / HTTP/1.1\nHost: [::1]:8080\n\n", get("/", "Host=[::1]:8080")),
        Example("GET / HTTP/1.1\nhOST: \t a:80 \t\n\n", get("/", "hOST=a:80")),
        Example("GET /a/%E5%8D%96?q=%20&x=1?/ HTTP/1.1\nHost: a\n\n", get("/a/%E5%8D%96?q=%20&x=1?/", "Host=a")),
        Example("GET http://b:1/p?q HTTP/1.1\nHost: a\n\n", get("http://b:1/p?q", "Host=a")),
        Example("GET HTTPS://b HTTP/1.1\nHost: a\n\n", get("HTTPS://b", "Host=a")),
        Example("OPTIONS * HTTP/1.1\nHost: a\n\n", .request("OPTIONS * http11", fields: ["Host=a"], body: "")),
        Example("BREW-IT / HTTP/1.1\nHost: a\n\n", .request("BREW-IT / http11", fields: ["Host=a"], body: "")),
        Example("GET / HTTP/1.1\nHost: a\nX: a\tb \u{E9}\nX:\n\n", get("/", "Host=a", "X=a\tb \u{E9}", "X=")),
        Example(
            "POST / HTTP/1.1\nHost: a\nContent-Length: 5\n\nab\ncGET /2 HTTP/1.1\nHost: a\n\n",
            .request("POST / http11", fields: ["Host=a", "Content-Length=5"], body: "ab\r\nc"), get("/2", "Host=a")
        ),
        Example(
            "PUT / HTTP/1.1\nHost: a\nContent-Length: 000\n\nGET /2 HTTP/1.1\nHost: a\n\n",
            .request("PUT / http11", fields: ["Host=a", "Content-Length=000"], body: ""), get("/2", "Host=a")
        ),
        Example(
            "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: Chunked\n\n"
                + "5;a;b=c; d = \"e\\\";\"\nhello\n00A\n0123456789\n0\nDigest: x\n\nGET /2 HTTP/1.1\nHost: a\n\n",
            .request("POST / http11", fields: ["Host=a", "Transfer-Encoding=Chunked"], body: "hello0123456789"),
            get("/2", "Host=a")
        ),
        Example(
            "GET /1 HTTP/1.1\nHost: a\n\nGET /2 HTTP/1.1\nHost: a\n\n\nGET /3 HTTP/1.1\nHost: a\n\n",
            get("/1", "Host=a"), get("/2", "Host=a"), get("/3", "Host=a")
        ),
        Example("GET / HTTP/1.1\nHost: a\nAccept", .incomplete),
        Example("POST / HTTP/1.1\nHost: a\nContent-Length: 5\n\nabcd", .incomplete),
        Example("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n1\na\n0\n", .incomplete),
    ]
}
