import EventLoop
import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

@Suite("Server-sent events over a socket", .timeLimit(.minutes(1)))
struct EventServerTests {
    private typealias Mailbox = EventMailbox<String>

    private static let reset = ServerSentEvent(name: "reset", data: "")

    private static func mailbox() -> Mailbox { Mailbox(limit: 100, overflow: reset) }

    @Test("events arrive as they happen, whoever brings them, and a closed mailbox ends the stream")
    func live() async throws {
        let mailbox = Self.mailbox()
        let handler: HTTPServer.Handler = { _ in .events { try await $0.send(all: mailbox) } }
        try await withServer(handler: handler) { live in
            let client = try live.client()
            try await client.get("/")
            let greeting = try await client.streamedAnswer { !$0.content.isEmpty }
            #expect(greeting.text == "retry: 3000\n\n")
            #expect(greeting.head.contains("Content-Type: text/event-stream"))
            for number in 0..<3 {
                await Task.detached { mailbox.put(ServerSentEvent(id: "\(number)", data: "x"), for: "a") }.value
                let bytes = try #require(try await client.receive())
                #expect(String(decoding: bytes, as: UTF8.self).contains("\r\nid: \(number)\ndata: x\n\n\r\n"))
            }
            mailbox.close()
            #expect(try await client.receive().map { String(decoding: $0, as: UTF8.self) } == "0\r\n\r\n")
        }
    }

    @Test("a client that does not read for a while gets the newest of each key and not all that happened")
    func skips() async throws {
        let mailbox = Self.mailbox()
        let handler: HTTPServer.Handler = { request in
            request.path == "/" ? Response(status: .ok) : .events { try await $0.send(all: mailbox) }
        }
        try await withServer(handler: handler) { live in
            let (client, witness) = (try live.client(), try live.client())
            try await client.get("/events")
            let (count, padding) = (20_000, String(repeating: "x", count: 1_000))
            for number in 1...count {
                mailbox.put(ServerSentEvent(id: "\(number)", data: "\(number) \(padding)"), for: "hot")
                guard number.isMultiple(of: 100) else { continue }
                // The server gets its turns while this goes on.
                try await witness.get("/")
                _ = try await witness.answers(1)
            }
            mailbox.close()
            let events = try await client.streamedAnswer().text.split(separator: "\n").filter { $0.hasPrefix("data: ") }
            let numbers = events.compactMap { Int($0.dropFirst(6).prefix { $0 != " " }) }
            #expect(numbers.last == count)
            #expect(numbers == numbers.sorted() && numbers.count < count)
        }
    }

    @Test("a drain ends streams of events at once and politely, and does not wait for their bound")
    func drain() async throws {
        let ended = Gate()
        let handler: HTTPServer.Handler = { _ in
            .events { client in
                defer { ended.open() }
                try await client.send(all: Self.mailbox())
            }
        }
        try await withServer(limits: .with { $0.drainMilliseconds = 1_000_000_000 }, handler: handler) { live in
            let clients = try (0..<20).map { _ in try live.client() }
            for client in clients {
                try await client.get("/")
                _ = try await client.streamedAnswer { !$0.content.isEmpty }
            }
            live.server.drain()
            for client in clients {
                var rest: [UInt8] = []
                while let more = try await client.receive() { rest += more }
                #expect(String(decoding: rest, as: UTF8.self) == "0\r\n\r\n")
            }
            await ended.wait()
        }
    }

    @Test("clients that close are noticed without an event to send them", arguments: [true, false])
    func gone(politely: Bool) async throws {
        let left = Mutex(20)
        let allLeft = Gate()
        let handler: HTTPServer.Handler = { _ in
            .events { client in
                defer {
                    let isLast = left.withLock { left in
                        left -= 1
                        return left == 0
                    }
                    if isLast { allLeft.open() }
                }
                try await client.send(all: Self.mailbox())
            }
        }
        try await withServer(handler: handler) { live in
            do {
                let clients = try (0..<20).map { _ in try live.client() }
                for client in clients {
                    try await client.send("GET / HTTP/1.\(politely ? 1 : 0)\nHost: a\n\n")
                    _ = try await client.receive()
                    if politely { client.finishSending() }
                }
            }
            await allLeft.wait()
        }
    }

    @Test("a quiet stream gets heartbeats")
    func heartbeat() async throws {
        let mailbox = Self.mailbox()
        let handler: HTTPServer.Handler = { _ in .events { try await $0.send(all: mailbox) } }
        try await withServer(limits: .with { $0.heartbeatMilliseconds = 5 }, handler: handler) { live in
            let client = try live.client()
            try await client.get("/")
            let answer = try await client.streamedAnswer { $0.text.hasSuffix("\n\n:\n\n:\n\n") }
            #expect(!answer.isComplete)
        }
    }
}
