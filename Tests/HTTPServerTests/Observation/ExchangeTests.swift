import EventLoop
import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("What an observer is told of exchanges")
struct ExchangeTests {
    private static func path(_ exchange: Exchange) -> String { String(decoding: exchange.pathBytes, as: UTF8.self) }

    @Test("an exchange is told once, when the last byte of its answer has left and not before")
    func whole() throws {
        let driver = MachineDriver(peer: .ip(try #require(IPAddress("192.0.2.7"))))
        driver.receive("POST /a/b?x=1&y HTTP/1.1\nHost: h\nContent-Length: 3\n\nabc")
        driver.wait(milliseconds: 5)
        driver.answer("/a/b?x=1&y") {
            $0.status = .created
            $0.route = RouteNumber(3)
        }
        #expect(driver.exchanges.isEmpty)
        let first = driver.write(10)
        #expect(driver.exchanges.isEmpty, "some bytes are not all")
        let rest = driver.write()
        let exchange = try #require(driver.exchanges.first)
        #expect(driver.exchanges.count == 1)
        #expect(exchange.method == .post && Self.path(exchange) == "/a/b")
        #expect(exchange.queryBytes.map { String(decoding: $0, as: UTF8.self) } == "x=1&y")
        #expect(exchange.status == 201 && exchange.route == RouteNumber(3))
        #expect(
            exchange.requestBytes == "POST /a/b?x=1&y HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc".utf8.count)
        #expect(exchange.responseBytes == (first + rest).replacing("\n", with: "\r\n").utf8.count)
        #expect(exchange.duration == .milliseconds(5))
        #expect(exchange.client.description == "192.0.2.7")
        #expect(exchange.refusal == nil && !exchange.isCutOff)
        driver.lose()
        #expect(driver.exchanges.count == 1)
    }

    @Test("pipelined exchanges are told in the order of their answers, each with its own bytes")
    func pipelined() {
        let driver = MachineDriver()
        driver.get("/1", "/22", "/333")
        driver.answer("/333")
        driver.answer("/22")
        driver.answer("/1")
        let bytes = driver.write().replacing("\n", with: "\r\n").utf8.count
        #expect(driver.exchanges.map(Self.path) == ["/1", "/22", "/333"])
        #expect(driver.exchanges.map(\.responseBytes).reduce(0, +) == bytes)
        #expect(Set(driver.exchanges.map(\.id)).count == 3)
    }

    @Test("what the client did not get all of is told as cut off: unanswered, unwritten, or half written")
    func cutOff() {
        let driver = MachineDriver()
        driver.get("/whole", "/half", "/unwritten", "/unanswered")
        driver.answer("/whole")
        _ = driver.write()
        driver.answer("/half")
        driver.answer("/unwritten")
        _ = driver.write(20)
        driver.lose()
        #expect(driver.exchanges.map(Self.path) == ["/whole", "/half", "/unwritten", "/unanswered"])
        #expect(driver.exchanges.map(\.isCutOff) == [false, true, true, true])
        #expect(driver.exchanges.map(\.status) == [200, 200, 200, 0])
    }

    @Test("what a closing answer leaves unanswered is told as cut off")
    func closing() {
        let driver = MachineDriver()
        driver.get("/1", "/2")
        driver.answer("/1") { $0.closesConnection = true }
        _ = driver.write()
        #expect(driver.exchanges.map(Self.path) == ["/1", "/2"])
        #expect(driver.exchanges.map(\.isCutOff) == [false, true])
    }

    @Test("what the server refuses is told with its reason, and with the request as far as it could be read")
    func refused() {
        let malformed = MachineDriver()
        malformed.receive("GET /x\n\n")
        _ = malformed.write()
        #expect(malformed.exchanges.map(\.refusal) == [.malformedRequestLine])
        #expect(malformed.exchanges.map(\.status) == [400])
        #expect(malformed.exchanges[0].method == nil && malformed.exchanges[0].pathBytes.isEmpty)

        let chunk = MachineDriver()
        chunk.receive("POST /x HTTP/1.1\nHost: h\nX-Request-Id: mine\nTransfer-Encoding: chunked\n\nzz\n")
        _ = chunk.write()
        #expect(chunk.exchanges.map(\.refusal) == [.malformedChunk])
        #expect(chunk.exchanges[0].method == .post && Self.path(chunk.exchanges[0]) == "/x")
        #expect(chunk.exchanges[0].id.description == "mine")

        let full = MachineDriver(refusing: .tooManyConnections)
        _ = full.write()
        #expect(full.exchanges.map(\.refusal) == [.tooManyConnections])

        let late = MachineDriver(limits: .with { $0.handlerMilliseconds = 10 })
        late.get("/slow")
        late.wait(milliseconds: 10)
        _ = late.write()
        #expect(late.exchanges.map(\.refusal) == [.handlerTimedOut])
        #expect(late.exchanges.map(\.status) == [503] && Self.path(late.exchanges[0]) == "/slow")

        let failed = MachineDriver()
        failed.get("/fails")
        failed.fail("/fails")
        _ = failed.write()
        #expect(failed.exchanges.map(\.refusal) == [.handlerFailed])
    }

    @Test("an interim answer counts for no exchange")
    func interim() {
        let driver = MachineDriver()
        driver.receive("PUT /x HTTP/1.1\nHost: h\nExpect: 100-continue\nContent-Length: 1\n\n")
        driver.receive("z")
        driver.answer("/x")
        let whole = driver.write().replacing("\n", with: "\r\n").utf8.count
        #expect(driver.exchanges.map(\.responseBytes) == [whole - "HTTP/1.1 100 Continue\r\n\r\n".utf8.count])
    }

    @Test("a live server tells of every exchange before it ends, with the address of who asked")
    func live() async throws {
        let told = Told()
        let loop = try EventLoop.start(name: "observed")
        let server = try HTTPServer(
            at: .loopback(port: 0), on: loop, logger: .silent, observer: { told.add($0) },
            handler: { Response(status: .ok, body: Array($0.path.utf8)) })
        let running = Task { try await server.run() }
        let client = try RawClient(to: server.address, on: loop)
        try await client.get("/1", "/2")
        _ = try await client.answers(2)
        try await client.send("nonsense\n\n")
        _ = try await client.answersUntilClose()
        let counts = await server.connectionCounts
        server.drain()
        try await running.value
        await loop.shutDown()
        #expect(told.all.map(Self.path) == ["/1", "/2", ""])
        #expect(told.all.map(\.status) == [200, 200, 400])
        #expect(told.all.allSatisfy { $0.client.description == "127.0.0.1" && $0.duration > .zero })
        #expect(counts.accepted == 1 && counts.refused == 0)
    }

    // @unchecked: written on the loop's thread, and read once that has ended.
    private final class Told: @unchecked Sendable {
        private(set) var all: [Exchange] = []
        func add(_ exchange: Exchange) { all.append(exchange) }
    }
}
