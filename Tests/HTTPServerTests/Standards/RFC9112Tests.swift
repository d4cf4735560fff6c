import Testing

@testable import HTTPServer

@Suite("RFC 9112, section by section")
struct RFC9112Tests {
    @Test("each rule holds however the bytes are sliced", arguments: RFC9112Tests.heads)
    func holdsForHead(row: RuleRow) { hold(row) }

    @Test("each rule of bodies holds however the bytes are sliced", arguments: RFC9112Tests.bodies)
    func holdsForBody(row: RuleRow) { hold(row) }

    static let heads = parsing + requestLine + target + fields
    static let bodies = body + chunked + smuggling

    private func hold(_ row: RuleRow) {
        for slices in slicings(of: row.wire.bytes) {
            #expect(replay(slices) == row.outcomes, "in \(slices.count) slices, the first of \(slices[0].count)")
        }
    }

    static let parsing = [
        RuleRow("2.2", exactly: "G\0E\0T\0 \0/\0\r\0\n\0", refused: .malformedRequestLine),
        RuleRow("2.2", exactly: "\u{FEFF}GET / HTTP/1.1\r\nHost: a\r\n\r\n", refused: .malformedRequestLine),
        RuleRow("2.2", exactly: "GE\rT / HTTP/1.1\r\nHost: a\r\n\r\n", refused: .malformedRequestLine),
        RuleRow("2.2", exactly: "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n", refused: .malformedRequestLine),
        RuleRow("2.2", exactly: "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", refused: .malformedRequestLine),
        RuleRow("2.2", exactly: "GET / HTTP/1.1\rHost: a\r\n\r\n", refused: .malformedRequestLine),
        RuleRow("2.2", exactly: "GET / HTTP/1.1\r\nHo\rst: a\r\n\r\n", refused: .malformedField),
        RuleRow("2.2", exactly: "GET / HTTP/1.1\r\nHost: a\r\nX:\ry\r\n\r\n", refused: .malformedField),
        RuleRow("2.2", exactly: "GET / HTTP/1.1\r\nHost: a\n\n", refused: .malformedField),
        RuleRow("2.2", exactly: "GET / HTTP/1.1\r\n\nHost: a\r\n\r\n", refused: .malformedField),
        RuleRow("2.2", exactly: "\r\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", refused: .malformedRequestLine),
        RuleRow("2.2", "GET / HTTP/1.1\n\tX: y\nHost: a\n\n", refused: .malformedField),
        RuleRow("2.2", "GET / HTTP/1.1\n \nHost: a\n\n", refused: .malformedField),
        RuleRow("2.2", "\nGET / HTTP/1.1\nHost: a\n\n", reads: "GET / http11", "Host=a"),
        RuleRow(
            "2.2", "POST / HTTP/1.1\nHost: a\nContent-Length: 2\n\nab\n", reads: "POST / http11", "Host=a",
            "Content-Length=2", body: "ab"),
    ]

