import EventLoop
import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import HTTPServer

@Suite("A server on a socket", .timeLimit(.minutes(1)))
struct LiveServerTests {
    @Test("pipelined requests are answered in order, also when their handlers are not")
    func pipelining() async throws {
        let gate = Gate()
        let handler: HTTPServer.Handler = { request in
            if request.path == "/1" { await gate.wait() }
            if request.path == "/3" { gate.open() }
            return Response(status: .ok, body: Array(request.path.utf8))
        }
        try await withServer(handler: handler) { live in
            let client = try live.client()
            try await client.get("/1", "/2", "/3")
            #expect(try await client.answers(3).map(\.body) == ["/1", "/2", "/3"])
        }
    }

    @Test("a thousand requests in one piece are all answered, in order")
    func manyPipelined() async throws {
        try await withServer { live in
            let client = try live.client()
            let targets = (0..<1_000).map { "/\($0)" }
            try await client.send(targets.map { "GET \($0) HTTP/1.1\nHost: a\n\n" }.joined())
            #expect(try await client.answers(1_000).map(\.body) == targets)
        }
    }

    @Test("more than one read takes, with the client's end right behind, is all answered before the connection ends")
    func manyReads() async throws {
        try await withServer { live in
            let client = try live.client()
            let filler = String(repeating: "x", count: 1_000)
            let targets = (0..<400).map { "/\($0)" }
            async let sent: Void = client.send(
                targets.map { "GET \($0) HTTP/1.1\nHost: a\nX: \(filler)\n\n" }.joined())
            async let answers = client.answers(400)
            try await sent
            client.finishSending()
            #expect(try await answers.map(\.body) == targets)
            #expect(try await client.receive() == nil)
        }
    }

    @Test("a connection serves one request after the other")
    func keepAlive() async throws {
        try await withServer { live in
            let client = try live.client()
            for number in 0..<20 {
                try await client.get("/\(number)")
                #expect(try await client.answers(1) == [Answer(status: 200, closes: false, body: "/\(number)")])
            }
        }
    }

    @Test("a body of a megabyte arrives and returns")
    func largeBody() async throws {
        let echo: HTTPServer.Handler = { Response(status: .ok, body: $0.body) }
        try await withServer(handler: echo) { live in
            let client = try live.client()
            let body = String(repeating: "b", count: 1_024 * 1_024)
            try await client.send("POST / HTTP/1.1\nHost: a\nContent-Length: \(body.utf8.count)\n\n" + body)
            let answer = try #require(try await client.answers(1).first)
            #expect(answer.body == body)
        }
    }

    @Test("handlers run on the loop, before and after they suspend")
    func isolation() async throws {
        let loops = Mutex<[EventLoop]>([])
        let handler: HTTPServer.Handler = { _ in
            let loop = loops.withLock { $0[0] }
            let before = loop.isCurrent
            await Task.yield()
            return Response(status: .ok, body: Array("\(before) \(loop.isCurrent)".utf8))
        }
        try await withServer(handler: handler) { live in
            loops.withLock { $0 = [live.loop] }
            let client = try live.client()
            try await client.get("/")
            #expect(try await client.answers(1).map(\.body) == ["true true"])
        }
    }

    @Test("a handler that throws is answered 500, and the connection goes on")
    func throwing() async throws {
        let handler: HTTPServer.Handler = { request in
            guard request.path == "/2" else { throw CancellationError() }
            return Response(status: .ok)
        }
        try await withServer(handler: handler) { live in
            let client = try live.client()
            try await client.get("/1", "/2")
            #expect(try await client.answers(2).map(\.status) == [500, 200])
        }
    }

    @Test("a handler that does not answer is answered for with 503 and cancelled")
    func late() async throws {
        let cancelled = Gate()
        let handler: HTTPServer.Handler = { _ in
            await withTaskCancellationHandler {
                await cancelled.wait()
            } onCancel: {
                cancelled.open()
            }
            return Response(status: .ok)
        }
        try await withServer(limits: .with { $0.handlerMilliseconds = 20 }, handler: handler) { live in
            let client = try live.client()
            try await client.get("/")
            #expect(try await client.answers(1).map(\.status) == [503])
            await cancelled.wait()
        }
    }

