import Testing

@testable import HTTPServer

/// Every byte in every place of a head, against what the standards list; the parser's tables are not asked.
@Suite("Every byte in its place")
struct EveryByteTests {
    private static let alphanumerics = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    /// RFC 9110, 5.6.2.
    private static let token = Set(alphanumerics + Array("!#$%&'*+-.^_`|~".utf8))
    /// RFC 3986, 2.2, 2.3 and 3.3; the percent sign begins an escape.
    private static let path = Set(alphanumerics + Array("-._~!$&'()*+,;=:@/".utf8))
    private static let query = path.union("?".utf8)
    /// RFC 3986, 3.2.2.
    private static let host = Set(alphanumerics + Array("-._~!$&'()*+,;=".utf8))
    /// RFC 9110, 5.5: visible characters, obs-text, and white space within.
    private static let value = Set<UInt8>(0x20...0x7E).union(0x80...0xFF).union([9])

    struct Place: Sendable, CustomTestStringConvertible {
        let name: String
        let before: String
        let after: String
        let allowed: Set<UInt8>

        var testDescription: String { name }
    }

    static let places = [
        Place(name: "method (RFC 9112, 3.1)", before: "G", after: "T / HTTP/1.1\nHost: a\n\n", allowed: token),
        Place(name: "path (RFC 9112, 3.2.1)", before: "GET /a", after: "b HTTP/1.1\nHost: a\n\n", allowed: query),
        Place(name: "query (RFC 9112, 3.2.1)", before: "GET /?a", after: "b HTTP/1.1\nHost: a\n\n", allowed: query),
        Place(
            name: "host (RFC 9112, 3.2)", before: "GET / HTTP/1.1\nHost: a", after: "b\n\n", allowed: host),
        Place(
            name: "field name (RFC 9110, 5.1)", before: "GET / HTTP/1.1\nHost: a\nX", after: "Y: b\n\n",
            // A colon there ends the name.
            allowed: token.union(":".utf8)),
        Place(
            name: "field value (RFC 9110, 5.5)", before: "GET / HTTP/1.1\nHost: a\nX: a", after: "b\n\n",
            allowed: value),
        Place(
            name: "trailer value (RFC 9112, 7.1.2)",
            before: "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n0\nX: a", after: "b\n\n", allowed: value),
        Place(
            name: "chunk extension (RFC 9112, 7.1.1)",
            before: "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n0;a", after: "b\n\n",
            allowed: token.union("=;".utf8)),
        Place(
            name: "HTTP's name (RFC 9112, 2.3)", before: "GET / H", after: "TP/1.1\nHost: a\n\n",
            allowed: Set("T".utf8)),
        Place(
            name: "Content-Length (RFC 9112, 6.2)", before: "POST / HTTP/1.1\nHost: a\nContent-Length: 0",
            after: "0\n\n", allowed: Set("0".utf8)),
    ]

    @Test("exactly the bytes that the standards allow are accepted", arguments: places)
    func everyByte(place: Place) {
        for byte in UInt8.min...UInt8.max {
            let bytes = WireText(place.before).bytes + [byte] + WireText(place.after).bytes
            for slices in Slices.ways(of: bytes) {
                let outcomes = replay(slices)
                var isAccepted = false
                if case .request = outcomes.first { isAccepted = outcomes.count == 1 }
                #expect(isAccepted == place.allowed.contains(byte), "byte \(byte): \(outcomes)")
            }
        }
    }
}