    static let requestLine = [
        RuleRow("2.3", "GET / HTTP/1.\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("2.3", "GET / HTTP/11\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("2.3", "GET / HTTP/1.1x\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("2.3", "GET / HTTP /1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("2.3", "GET / HTTP/01.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("2.3", "GET / HTTP/-1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("2.3", "GET / HTTPS/1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("2.3", "GET / HTTP/\u{661}.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("2.3", "GET / HTTP/3.0\nHost: a\n\n", refused: .unsupportedVersion),
        RuleRow("2.3", "GET / HTTP/9.9\nHost: a\n\n", refused: .unsupportedVersion),
        RuleRow("3", "GET /  HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3", "GET\u{B}/ HTTP/1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("3", "GET /\u{C}HTTP/1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("3", "GET /\tHTTP/1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("3", "GET\u{A0}/ HTTP/1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("3", "GET  HTTP/1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("3", "HTTP/1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("3", "HTTP/1.1 200 OK\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("3.1", "\u{E9}GET / HTTP/1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("3.1", "\"GET\" / HTTP/1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("3.1", "GET: / HTTP/1.1\nHost: a\n\n", refused: .malformedRequestLine),
        RuleRow("3.1", "get / HTTP/1.1\nHost: a\n\n", reads: "get / http11", "Host=a"),
        RuleRow("3.1", "!#$%&'*+-.^_`|~0 / HTTP/1.1\nHost: a\n\n", reads: "!#$%&'*+-.^_`|~0 / http11", "Host=a"),
    ]

    static let target = [
        RuleRow("3.2", "GET / HTTP/1.1\nHost: a\nHOST: a\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost:\nHost:\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: a, b\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: a:80:80\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: a:-1\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: http://a\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: a?b\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: a#b\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: a\\b\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: \u{E9}\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: a%2\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: ::1\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: [a b]\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.0\nHost: a b\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nX-Host: a\n\n", refused: .malformedHost),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: a%62:\n\n", reads: "GET / http11", "Host=a%62:"),
        RuleRow("3.2", "GET / HTTP/1.1\nHost: 127.0.0.1:65535\n\n", reads: "GET / http11", "Host=127.0.0.1:65535"),
        RuleRow("3.2.1", "GET ?q HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.1", "GET /a\\b HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.1", "GET /?q#top HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.1", "GET /%%20 HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.1", "GET /\u{7F} HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.1", "GET // HTTP/1.1\nHost: a\n\n", reads: "GET // http11", "Host=a"),
        RuleRow("3.2.1", "GET //b/c HTTP/1.1\nHost: a\n\n", reads: "GET //b/c http11", "Host=a"),
        RuleRow(
            "3.2.1", "GET /-._~!$&'()*+,;=:@/? HTTP/1.1\nHost: a\n\n", reads: "GET /-._~!$&'()*+,;=:@/? http11",
            "Host=a"),
        RuleRow("3.2.2", "GET http:a/ HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.2", "GET http:/a HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.2", "GET http:// HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.2", "GET http://?q HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.2", "GET http://a:99999/ HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.2", "GET http://a\\@b/ HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.2", "GET https://u:p@a/ HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.2", "GET http://a/#b HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.2", "GET http://b/ HTTP/1.1\nHost: b\nHost: b\n\n", refused: .malformedHost),
        RuleRow("3.2.2", "GET http://b?q HTTP/1.1\nHost: a\n\n", reads: "GET http://b?q http11", "Host=a"),
        RuleRow("3.2.2", "GET http://[::1]:8/ HTTP/1.1\nHost: a\n\n", reads: "GET http://[::1]:8/ http11", "Host=a"),
        RuleRow("3.2.2", "GET http://b/ HTTP/1.0\n\n", reads: "GET http://b/ http10"),
        RuleRow("3.2.3", "GET a:80 HTTP/1.1\nHost: a:80\n\n", refused: .malformedTarget),
        RuleRow("3.2.3", "CONNECT / HTTP/1.1\nHost: a\n\n", refused: .tunnelRequested),
        RuleRow("3.2.4", "HEAD * HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.4", "options * HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.4", "OPTIONS *?q HTTP/1.1\nHost: a\n\n", refused: .malformedTarget),
        RuleRow("3.2.4", "OPTIONS /* HTTP/1.1\nHost: a\n\n", reads: "OPTIONS /* http11", "Host=a"),
    ]

    static let fields = [
        RuleRow("5", "GET / HTTP/1.1\nHost: a\nX-\u{E9}: b\n\n", refused: .malformedField),
        RuleRow("5", "GET / HTTP/1.1\nHost: a\nX Y: b\n\n", refused: .malformedField),
        RuleRow("5", "GET / HTTP/1.1\nHost: a\n\"X\": b\n\n", refused: .malformedField),
        RuleRow("5", "GET / HTTP/1.1\nHost: a\nGET / HTTP/1.1\n\n", refused: .malformedField),
        RuleRow("5.1", "GET / HTTP/1.1\nHost: a\nX\t: b\n\n", refused: .malformedField),
        RuleRow("5.1", "GET / HTTP/1.1\nHost\t: a\n\n", refused: .malformedField),
        RuleRow("5.1", "GET / HTTP/1.1\nHost:a\nX:\t b \t\n\n", reads: "GET / http11", "Host=a", "X=b"),
        RuleRow("5.1", "GET / HTTP/1.1\nHost: a\nX: \t \nY::\n\n", reads: "GET / http11", "Host=a", "X=", "Y=:"),
        RuleRow("5.2", "GET / HTTP/1.1\nHost:\n a\n\n", refused: .malformedField),
        RuleRow("5.2", "GET / HTTP/1.1\nHost: a\nX: b\n \n\n", refused: .malformedField),
        RuleRow("5.2", "POST / HTTP/1.1\nHost: a\nContent-Length:\n 5\n\nhello", refused: .malformedContentLength),
        RuleRow(
            "5.2", "POST / HTTP/1.1\nHost: a\nTransfer-Encoding:\n chunked\n\n", refused: .unsupportedTransferCoding),
    ]
}
