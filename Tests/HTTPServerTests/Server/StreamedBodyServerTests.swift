import EventLoop
import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

@Suite("Content that is read while it arrives, over a socket", .timeLimit(.minutes(1)))
struct StreamedBodyServerTests {
    private static let megabyte = [UInt8](repeating: UInt8(ascii: "x"), count: 1_024 * 1_024)
    private static let streams: HTTPServer.BodyRule = { _ in .streamed(atMost: 64 * 1_024 * 1_024) }

    /// Answers with the count of bytes that it read.
    private static let counting: HTTPServer.Handler = { request in
        guard let stream = request.stream else { return Response(status: .ok, body: Array("none".utf8)) }
        var count = 0
        while let piece = try await stream.next() { count += piece.count }
        return Response(status: .ok, body: Array("\(count)".utf8))
    }

    @Test("a body of many megabytes is read piece by piece, and the connection goes on", arguments: [true, false])
    func large(isChunked: Bool) async throws {
        try await withServer(bodyRule: Self.streams, handler: Self.counting) { live in
            let client = try live.client()
            for _ in 0..<2 {
                if isChunked {
                    try await client.send("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n")
                    for _ in 0..<16 {
                        try await client.send("100000\n")
                        try await client.send(exactly: Self.megabyte)
                        try await client.send("\n")
                    }
                    try await client.send("0\n\n")
                } else {
                    try await client.send("POST / HTTP/1.1\nHost: a\nContent-Length: \(16 << 20)\n\n")
                    for _ in 0..<16 { try await client.send(exactly: Self.megabyte) }
                }
                #expect(try await client.answers(1).map(\.body) == ["\(16 << 20)"])
            }
            try await client.get("/")
            #expect(try await client.answers(1).map(\.body) == ["none"])
        }
    }

    @Test("a client is held back while the handler reads nothing")
    func backPressure() async throws {
        let gate = Gate()
        let handler: HTTPServer.Handler = { request in
            if request.path != "/" { return Response(status: .ok) }
            await gate.wait()
            return try await Self.counting(request)
        }
        try await withServer(bodyRule: Self.streams, handler: handler) { live in
            let (client, witness) = (try live.client(), try live.client())
            let sent = Mutex(0)
            let sending = Task {
                try await client.send("POST / HTTP/1.1\nHost: a\nContent-Length: \(64 << 20)\n\n")
                for _ in 0..<64 {
                    try await client.send(exactly: Self.megabyte)
                    sent.withLock { $0 += 1 }
                }
            }
            // The kernel's buffers fill up; once nothing moves from one answer to the next, the client is held back.
            var before = -1
            while before != sent.withLock({ $0 }) || before == 0 {
                before = sent.withLock { $0 }
                for _ in 0..<20 {
                    try await witness.get("/other")
                    _ = try await witness.answers(1)
                }
            }
            #expect(sent.withLock { $0 } < 64)
            gate.open()
            try await sending.value
            #expect(try await client.answers(1).map(\.body) == ["\(64 << 20)"])
        }
    }

    @Test("a handler whose client goes away within the content is told")
    func vanished() async throws {
        let broken = Gate()
        let handler: HTTPServer.Handler = { request in
            do {
                return try await Self.counting(request)
            } catch {
                broken.open()
                throw error
            }
        }
        try await withServer(bodyRule: Self.streams, handler: handler) { live in
            do {
                let client = try live.client()
                try await client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 100\n\nabc")
            }
            await broken.wait()
        }
    }

    @Test("a body that turns out malformed is answered 400 and the handler ended, also where it swallows the error")
    func malformed() async throws {
        let handler: HTTPServer.Handler = { request in
            while let stream = request.stream, (try? await stream.next()) ?? nil != nil {}
            return Response(status: .ok)
        }
        try await withServer(bodyRule: Self.streams, handler: handler) { live in
            let client = try live.client()
            try await client.send("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nabc\n")
            try await client.send("nonsense\n")
            #expect(try await client.answersUntilClose().map(\.status) == [400])
        }
    }

    @Test("a handler that answers at once and reads nothing gets its answer through to a client that goes on sending")
    func early() async throws {
        let handler: HTTPServer.Handler = { _ in Response(status: .forbidden) }
        try await withServer(bodyRule: Self.streams, handler: handler) { live in
            let client = try live.client()
            try await client.send("POST / HTTP/1.1\nHost: a\nContent-Length: \(4 << 20)\n\n")
            try await client.send(exactly: Array(Self.megabyte.prefix(100_000)))
            let answers = try await client.answersUntilClose()
            #expect(answers.map(\.status) == [403] && answers.map(\.closes) == [true])
        }
    }

    @Test("a body too slow for its rate is answered 408")
    func slow() async throws {
        let limits = HTTPServer.Limits.with { ($0.bodyRateMilliseconds, $0.bodyRateBytes) = (20, 100) }
        try await withServer(limits: limits, bodyRule: Self.streams, handler: Self.counting) { live in
            let client = try live.client()
            try await client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 1000\n\nabc")
            #expect(try await client.answersUntilClose().map(\.status) == [408])
        }
    }

    @Test("a drain waits for a body that is still arriving")
    func drain() async throws {
        let begun = Gate()
        let handler: HTTPServer.Handler = { request in
            begun.open()
            return try await Self.counting(request)
        }
        try await withServer(bodyRule: Self.streams, handler: handler) { live in
            let (client, idle) = (try live.client(), try live.client())
            try await client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 6\n\nabc")
            await begun.wait()
            live.server.drain()
            #expect(try await idle.answersUntilClose() == [])
            try await client.send("def")
            #expect(try await client.answersUntilClose() == [Answer(status: 200, closes: true, body: "6")])
        }
    }
}
