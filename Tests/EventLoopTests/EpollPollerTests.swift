import Glibc
import Testing

@testable import EventLoop

/// The poller with a real epoll.
@Suite("epoll")
struct EpollPollerTests {
    /// A pipe with something in it.
    private struct FullPipe: ~Copyable {
        let reading: Int32
        private let writing: Int32

        init() {
            var ends: [Int32] = [0, 0]
            precondition(pipe(&ends) == 0)
            (reading, writing) = (ends[0], ends[1])
            var byte: UInt8 = 1
            precondition(write(writing, &byte, 1) == 1)
        }

        deinit {
            close(reading)
            close(writing)
        }
    }

    private static func tokens(_ poller: EpollPoller) -> [UInt64] {
        var events: [ReadyEvent] = []
        poller.wait(until: .now(), into: &events)
        return events.map(\.token)
    }

    /// Watches so many ready descriptors, the tokens from 0, for as long as `body` runs.
    private static func withReady(_ count: UInt64, in poller: EpollPoller, _ body: () throws -> Void) throws {
        guard count > 0 else { return try body() }
        let pipe = FullPipe()
        try poller.add(pipe.reading, interest: .readable, isPrompt: false, token: count - 1)
        defer { poller.remove(pipe.reading, isPrompt: false) }
        try withReady(count - 1, in: poller, body)
    }

    @Test(
        "what is prompt is told of first, however many were ready before it, and nothing else is told of less often",
        arguments: [1, 200] as [UInt64])
    func prompt(others: UInt64) throws {
        let poller = try EpollPoller()
        try Self.withReady(others, in: poller) {
            let prompt = FullPipe()
            try poller.add(prompt.reading, interest: .readable, isPrompt: true, token: 1_000)
            for _ in 0..<2 {
                let told = Self.tokens(poller)
                #expect(told.first == 1_000 && told.count > 1)
            }
            poller.remove(prompt.reading, isPrompt: true)
            let later = Self.tokens(poller)
            #expect(!later.isEmpty && !later.contains(1_000))
        }
    }

    @Test("everything that is ready has its turn, however much there is")
    func everything() throws {
        let poller = try EpollPoller()
        try Self.withReady(200, in: poller) {
            var seen: Set<UInt64> = []
            for _ in 0..<10 { seen.formUnion(Self.tokens(poller)) }
            #expect(seen.count == 200)
        }
    }

    @Test("what is watched of a prompt descriptor can change")
    func change() throws {
        let poller = try EpollPoller()
        let prompt = FullPipe()
        try poller.add(prompt.reading, interest: .readable, isPrompt: true, token: 7)
        try poller.modify(prompt.reading, interest: [], isPrompt: true, token: 7)
        #expect(Self.tokens(poller) == [])
        try poller.modify(prompt.reading, interest: .readable, isPrompt: true, token: 7)
        #expect(Self.tokens(poller) == [7])
        #expect {
            try poller.add(prompt.reading, interest: .readable, isPrompt: true, token: 8)
        } throws: {
            if case EventLoopError.alreadyRegistered = $0 { true } else { false }
        }
    }
}
