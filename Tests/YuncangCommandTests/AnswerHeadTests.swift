import Testing

@testable import yuncang

@Suite("The head of a service's answer")
struct AnswerHeadTests {
    @Test("status and length are read once the head is complete, and nothing before")
    func complete() throws {
        let text = "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
        let head = try #require(try AnswerHead(of: Array(text.utf8)))
        #expect(head.status == 201 && head.contentLength == 5 && head.byteCount == text.utf8.count - 5)
        for count in 0..<head.byteCount { #expect(try AnswerHead(of: Array(text.utf8.prefix(count))) == nil) }
        #expect(try AnswerHead(of: Array("HTTP/1.1 204 No Content\r\n\r\n".utf8))?.contentLength == 0)
    }

    @Test(
        "what a strange server sends is an error and no trap",
        arguments: [
            "\r\n\r\n", "\r\n\r\n\r\n\r\n\r\n\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1\r\n\r\n",
            "HTTP/1.1 xyz\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: " + String(repeating: "a", count: AnswerHead.longest) + "\r\n\r\n",
            String(repeating: "a", count: AnswerHead.longest),
        ])
    func strange(text: String) {
        #expect(throws: AnswerHead.Malformed.self) { try AnswerHead(of: Array(text.utf8)) }
    }
}
