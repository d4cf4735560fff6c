import EventLoop
import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import HTTPServer

@Suite("How a server ends, and what it leaves behind", .timeLimit(.minutes(1)))
struct EndingServerTests {
    @Test("a drain lets the request in flight finish, closes idle connections, and ends run()")
    func drain() async throws {
        let (entered, gate) = (Gate(), Gate())
        let handler: HTTPServer.Handler = { _ in
            entered.open()
            await gate.wait()
            return Response(status: .ok, body: Array("done".utf8))
        }
        try await withServer(handler: handler) { live in
            let (busy, idle) = (try live.client(), try live.client())
            try await busy.get("/")
            await entered.wait()
            live.server.drain()
            #expect(try await idle.answersUntilClose() == [])
            gate.open()
            #expect(try await busy.answersUntilClose() == [Answer(status: 200, closes: true, body: "done")])
        }
    }

    @Test("whoever has connected and was not accepted yet when a drain begins is told so")
    func drainOfWaiting() async throws {
        let late = Mutex<RawClient?>(nil)
        let served = Mutex<LiveServer?>(nil)
        let handler: HTTPServer.Handler = { _ in
            // On the loop's thread: nobody is accepted before the drain begins.
            guard let live = served.withLock({ $0 }) else { return Response(status: .badRequest) }
            let client = try live.client()
            late.withLock { $0 = client }
            live.server.drain()
            return Response(status: .ok)
        }
        try await withServer(handler: handler) { live in
            served.withLock { $0 = live }
            let client = try live.client()
            try await client.get("/")
            #expect(try await client.answersUntilClose().map(\.status) == [200])
            let waiting = try #require(late.withLock { $0 })
            let answers = try await waiting.answersUntilClose()
            #expect(answers.map(\.status) == [503] && answers.first?.closes == true)
            #expect(answers.first?.body.contains("stopping") == true)
        }
    }

