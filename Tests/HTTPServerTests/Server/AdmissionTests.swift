import Glibc
import HTTPTypes
import Logging
import Testing

@testable import HTTPServer

@Suite("Who is let in")
struct AdmissionTests {
    private static let limits = HTTPServer.Limits.with {
        $0.connections = 6
        $0.connectionsPerAddress = 2
        $0.connectionsPerTrustedAddress = 3
        $0.refusedConnections = 2
    }

    private func admission(
        addresses: AddressCounts = AddressCounts(), trust: ProxyTrust = .none,
        limits: HTTPServer.Limits = Self.limits
    ) -> Admission {
        Admission(limits: limits, trust: trust, addresses: addresses)
    }

    private func ip(_ text: String) -> ClientAddress { .ip(IPAddress(text)!) }

    @Test("one address has so many, others theirs; what leaves makes room, and nothing is kept of who has left")
    func perAddress() {
        let addresses = AddressCounts()
        var admission = admission(addresses: addresses)
        let (busy, other) = (ip("192.0.2.1"), ip("192.0.2.2"))
        #expect([busy, busy].map { admission.enter($0) } == [.serve, .serve])
        #expect(admission.enter(busy) == .refuse(.tooManyConnectionsOfAddress))
        #expect(admission.enter(other) == .serve)
        admission.leave(busy, after: .refuse(.tooManyConnectionsOfAddress))
        admission.leave(busy, after: .serve)
        #expect(admission.enter(busy) == .serve)
        for peer in [busy, busy, other] { admission.leave(peer, after: .serve) }
        #expect((addresses.count, admission.served, admission.refused) == (0, 0, 0))
    }

    @Test("an IPv6 network of 64 bits counts as one address")
    func networks() {
        var admission = admission()
        let (first, second, third) = (ip("2001:db8:0:1::1"), ip("2001:db8:0:1:ffff::2"), ip("2001:db8:0:1::3"))
        #expect([first, second].map { admission.enter($0) } == [.serve, .serve])
        #expect(admission.enter(third) == .refuse(.tooManyConnectionsOfAddress))
        #expect(admission.enter(ip("2001:db8:0:2::1")) == .serve)
    }

    @Test("this machine, trusted proxies and local sockets may have more", arguments: ["127.0.0.1", "::1", "10.1.2.3"])
    func exempt(peer: String) {
        var admission = admission(trust: ProxyTrust(proxies: [AddressRange("10.0.0.0/8")!]))
        #expect((0..<3).map { _ in admission.enter(ip(peer)) } == [.serve, .serve, .serve])
        #expect(admission.enter(ip(peer)) == .refuse(.tooManyConnectionsOfAddress))
        #expect((0..<3).map { _ in admission.enter(.local) } == [.serve, .serve, .serve])
        #expect(admission.enter(.local) == .refuse(.tooManyConnections))
    }

    @Test("all together have so many; beyond that few are told, and the rest is cut")
    func inAll() {
        var admission = admission()
        for number in 0..<6 { #expect(admission.enter(ip("192.0.2.\(number)")) == .serve) }
        let late = ip("192.0.2.9")
        let verdicts = (0..<3).map { _ in admission.enter(late) }
        #expect(verdicts == [.refuse(.tooManyConnections), .refuse(.tooManyConnections), .cut])
        admission.leave(late, after: .cut)
        #expect(admission.enter(late) == .cut)
        admission.leave(late, after: .refuse(.tooManyConnections))
        #expect(admission.enter(late) == .refuse(.tooManyConnections))
    }

    @Test("servers that share the counts count an address together")
    func shared() {
        let addresses = AddressCounts()
        var (first, second) = (admission(addresses: addresses), admission(addresses: addresses))
        let peer = ip("192.0.2.1")
        #expect(first.enter(peer) == .serve)
        #expect(second.enter(peer) == .serve)
        #expect(first.enter(peer) == .refuse(.tooManyConnectionsOfAddress))
        second.leave(peer, after: .serve)
        #expect(first.enter(peer) == .serve)
    }

    @Test("a client with too many connections is told 503 and when to come back, and another address is served")
    func told() async throws {
        try await withServer(limits: .with { $0.connectionsPerTrustedAddress = 2 }) { live in
            let clients = [try live.client(), try live.client()]
            for client in clients { try await client.get("/") }
            for client in clients { #expect(try await client.answers(1).map(\.status) == [200]) }
            let bytes = try #require(try await live.client().receive())
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 503 ") && text.contains("\r\nRetry-After: 1\r\n"), "\(text)")
            #expect(text.contains("This address has too many connections"))
            let other = try RawClient(to: live.server.address, from: "127.0.0.2", on: live.loop)
            try await other.get("/")
            #expect(try await other.answers(1).map(\.status) == [200])
            for client in clients {
                try await client.get("/again")
                #expect(try await client.answers(1).map(\.status) == [200])
            }
        }
    }

    @Test(
        "errors of accept(2) are told apart: what concerns one connection, what a spare descriptor helps with, what may pass",
        arguments: [
            (AcceptFailure.nothingWaits, [EAGAIN]),
            (.oneConnection, [EINTR, ECONNABORTED, EPROTO, ENETDOWN, EHOSTUNREACH, EPERM, EOPNOTSUPP]),
            (.descriptors, [EMFILE, ENFILE]), (.system, [ENOMEM, ENOBUFS, EINVAL, EBADF]),
        ])
    func failures(failure: AcceptFailure, codes: [Int32]) {
        for code in codes { #expect(AcceptFailure(code) == failure, "\(code)") }
    }
}