    @Test("a head that does not come to its end is answered 408 and the connection closed")
    func slowHead() async throws {
        try await withServer(limits: .with { $0.headMilliseconds = 20 }) { live in
            let client = try live.client()
            try await client.send("GET / HTTP/1.1\nHost: a\nX-Slow:")
            let answers = try await client.answersUntilClose()
            #expect(answers.map(\.status) == [408])
            #expect(answers.map(\.closes) == [true])
        }
    }

    @Test("malformed bytes are answered 400, and nothing after them")
    func malformed() async throws {
        try await withServer { live in
            let client = try live.client()
            try await client.send("GET /1 HTTP/1.1\nHost: a\n\nGET /2 HTTP/1.1\nHost: a\nHost: b\n\n")
            try await client.get("/3")
            #expect(try await client.answersUntilClose().map(\.status) == [200, 400])
        }
    }

    @Test("one connection too many is answered 503, and there is room again when one has gone")
    func tooMany() async throws {
        try await withServer(limits: .with { $0.connections = 1 }) { live in
            let first = try live.client()
            try await first.get("/1")
            _ = try await first.answers(1)
            #expect(try await live.client().answersUntilClose().map(\.status) == [503])
            try await first.send("GET /2 HTTP/1.1\nHost: a\nConnection: close\n\n")
            #expect(try await first.answersUntilClose().map(\.status) == [200])
            first.finishSending()
            while true {
                let next = try live.client()
                try await next.get("/3")
                guard try await next.answers(1).first?.status == 200 else { continue }
                break
            }
        }
    }

    @Test("a port that is taken is named in the error")
    func addressInUse() async throws {
        try await withServer { live in
            let address = live.server.address
            #expect(address.port != 0)
            #expect(throws: HTTPServerError.addressInUse(address)) {
                try HTTPServer(at: address, on: live.loop, logger: Logger(label: "test")) { _ in Response(status: .ok) }
            }
            #expect(throws: HTTPServerError.malformedAddress("localhost")) {
                let named = SocketAddress(host: "localhost", port: 0)
                return try HTTPServer(at: named, on: live.loop, logger: Logger(label: "test")) { _ in
                    Response(status: .ok)
                }
            }
        }
    }

    @Test("a server at an IPv6 address knows its clients, and one at all of them those over IPv4 too", .onIPv6)
    func addresses() async throws {
        for (host, clients) in [("::1", ["::1"]), ("::", ["::1", "127.0.0.1"])] {
            let loop = try EventLoop.start(name: "http test")
            let server = try HTTPServer(
                at: SocketAddress(host: host, port: 0), on: loop, logger: Logger(label: "test")
            ) { Response(status: .ok, body: Array($0.clientAddress.description.utf8)) }
            let running = Task { try await server.run() }
            for name in clients {
                let client = try RawClient(to: SocketAddress(host: name, port: server.address.port), on: loop)
                try await client.get("/")
                #expect(try await client.answers(1).map(\.body) == [name])
            }
            server.drain()
            try await running.value
            await loop.shutDown()
        }
    }

    @Test("servers on several loops share a port if they ask to")
    func sharedPort() async throws {
        let loop = try EventLoop.start(name: "http test")
        let logger = Logger(label: "test")
        let first = try HTTPServer(at: .loopback(port: 0), on: loop, sharesPort: true, logger: logger) { _ in
            Response(status: .ok)
        }
        let second = try HTTPServer(at: first.address, on: loop, sharesPort: true, logger: logger) { _ in
            Response(status: .ok)
        }
        #expect(first.address == second.address)
        await loop.shutDown()
    }
}

extension Trait where Self == ConditionTrait {
    /// Some containers have no IPv6.
    fileprivate static var onIPv6: Self {
        .enabled("there is no IPv6 here") {
            do {
                _ = try Socket.listening(at: SocketAddress(host: "::1", port: 0), sharesPort: false, backlog: 1)
                return true
            } catch {
                return false
            }
        }
    }
}