    @Test("a server that cannot accept listens nowhere")
    func closedListeners() async throws {
        let loop = try EventLoop.start(name: "http test")
        let server = try HTTPServer(
            at: [.internet(.loopback(port: 0)), .internet(.loopback(port: 0))], on: loop, logger: .silent
        ) { _ in Response(status: .ok) }
        await loop.shutDown()
        await #expect(throws: HTTPServerError.self) { try await server.run() }
        for case .internet(let address) in server.endpoints { #expect(socketCount(onPort: address.port) == 0) }
    }

    @Test("a drain under load loses no answer to a request that was taken")
    func drainUnderLoad() async throws {
        let handled = Mutex(0)
        let handler: HTTPServer.Handler = { _ in
            await Task.yield()
            handled.withLock { $0 += 1 }
            return Response(status: .ok)
        }
        let enough = Gate()
        try await withServer(handler: handler) { live in
            let answered = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    let client = try live.client()
                    group.addTask { try await Self.requestUntilClose(client, enough) }
                }
                await enough.wait()
                live.server.drain()
                return try await group.reduce(0, +)
            }
            #expect(answered == handled.withLock { $0 })
        }
    }

    /// Sends one request after the other until the server closes; returns how many were answered.
    private static func requestUntilClose(_ client: RawClient, _ enough: Gate) async throws -> Int {
        for count in 0..<Int.max {
            if count == 50 { enough.open() }
            do {
                try await client.get("/")
                let answer = try await client.answers(1)
                if answer.first?.closes == true { return count + 1 }
            } catch ClientError.closed(let bytes) {
                #expect(bytes.isEmpty, "an answer was cut")
                return count
            } catch ClientError.broken {
                return count
            }
        }
        return 0
    }

    @Test("a drain cuts what does not finish in time")
    func boundedDrain() async throws {
        let (entered, gate) = (Gate(), Gate())
        let handler: HTTPServer.Handler = { _ in
            entered.open()
            await gate.wait()
            return Response(status: .ok)
        }
        try await withServer(limits: .with { $0.drainMilliseconds = 20 }, handler: handler) { live in
            let client = try live.client()
            try await client.get("/")
            await entered.wait()
            live.server.drain()
            #expect(try await client.answersUntilClose() == [])
            gate.open()
        }
    }

    @Test("cancelling run() drains; a second run() is refused")
    func cancellation() async throws {
        try await withServer { live in
            await #expect(throws: HTTPServerError.alreadyRun) {
                let client = try live.client()
                try await client.get("/")
                _ = try await client.answers(1)
                try await live.server.run()
            }
        }
        let loop = try EventLoop.start(name: "http test")
        let server = try HTTPServer(at: .loopback(port: 0), on: loop, logger: Logger(label: "test")) { _ in
            Response(status: .ok)
        }
        let running = Task { try await server.run() }
        running.cancel()
        try await running.value
        await loop.shutDown()
    }

    @Test("a loop that is shut down cuts its connections, cancels what is in flight, and ends run() with the reason")
    func loopStops() async throws {
        let (entered, cancelled) = (Gate(), Gate())
        let loop = try EventLoop.start(name: "http test")
        let witness = try EventLoop.start(name: "witness")
        let server = try HTTPServer(at: .loopback(port: 0), on: loop, logger: Logger(label: "test")) { _ in
            entered.open()
            await withTaskCancellationHandler {
                await cancelled.wait()
            } onCancel: {
                cancelled.open()
            }
            return Response(status: .ok)
        }
        let running = Task { try await server.run() }
        let (busy, idle) = (
            try RawClient(to: server.address, on: witness), try RawClient(to: server.address, on: witness)
        )
        try await busy.get("/")
        await entered.wait()
        await loop.shutDown()
        await #expect(throws: HTTPServerError.loop(.stopped)) { try await running.value }
        await cancelled.wait()
        #expect(try await busy.answersUntilClose() == [])
        // Whether it was accepted before or not, nobody is there any more.
        if let left = try? await idle.answersUntilClose() { #expect(left == []) }
        #expect(await server.connectionCount == 0)
        #expect(socketCount(onPort: server.address.port) <= 2, "the clients' own")
        await witness.shutDown()
    }

    @Test("a server on a loop that has stopped already says so")
    func loopHasStopped() async throws {
        let loop = try EventLoop.start(name: "http test")
        let server = try HTTPServer(at: .loopback(port: 0), on: loop, logger: Logger(label: "test")) { _ in
            Response(status: .ok)
        }
        await loop.shutDown()
        await #expect(throws: HTTPServerError.loop(.stopped)) { try await server.run() }
    }

    @Test("five hundred connections are served, and every descriptor is closed in the end")
    func manyConnections() async throws {
        let port = Mutex<UInt16>(0)
        try await withServer { live in
            port.withLock { $0 = live.server.address.port }
            let clients = try (0..<500).map { _ in try live.client() }
            for (number, client) in clients.enumerated() { try await client.get("/\(number)") }
            for (number, client) in clients.enumerated() {
                #expect(try await client.answers(1).map(\.body) == ["/\(number)"])
            }
            #expect(await live.server.connectionCount == 500)
        }
        #expect(socketCount(onPort: port.withLock { $0 }) == 0)
    }

    @Test(
        "a client that goes away within a request leaves nothing open",
        arguments: ["", "GET / HT", "POST / HTTP/1.1\nHost: a\nContent-Length: 9\n\nx", "GET / HTTP/1.1\nHost: a\n\n"]
    )
    func goneWithin(text: String) async throws {
        try await withServer { live in
            for _ in 0..<20 {
                let client = try live.client()
                try await client.send(text)
            }
            let witness = try live.client()
            // Each answer takes a turn or more of the loop, so the loop is seen through, not slept through.
            repeat {
                try await witness.get("/")
                _ = try await witness.answers(1)
            } while await live.server.connectionCount > 1
        }
    }

    @Test("a client that takes nothing of a large answer is cut, and the others are served")
    func slowReader() async throws {
        let large = [UInt8](repeating: 65, count: 8 * 1_024 * 1_024)
        let handler: HTTPServer.Handler = { Response(status: .ok, body: $0.path == "/large" ? large : []) }
        try await withServer(limits: .with { $0.writeMilliseconds = 50 }, handler: handler) { live in
            let stalled = try live.client()
            try await stalled.get("/large")
            let witness = try live.client()
            repeat {
                try await witness.get("/")
                #expect(try await witness.answers(1).map(\.status) == [200])
            } while await live.server.connectionCount > 1
        }
    }
}
