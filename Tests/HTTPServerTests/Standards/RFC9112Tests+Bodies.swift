@testable import HTTPServer

extension RFC9112Tests {
    private static func post(_ section: String, _ fields: String, refused refusal: Refusal) -> RuleRow {
        RuleRow(section, "POST / HTTP/1.1\nHost: a\n\(fields)\n\n", refused: refusal)
    }

    static let body = [
        post("6.1", "Transfer-Encoding: chunked, chunked", refused: .unsupportedTransferCoding),
        post("6.1", "Transfer-Encoding: chunked;q=1", refused: .unsupportedTransferCoding),
        // An empty element of the list may be ignored (RFC 9110, 5.6.1.2), but intermediaries differ about it.
        post("6.1", "Transfer-Encoding: chunked,", refused: .unsupportedTransferCoding),
        post("6.1", "Transfer-Encoding: , chunked", refused: .unsupportedTransferCoding),
        post("6.1", "Transfer-Encoding: identity", refused: .unsupportedTransferCoding),
        post("6.1", "Transfer-Encoding: cow", refused: .unsupportedTransferCoding),
        post("6.1", "Transfer-Encoding: chunked\u{A0}", refused: .unsupportedTransferCoding),
        post("6.1", "Transfer-Encoding: gzip\nTransfer-Encoding: chunked", refused: .unsupportedTransferCoding),
        RuleRow(
            "6.1", "POST / HTTP/1.0\nTransfer-Encoding: chunked\nConnection: keep-alive\n\n0\n\n",
            refused: .ambiguousFraming),
        RuleRow(
            "6.1", "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: \t CHUNKED \t\n\n1\na\n0\n\n", reads: "POST / http11",
            "Host=a", "Transfer-Encoding=CHUNKED", body: "a"),
        post("6.2", "Content-Length: \u{665}", refused: .malformedContentLength),
        post("6.2", "Content-Length: \u{FF15}", refused: .malformedContentLength),
        post("6.2", "Content-Length: 5.0", refused: .malformedContentLength),
        post("6.2", "Content-Length: 5e0", refused: .malformedContentLength),
        post("6.2", "Content-Length: \"5\"", refused: .malformedContentLength),
        post("6.2", "Content-Length: 5;", refused: .malformedContentLength),
        post("6.2", "Content-Length: 5,", refused: .malformedContentLength),
        post("6.2", "Content-Length: ,5", refused: .malformedContentLength),
        post("6.2", "Content-Length: 99999999999999999999999999999999", refused: .malformedContentLength),
        post("6.2", "Content-Length: 1048577", refused: .bodyTooLarge),
        RuleRow("6.2", "GET / HTTP/1.0\nContent-Length: 5\nContent-Length: 5\n\n", refused: .malformedContentLength),
        RuleRow(
            "6.2", "POST / HTTP/1.1\nHost: a\ncontent-length:\t00000000000000000000000002 \n\nab",
            reads: "POST / http11", "Host=a", "content-length=00000000000000000000000002", body: "ab"),
        RuleRow(
            "6.3", "GET / HTTP/1.1\nHost: a\nContent-Length: 3\n\nGET", reads: "GET / http11", "Host=a",
            "Content-Length=3", body: "GET"),
        RuleRow("6.3", "POST / HTTP/1.1\nHost: a\n\n", reads: "POST / http11", "Host=a"),
        RuleRow(
            "6.3", "HEAD / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nGET\n0\n\n", reads: "HEAD / http11",
            "Host=a", "Transfer-Encoding=chunked", body: "GET"),
    ]

    private static func chunks(_ section: String, _ text: String) -> RuleRow {
        RuleRow(
            section, "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n\(text)", refused: .malformedChunk)
    }

    private static func chunks(_ section: String, exactly text: String) -> RuleRow {
        RuleRow(
            section, exactly: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(text)",
            refused: .malformedChunk)
    }

    private static func chunks(_ section: String, _ text: String, read body: String) -> RuleRow {
        RuleRow(
            section, "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n\(text)", reads: "POST / http11",
            "Host=a", "Transfer-Encoding=chunked", body: body)
    }

