import Testing

@testable import HTTPServer

@Suite("Requests that are refused")
struct RefusedRequestTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let wire: WireText
        let refusal: Refusal

        init(_ text: String, _ refusal: Refusal) {
            wire = WireText(text)
            self.refusal = refusal
        }

        init(exactly text: String, _ refusal: Refusal) {
            wire = WireText(exactly: text)
            self.refusal = refusal
        }

        var testDescription: String { "\(wire.testDescription): \(refusal)" }
    }

    @Test(
        "the same refusal comes out however the bytes are sliced, and nothing after it",
        arguments: requestLines + targets + fields + hosts + framing + chunks
    )
    func everySlicing(example: Example) {
        let bytes = example.wire.bytes + Array("\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        for slices in slicings(of: bytes) {
            #expect(replay(slices) == [.refused(example.refusal)], "in \(slices.count) slices")
        }
    }

    static let requestLines = [
        Example("GET  / HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET / HTTP/1.1 \nHost: a\n\n", .malformedRequestLine),
        Example(" GET / HTTP/1.1\nHost: a\n\n", .malformedRequestLine),
        Example("GET\t/ HTTP/1.1\nHost: a\n\n", .malformedRequestLine),
        Example("GET /\nHost: a\n\n", .malformedRequestLine),
        Example("GET HTTP/1.1\nHost: a\n\n", .malformedRequestLine),
        Example("G(T / HTTP/1.1\nHost: a\n\n", .malformedRequestLine),
        Example("GET / http/1.1\nHost: a\n\n", .malformedRequestLine),
        Example("GET / HTTP/1.10\nHost: a\n\n", .malformedRequestLine),
        Example("GET / HTTP/1,1\nHost: a\n\n", .malformedRequestLine),
        Example("GET / HTTP/2.0\nHost: a\n\n", .unsupportedVersion),
        Example("PRI * HTTP/2.0\n\nSM\n\n", .unsupportedVersion),
        Example("GET / HTTP/0.9\nHost: a\n\n", .unsupportedVersion),
        Example("\n\nGET / HTTP/1.1\nHost: a\n\n", .malformedRequestLine),
        Example(exactly: "GET / HTTP/1.1\nHost: a\r\n\r\n", .malformedRequestLine),
        Example(exactly: "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        Example(exactly: "GET /\rx HTTP/1.1\r\nHost: a\r\n\r\n", .malformedTarget),
        Example("\u{16}\u{3}\u{1}\u{0}\n\n", .malformedRequestLine),
    ]

    static let targets = [
        Example("GET index.html HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET * HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("OPTIONS *x HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET /a b HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET /%4 HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET /%zz HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET /a?b=% HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET /#top HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET /\u{E9} HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET /\u{0} HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET ftp://a/ HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET http:///a HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET http://u@a/ HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("GET http://:80/ HTTP/1.1\nHost: a\n\n", .malformedTarget),
        Example("CONNECT a:443 HTTP/1.1\nHost: a:443\n\n", .tunnelRequested),
    ]

    static let fields = [
        Example("GET / HTTP/1.1\nHost : a\n\n", .malformedField),
        Example("GET / HTTP/1.1\nHost: a\n X: folded\n\n", .malformedField),
        Example("GET / HTTP/1.1\nHost: a\nX: b\n\tfolded\n\n", .malformedField),
        Example("GET / HTTP/1.1\n Host: a\n\n", .malformedField),
        Example("GET / HTTP/1.1\nHost: a\n: b\n\n", .malformedField),
        Example("GET / HTTP/1.1\nHost: a\nX\n\n", .malformedField),
        Example("GET / HTTP/1.1\nHost: a\nX\u{E9}: b\n\n", .malformedField),
        Example("GET / HTTP/1.1\nHost: a\nX: b\u{0}\n\n", .malformedField),
        Example("GET / HTTP/1.1\nHost: a\nX: b\u{7F}\n\n", .malformedField),
        Example(exactly: "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", .malformedField),
        Example(exactly: "GET / HTTP/1.1\r\nHost: a\r\nX: b\rc: d\r\n\r\n", .malformedField),
        Example(exactly: "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\r\n\r\n", .malformedField),
        Example(exactly: "GET / HTTP/1.1\r\nHost: a\r\n\n", .malformedField),
        Example("GET / HTTP/1.1\nHost: a\nExpect: 200-ok\n\n", .unsupportedExpectation),
    ]

    static let hosts = [
        Example("GET / HTTP/1.1\n\n", .malformedHost),
        Example("GET / HTTP/1.1\nHost: a\nHost: a\n\n", .malformedHost),
        Example("GET / HTTP/1.0\nHost: a\nhost: b\n\n", .malformedHost),
        Example("GET http://a/ HTTP/1.1\n\n", .malformedHost),
        Example("GET / HTTP/1.1\nHost: a b\n\n", .malformedHost),
        Example("GET / HTTP/1.1\nHost: a/b\n\n", .malformedHost),
        Example("GET / HTTP/1.1\nHost: u@a\n\n", .malformedHost),
        Example("GET / HTTP/1.1\nHost: a:8x\n\n", .malformedHost),
        Example("GET / HTTP/1.1\nHost: a:65536\n\n", .malformedHost),
        Example("GET / HTTP/1.1\nHost: [::1\n\n", .malformedHost),
        Example("GET / HTTP/1.1\nHost: []\n\n", .malformedHost),
        Example("GET / HTTP/1.1\nHost: [::1]x\n\n", .malformedHost),
    ]

    private static func post(_ fields: String, _ refusal: Refusal, version: String = "1.1") -> Example {
        Example("POST / HTTP/\(version)\nHost: a\n\(fields)\n\n", refusal)
    }

    static let framing = [
        post("Content-Length: 5\nContent-Length: 5", .malformedContentLength),
        post("Content-Length: 5\nContent-Length: 6", .malformedContentLength),
        post("Content-Length: 5, 5", .malformedContentLength),
        post("Content-Length: +5", .malformedContentLength),
        post("Content-Length: -5", .malformedContentLength),
        post("Content-Length: 5 5", .malformedContentLength),
        post("Content-Length: 0x5", .malformedContentLength),
        post("Content-Length:", .malformedContentLength),
        post("Content-Length: 9223372036854775808", .malformedContentLength),
        post("Content-Length: 18446744073709551621", .malformedContentLength),
        post("Content-Length: 9223372036854775807", .bodyTooLarge),
        post("Content-Length : 5", .malformedField),
        post("Content-Length: 5\nTransfer-Encoding: chunked", .ambiguousFraming),
        post("Transfer-Encoding: chunked\nContent-Length: 0", .ambiguousFraming),
        post("Transfer-Encoding: chunked\nTransfer-Encoding: chunked", .ambiguousFraming),
        post("Transfer-Encoding: chunked\nTransfer-Encoding: identity", .ambiguousFraming),
        post("Transfer-Encoding: chunked", .ambiguousFraming, version: "1.0"),
        post("Transfer-Encoding: gzip, chunked", .unsupportedTransferCoding),
        post("Transfer-Encoding: xchunked", .unsupportedTransferCoding),
        post("Transfer-Encoding: chunked, identity", .unsupportedTransferCoding),
        post("Transfer-Encoding: \"chunked\"", .unsupportedTransferCoding),
        post("Transfer-Encoding:", .unsupportedTransferCoding),
        post("Transfer-Encoding: \u{B}chunked", .malformedField),
        post("Transfer-Encoding : chunked", .malformedField),
    ]

    private static func chunked(_ body: String, _ refusal: Refusal = .malformedChunk) -> Example {
        Example("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n\(body)", refusal)
    }

    private static func chunked(exactly body: String) -> Example {
        Example(exactly: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)", .malformedChunk)
    }

    static let chunks = [
        chunked("\n0\n\n"),
        chunked("g\n"),
        chunked("+1\na\n"),
        chunked("-1\na\n"),
        chunked("0x1\na\n"),
        chunked(" 1\na\n"),
        chunked("1 \na\n"),
        chunked("1;\na\n"),
        chunked("1;a=\na\n"),
        chunked("1;a=\"b\na\n"),
        chunked("1;a=\"b\u{1}\"\na\n"),
        chunked("1;a b\na\n"),
        chunked("1,2\na\n"),
        chunked("00000000000000001\na\n"),
        chunked("8000000000000000\na\n"),
        chunked("ffffffffffffffff\na\n"),
        chunked("7fffffff\na\n", .bodyTooLarge),
        chunked("1\nab\n"),
        chunked("2\na\n0\n\n"),
        chunked("1\na0\n\n"),
        chunked(exactly: "1\na\r\n0\r\n\r\n"),
        chunked(exactly: "1\r\na\n0\r\n\r\n"),
        chunked(exactly: "1\r\na\r0\r\n\r\n"),
        chunked(exactly: "0\r\n\n"),
        chunked("0\nX : y\n\n"),
        chunked("0\n folded\n\n"),
        chunked("0\nX: \u{0}\n\n"),
    ]
}
