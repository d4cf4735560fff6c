import Testing

@testable import HTTPServer

@Suite("Limits of the parser")
struct ParserLimitTests {
    private static let limits = HTTPServer.Limits.with {
        $0.headBytes = 200
        $0.targetBytes = 30
        $0.fieldCount = 3
        $0.bodyBytes = 20
        $0.chunkExtensionBytes = 10
    }

    /// A head of exactly `count` bytes.
    private static func head(ofBytes count: Int) -> String {
        let start = "GET / HTTP/1.1\r\nHost: a\r\nX: "
        return start + String(repeating: "x", count: count - start.utf8.count - 4) + "\r\n\r\n"
    }

    private static func target(ofBytes count: Int) -> String {
        "GET /" + String(repeating: "t", count: count - 1) + " HTTP/1.1\r\nHost: a\r\n\r\n"
    }

    private static func chunked(_ body: String) -> String {
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body
    }

    static let within = [
        head(ofBytes: 200),
        target(ofBytes: 30),
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\nX: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n01234567890123456789",
        chunked("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n"),
        chunked("1;abcd\r\na\r\n1;efgh\r\na\r\n0\r\n\r\n"),
        chunked("0\r\nX: 1\r\nX: 2\r\nX: 3\r\n\r\n"),
    ]

    static let beyond: [(String, Refusal)] = [
        (head(ofBytes: 201), .headTooLarge),
        (String(repeating: "G", count: 200), .targetTooLong),
        (target(ofBytes: 31), .targetTooLong),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\nX: 2\r\nX: 3\r\n\r\n", .tooManyFields),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 21\r\n\r\n", .bodyTooLarge),
        (chunked("a\r\n0123456789\r\nB\r\n"), .bodyTooLarge),
        (chunked("1;abcd\r\na\r\n1;efghi\r\na\r\n"), .malformedChunk),
        (chunked("1;a=\"" + String(repeating: "x", count: 100)), .malformedChunk),
        (chunked("0\r\nX: 1\r\nX: 2\r\nX: 3\r\nX: 4\r\n\r\n"), .malformedChunk),
        (chunked("0\r\nX: " + String(repeating: "x", count: 200)), .malformedChunk),
    ]

    @Test("what just reaches its limit is accepted in every slicing", arguments: within)
    func accepted(text: String) {
        for slices in slicings(of: Array(text.utf8)) {
            let outcomes = replay(slices, limits: Self.limits)
            guard case .request? = outcomes.first, outcomes.count == 1 else {
                Issue.record("\(outcomes)")
                return
            }
        }
    }

    @Test("what exceeds its limit by one is refused in every slicing", arguments: beyond)
    func refused(text: String, refusal: Refusal) {
        for slices in slicings(of: Array(text.utf8)) {
            #expect(replay(slices, limits: Self.limits) == [.refused(refusal)])
        }
    }

    @Test("a head that never ends is refused at its limit, not gathered")
    func endless() {
        let start = Array("GET / HTTP/1.1\r\nHost: a\r\n".utf8)
        let line = Array("X: y\r\n".utf8)
        var limits = HTTPServer.Limits()
        limits.fieldCount = .max
        let slices = [start[...]] + Array(repeating: line[...], count: limits.headBytes / line.count)
        #expect(replay(slices, limits: limits) == [.refused(.headTooLarge)])
    }
}