    static let chunked = [
        chunks("7.1", "1.0\na\n0\n\n"),
        chunks("7.1", "\u{FF11}\na\n0\n\n"),
        chunks("7.1", "1_0\na\n0\n\n"),
        chunks("7.1", "\t1\na\n0\n\n"),
        chunks("7.1", "\n1\na\n0\n\n"),
        chunks("7.1", "5\nhello0\n\n"),
        chunks("7.1", "5\nhell\n0\n\n"),
        chunks("7.1", "5\nhello!\n0\n\n"),
        chunks("7.1", "1\na\n\n0\n\n"),
        chunks("7.1", "fffffffffffffffff\na\n"),
        chunks("7.1", exactly: "1\r\r\na\r\n0\r\n\r\n"),
        chunks("7.1", exactly: "1\n\ra\r\n0\r\n\r\n"),
        chunks("7.1", exactly: "1\r\na\n\r0\r\n\r\n"),
        chunks("7.1", exactly: "0\n\r\n"),
        chunks("7.1", exactly: "0\r\n\rX"),
        chunks("7.1", "5\n0\n\n\n0\n\n", read: "0\r\n\r\n"),
        chunks("7.1", "0000\n\n", read: ""),
        chunks("7.1", "B\n0\n\nGET / \n0\n\n", read: "0\r\n\r\nGET / "),
        chunks("7.1.1", ";a\na\n0\n\n"),
        chunks("7.1.1", "1;;\na\n0\n\n"),
        chunks("7.1.1", "1;=b\na\n0\n\n"),
        chunks("7.1.1", "1;a=b c\na\n0\n\n"),
        chunks("7.1.1", "1;a=\"b\"c\na\n0\n\n"),
        chunks("7.1.1", "1;a=\"b\\\na\n0\n\n"),
        chunks("7.1.1", "1;a=\"b\nc\"\na\n0\n\n"),
        chunks("7.1.1", "1;\u{E9}\na\n0\n\n"),
        chunks("7.1.1", exactly: "1;a\rb\r\na\r\n0\r\n\r\n"),
        chunks("7.1.1", exactly: "1;a=\"\n\"\r\na\r\n0\r\n\r\n"),
        chunks("7.1.1", "1 \t; a = b ;c=\"\\\\;\u{E9}\"\na\n0;z\n\n", read: "a"),
        chunks("7.1.2", "0\n: y\n\n"),
        chunks("7.1.2", "0\nX\n\n"),
        chunks("7.1.2", "0\nX: y\n z\n\n"),
        chunks("7.1.2", exactly: "0\r\nX: y\n\r\n"),
        chunks("7.1.2", exactly: "0\r\nX: y\rZ: a\r\n\r\n"),
        // A trailer frames nothing and names no host (RFC 9110, 6.5.1).
        chunks("7.1.2", "1\na\n0\nContent-Length: 9\nTransfer-Encoding: x\nHost: c\nExpect: x\n\n", read: "a"),
    ]

    static let smuggling = [
        post("11.2", "Content-Length: 4\nTransfer-Encoding : chunked", refused: .malformedField),
        post("11.2", "Content-Length: 4\nTransfer-Encoding: xchunked", refused: .unsupportedTransferCoding),
        post("11.2", "Content-Length: 4\ntransfer-encoding: chunked", refused: .ambiguousFraming),
        post("11.2", "Content-Length: 0\nTransfer-Encoding: chunked", refused: .ambiguousFraming),
        post("11.2", "Content-Length: 4\n Transfer-Encoding: chunked", refused: .malformedField),
        post("11.2", "X: y\u{B}Transfer-Encoding: chunked", refused: .malformedField),
        post("11.2", "Transfer-Encoding: chunked\u{0}", refused: .malformedField),
        post("11.2", "Content-Length: 4\u{0}", refused: .malformedField),
        post("11.2", "Content-Length: 4\nContent-Length: 04", refused: .malformedContentLength),
        RuleRow(
            "11.2", exactly: "POST / HTTP/1.1\r\nHost: a\r\nX: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            refused: .malformedField),
        RuleRow(
            "11.2", "POST / HTTP/1.1\nHost: a\nContent_Length: 9\nContent-Length: 1\n\na", reads: "POST / http11",
            "Host=a", "Content_Length=9", "Content-Length=1", body: "a"),
    ]
}
