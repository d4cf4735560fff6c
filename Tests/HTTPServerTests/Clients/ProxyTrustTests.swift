import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("Whom a request comes from")
struct ProxyTrustTests {
    /// A request that somebody has sent, and what is made of it.
    struct Case: CustomTestStringConvertible, Sendable {
        var fields: [String]
        var peer = "10.0.0.1"
        var client: String
        var scheme = Scheme.http
        /// What the request's own Host field says, unless a proxy is believed.
        var host = "own"

        var testDescription: String { "\(peer) \(fields)" }
    }

    private static let proxies = ["10.0.0.0/8", "::1", "fd00::/8"].map { AddressRange($0)! }

    private func resolved(_ given: Case, by trust: ProxyTrust) throws -> Request {
        let fields = given.fields.map { line in
            let colon = line.firstIndex(of: ":")!
            return (name: HTTPField.Name(String(line[..<colon]))!, value: String(line[line.index(after: colon)...]))
        }
        let request = try Request(target: "/", fields: [(.init("Host")!, "own")] + fields)
        let peer = given.peer == "unix" ? ClientAddress.local : .ip(try #require(IPAddress(given.peer)))
        return Request(head: request.head, body: [], client: trust.client(of: request.fields, from: peer))
    }

    private func check(_ given: Case, by trust: ProxyTrust) throws {
        let request = try resolved(given, by: trust)
        #expect(request.clientAddress.description == given.client)
        #expect(request.scheme == given.scheme)
        #expect(request.authority == given.host)
    }

    @Test(
        "X-Forwarded fields are read from the end, up to the first that is not trusted",
        arguments: [
            Case(fields: [], client: "10.0.0.1"),
            Case(fields: ["X-Forwarded-For: 192.0.2.1"], client: "192.0.2.1"),
            Case(fields: ["x-forwarded-for:6.6.6.6, 192.0.2.1"], client: "192.0.2.1"),
            Case(fields: ["X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.0.0.7"], client: "192.0.2.1"),
            Case(fields: ["X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 192.0.2.1"], client: "192.0.2.1"),
            Case(
                fields: ["X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 10.0.0.3 ,\t, 10.0.0.2,,"],
                client: "192.0.2.1"),
            // All are trusted: the first of them is the client.
            Case(fields: ["X-Forwarded-For: 10.0.0.9, 10.0.0.8"], client: "10.0.0.9"),
            // Every form of an address.
            Case(fields: ["X-Forwarded-For: 192.0.2.1:5000"], client: "192.0.2.1"),
            Case(fields: ["X-Forwarded-For: 2001:db8::1"], client: "2001:db8::1"),
            Case(fields: ["X-Forwarded-For: [2001:db8::1]"], client: "2001:db8::1"),
            Case(fields: ["X-Forwarded-For: 192.0.2.1, [fd00::7]:5000"], client: "192.0.2.1"),
            Case(fields: ["X-Forwarded-For: ::ffff:192.0.2.1"], client: "192.0.2.1"),
            Case(fields: ["X-Forwarded-For: 192.0.2.1, ::ffff:10.0.0.4"], client: "192.0.2.1"),
            // Garbage ends the chain: the last that could be read is the client.
            Case(fields: ["X-Forwarded-For: unknown"], client: "10.0.0.1"),
            Case(fields: ["X-Forwarded-For: 192.0.2.1, unknown, 10.0.0.7"], client: "10.0.0.7"),
            Case(fields: ["X-Forwarded-For: 192.0.2.1, 10.0.0.7 10.0.0.8"], client: "10.0.0.1"),
            Case(fields: ["X-Forwarded-For: 192.0.2.1:http"], client: "10.0.0.1"),
            Case(fields: ["X-Forwarded-For: 192.0.2.1:"], client: "10.0.0.1"),
            Case(fields: ["X-Forwarded-For: [192.0.2.1]"], client: "10.0.0.1"),
            Case(fields: ["X-Forwarded-For: \"192.0.2.1\""], client: "10.0.0.1"),
            Case(fields: ["X-Forwarded-For: ,,"], client: "10.0.0.1"),
            // A peer that is not trusted says nothing, whatever it says.
            Case(fields: ["X-Forwarded-For: 10.0.0.1"], peer: "203.0.113.5", client: "203.0.113.5"),
            Case(
                fields: ["X-Forwarded-For: 1.1.1.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil"],
                peer: "203.0.113.5", client: "203.0.113.5"),
            Case(fields: ["X-Forwarded-For: 192.0.2.1"], peer: "unix", client: "unix"),
            // The field that no proxy writes here means nothing.
            Case(fields: ["Forwarded: for=6.6.6.6;proto=https;host=evil"], client: "10.0.0.1"),
            // Scheme and host.
            Case(
                fields: [
                    "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: yun.example:8443",
                ],
                client: "192.0.2.1", scheme: .https, host: "yun.example:8443"),
            Case(fields: ["X-Forwarded-Proto: HTTPS"], client: "10.0.0.1", scheme: .https),
            Case(fields: ["X-Forwarded-Proto: ftp", "X-Forwarded-Host: a b"], client: "10.0.0.1"),
            // A proxy that appends was asked by the client in the way that stands beside the client's address.
            Case(
                fields: [
                    "X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.0.0.7", "X-Forwarded-Proto: http, https, http",
                    "X-Forwarded-Host: evil, yun.example, inner",
                ], client: "192.0.2.1", scheme: .https, host: "yun.example"),
            // One that replaces has said it once, for whoever asked it.
            Case(
                fields: ["X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.0.0.7", "X-Forwarded-Proto: https"],
                client: "192.0.2.1", scheme: .https),
        ])
    func extensions(given: Case) throws {
        try check(given, by: ProxyTrust(proxies: Self.proxies))
    }

    @Test(
        "Forwarded is read from the end, up to the first that is not trusted",
        arguments: [
            Case(fields: ["Forwarded: for=192.0.2.1"], client: "192.0.2.1"),
            Case(
                fields: ["Forwarded: For=\"[2001:db8::1]:4711\";Proto=https;Host=\"yun.example:443\""],
                client: "2001:db8::1", scheme: .https, host: "yun.example:443"),
            Case(
                fields: ["Forwarded: for=6.6.6.6;host=evil, for=192.0.2.1;proto=https;host=a, for=10.0.0.7;host=b"],
                client: "192.0.2.1", scheme: .https, host: "a"),
            Case(
                fields: [
                    "Forwarded: for=6.6.6.6", "Forwarded: for=192.0.2.1;by=10.0.0.7;secret=_x ,, ; ", "Forwarded: ",
                ],
                client: "192.0.2.1"),
            Case(fields: ["Forwarded: for=10.0.0.9;proto=https"], client: "10.0.0.9", scheme: .https),
            // Who is hidden or unknown is not found behind.
            Case(fields: ["Forwarded: for=192.0.2.1, for=unknown"], client: "10.0.0.1"),
            Case(fields: ["Forwarded: for=192.0.2.1, for=_hidden, for=10.0.0.7"], client: "10.0.0.7"),
            Case(fields: ["Forwarded: for=192.0.2.1, proto=https"], client: "10.0.0.1", scheme: .https),
            // A quote that a client leaves open swallows nothing of what a proxy appends.
            Case(fields: ["Forwarded: for=6.6.6.6;x=\", for=192.0.2.1"], client: "10.0.0.1"),
            Case(fields: ["Forwarded: for=6.6.6.6;x=\", for=\"192.0.2.1\""], client: "10.0.0.1"),
            Case(fields: ["Forwarded: for=6.6.6.6, for=10.0.0.7;x=\", for=192.0.2.1"], client: "10.0.0.1"),
            Case(fields: ["Forwarded: for=6.6.6.6;x=\"\\", "Forwarded: for=192.0.2.1"], client: "192.0.2.1"),
            Case(fields: ["Forwarded: for=6.6.6.6;x=\"\\\", for=192.0.2.1\""], client: "6.6.6.6"),
            Case(fields: ["Forwarded: for=192.0.2.1 for=10.0.0.7"], client: "10.0.0.1"),
            Case(fields: ["Forwarded: for=192.0.2.1;for=192.0.2.2"], client: "10.0.0.1"),
            Case(fields: ["Forwarded: for=[2001:db8::1]"], client: "10.0.0.1"),
            Case(fields: ["Forwarded: for"], client: "10.0.0.1"), Case(fields: ["Forwarded: for="], client: "10.0.0.1"),
            Case(fields: ["Forwarded: 192.0.2.1"], client: "10.0.0.1"),
            Case(fields: ["Forwarded: for=192.0.2.1;host=\"a b\";proto=ws"], client: "192.0.2.1"),
            Case(fields: ["Forwarded: for=192.0.2.1;proto=https"], peer: "203.0.113.5", client: "203.0.113.5"),
            Case(fields: ["X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: https"], client: "10.0.0.1"),
        ])
    func standard(given: Case) throws {
        try check(given, by: ProxyTrust(proxies: Self.proxies, fields: .forwarded))
    }

    @Test("without trust the fields mean nothing, and over a Unix-domain socket only when that is trusted")
    func nobody() throws {
        var given = Case(
            fields: ["X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https"], peer: "127.0.0.1", client: "127.0.0.1")
        try check(given, by: .none)
        given.peer = "unix"
        (given.client, given.scheme) = ("192.0.2.1", .https)
        try check(given, by: ProxyTrust(proxies: [], includesLocalSockets: true))
    }

    @Test("a chain that is longer than anybody's ends somewhere")
    func longChain() throws {
        let long = Array(repeating: "10.0.0.2", count: 1_000).joined(separator: ",")
        let addresses = Case(fields: ["X-Forwarded-For: 192.0.2.1,\(long)"], client: "10.0.0.2")
        try check(addresses, by: ProxyTrust(proxies: Self.proxies))
        let elements = Array(repeating: "for=10.0.0.2", count: 1_000).joined(separator: ",")
        try check(
            Case(fields: ["Forwarded: for=192.0.2.1,\(elements)"], client: "10.0.0.2"),
            by: ProxyTrust(proxies: Self.proxies, fields: .forwarded))
    }

    @Test("a server tells each request who asks: its peer, or what a trusted one says", arguments: [true, false])
    func served(trusted: Bool) async throws {
        let trust = trusted ? ProxyTrust(proxies: [AddressRange("127.0.0.1")!]) : .none
        let handler: HTTPServer.Handler = { request in
            Response(status: .ok, body: Array("\(request.clientAddress) \(request.scheme)".utf8))
        }
        try await withServer(trust: trust, handler: handler) { live in
            let client = try live.client()
            try await client.send("GET / HTTP/1.1\nHost: a\nX-Forwarded-For: 192.0.2.1\nX-Forwarded-Proto: https\n\n")
            try await client.get("/")
            let second = "127.0.0.1 http"
            let first = trusted ? "192.0.2.1 https" : second
            #expect(try await client.answers(2).map(\.body) == [first, second])
        }
    }
}
