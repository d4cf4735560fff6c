import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("Responses on the wire")
struct ResponseEncoderTests {
    private func encode(
        _ response: Response, isHead: Bool = false, version: HTTPVersion = .http11, persists: Bool = true
    ) -> String {
        var output: [UInt8] = []
        let context = ResponseEncoder.Context(isHead: isHead, version: version, persists: persists)
        ResponseEncoder.append(response, to: &output, in: context, date: HTTPDate(unixSeconds: 784_111_777))
        return String(decoding: output, as: UTF8.self).replacing("\r\n", with: "\n")
    }

    private let hello = Response(status: .ok, fields: [.contentType: "text/plain"], body: Array("hello".utf8))

    @Test("status, date, length, fields and body come in order")
    func whole() {
        #expect(
            encode(hello) == """
                HTTP/1.1 200 OK
                Date: Sun, 06 Nov 1994 08:49:37 GMT
                Content-Length: 5
                Content-Type: text/plain

                hello
                """
        )
    }

    @Test("HEAD gets the length and no body")
    func head() {
        let text = encode(hello, isHead: true)
        #expect(text.contains("Content-Length: 5\n"))
        #expect(text.hasSuffix("\n\n"))
    }

    @Test("204 and 304 have neither body nor length", arguments: [HTTPResponse.Status.noContent, .notModified])
    func bodiless(status: HTTPResponse.Status) {
        let text = encode(Response(status: status, body: [1, 2, 3]))
        #expect(!text.contains("Content-Length"))
        #expect(text.hasSuffix("GMT\n\n"))
    }

    @Test("an empty body has length 0")
    func empty() {
        #expect(encode(Response(status: .notFound)).hasPrefix("HTTP/1.1 404 Not Found\n"))
        #expect(encode(Response(status: .notFound)).contains("Content-Length: 0\n"))
    }

    @Test("Connection is written where it differs from the version's default")
    func connection() {
        #expect(!encode(hello).contains("Connection"))
        #expect(encode(hello, persists: false).contains("\nConnection: close\n"))
        #expect(encode(hello, version: .http10).contains("\nConnection: keep-alive\n"))
        #expect(encode(hello, version: .http10, persists: false).contains("\nConnection: close\n"))
    }

    @Test("a value cannot end its line", arguments: ["a\r\nSet-Cookie: x", "a\nb", "a\rb", "a\u{0}b", "a\r\n\r\nbody"])
    func injection(value: String) {
        var fields = ResponseFields()
        fields.append(.location, value)
        let text = encode(Response(status: .found, fields: fields))
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 6)
        #expect(!text.utf8.contains(0))
        #expect(!text.contains("\r"))
    }

    @Test("the fields that frame a message are not a handler's to write")
    func reserved() async {
        await #expect(processExitsWith: .failure) {
            var fields = ResponseFields()
            fields.append(.transferEncoding, "chunked")
        }
    }

    @Test(
        "numbers are written in full", arguments: [0, 9, 10, 99, 100, 1_000, 123_456]
    )
    func lengths(count: Int) {
        let text = encode(Response(status: .ok, body: [UInt8](repeating: 65, count: count)), isHead: true)
        #expect(text.contains("Content-Length: \(count)\n"))
    }
}
