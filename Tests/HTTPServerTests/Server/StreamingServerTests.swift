import EventLoop
import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

@Suite("Streams over a socket", .timeLimit(.minutes(1)))
struct StreamingServerTests {
    private static let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000)

    /// A handler that answers everything with a stream.
    private func streaming(_ producer: @escaping ResponseStream.Producer) -> HTTPServer.Handler {
        { _ in Response(status: .ok, stream: ResponseStream(producer)) }
    }

    @Test("a stream of many megabytes arrives whole, and the connection goes on")
    func large() async throws {
        let handler: HTTPServer.Handler = { request in
            guard request.path == "/large" else { return Response(status: .ok, body: Array("next".utf8)) }
            return Response(
                status: .ok,
                stream: ResponseStream { writer in for _ in 0..<800 { try await writer.write(Self.piece) } })
        }
        try await withServer(handler: handler) { live in
            let client = try live.client()
            try await client.get("/large")
            let answer = try await client.streamedAnswer()
            #expect(answer.isComplete && answer.rest.isEmpty)
            #expect(answer.content.count == 8_000_000)
            #expect(answer.head.contains("Transfer-Encoding: chunked"))
            try await client.get("/next")
            #expect(try await client.answers(1).map(\.body) == ["next"])
        }
    }

    @Test("HTTP/1.0 gets the stream as it is, and HEAD nothing of it")
    func otherForms() async throws {
        let asked = Mutex(0)
        let handler = streaming { writer in
            asked.withLock { $0 += 1 }
            try await writer.write(Array("one".utf8))
            await Task.yield()
            try await writer.write(Array("two".utf8))
        }
        try await withServer(handler: handler) { live in
            let client = try live.client()
            try await client.send("HEAD / HTTP/1.1\nHost: a\n\n")
            #expect(try await client.answers(1).map(\.body) == [""])
            #expect(asked.withLock { $0 } == 0)
            try await client.send("GET / HTTP/1.0\n\n")
            var bytes: [UInt8] = []
            while let more = try await client.receive() { bytes += more }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.hasSuffix("\r\n\r\nonetwo") && text.contains("Connection: close\r\n"))
        }
    }

    @Test("a producer waits for a client that does not read, and holds up nobody else")
    func slowReader() async throws {
        let written = Mutex(0)
        let handler: HTTPServer.Handler = { request in
            guard request.path == "/stream" else { return Response(status: .ok) }
            return Response(
                status: .ok,
                stream: ResponseStream { writer in
                    for _ in 0..<4_000 {
                        try await writer.write(Self.piece)
                        written.withLock { $0 += 1 }
                    }
                })
        }
        try await withServer(handler: handler) { live in
            let client = try live.client()
            try await client.get("/stream")
            let witness = try live.client()
            // The kernel's buffers fill up; once nothing moves from one answer to the next, the producer is held back.
            var before = -1
            while before != written.withLock({ $0 }) || before == 0 {
                before = written.withLock { $0 }
                for _ in 0..<20 {
                    try await witness.get("/")
                    #expect(try await witness.answers(1).map(\.status) == [200])
                }
            }
            #expect(written.withLock { $0 } < 4_000)
            let answer = try await client.streamedAnswer()
            #expect(answer.isComplete && answer.content.count == 40_000_000)
        }
    }

    @Test("the producer of a client that has gone is told, and nothing of it stays open", arguments: [true, false])
    func vanished(reads: Bool) async throws {
        let ended = Gate()
        let handler = streaming { writer in
            defer { ended.open() }
            while true { try await writer.write(Self.piece) }
        }
        try await withServer(handler: handler) { live in
            do {
                let client = try live.client()
                try await client.get("/")
                if reads { _ = try await client.streamedAnswer { $0.content.count > 1_000_000 } }
            }
            await ended.wait()
            let witness = try live.client()
            repeat {
                try await witness.send("HEAD / HTTP/1.1\nHost: a\n\n")
                _ = try await witness.answers(1)
            } while await live.server.connectionCount > 1
        }
    }

    @Test("a producer that waits for something else is cancelled when its client goes")
    func cancelled() async throws {
        let (started, ended) = (Gate(), Gate())
        let handler = streaming { writer in
            try await writer.write(Self.piece)
            started.open()
            await withTaskCancellationHandler {
                await ended.wait()
            } onCancel: {
                ended.open()
            }
        }
        try await withServer(handler: handler) { live in
            do {
                let client = try live.client()
                try await client.get("/")
                await started.wait()
                // To close with bytes unread resets the connection.
            }
            await ended.wait()
        }
    }

    @Test("a producer that throws has its stream cut: the last chunk is missing")
    func failing() async throws {
        let handler = streaming { writer in
            try await writer.write(Array("half".utf8))
            throw CancellationError()
        }
        try await withServer(handler: handler) { live in
            let client = try live.client()
            try await client.get("/")
            let answer = try await client.streamedAnswer()
            #expect(!answer.isComplete && answer.text == "half" && answer.rest.isEmpty)
            let old = try live.client()
            try await old.send("GET / HTTP/1.0\n\n")
            await #expect(throws: ClientError.self) {
                while try await old.receive() != nil {}
            }
        }
    }

    @Test("pieces may come from several tasks on any threads")
    func otherThreads() async throws {
        let handler = streaming { writer in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { for _ in 0..<100 { try await writer.write(Self.piece) } }
                }
                try await group.waitForAll()
            }
        }
        try await withServer(handler: handler) { live in
            let client = try live.client()
            try await client.get("/")
            let answer = try await client.streamedAnswer()
            #expect(answer.isComplete && answer.content.count == 8_000_000)
        }
    }

    @Test("a drain lets a stream come to its end")
    func drain() async throws {
        let (started, gate) = (Gate(), Gate())
        let handler = streaming { writer in
            try await writer.write(Array("one".utf8))
            started.open()
            await gate.wait()
            try await writer.write(Array("two".utf8))
        }
        try await withServer(handler: handler) { live in
            let client = try live.client()
            try await client.get("/")
            await started.wait()
            live.server.drain()
            let first = try await client.streamedAnswer { $0.text == "one" }
            #expect(!first.isComplete)
            gate.open()
            var rest: [UInt8] = []
            while let more = try await client.receive() { rest += more }
            #expect(String(decoding: rest, as: UTF8.self) == "3\r\ntwo\r\n0\r\n\r\n")
        }
    }
}
