import Testing

@testable import HTTPServer

@Suite("What waits for a client of a stream of events")
struct EventBufferTests {
    private static let reset = ServerSentEvent(name: "reset", data: "")

    private func event(_ number: Int) -> ServerSentEvent {
        ServerSentEvent(id: "\(number)", data: "\(number)")
    }

    /// The data of all that waits, taken out; with its id where it was sent with one.
    private func drain(_ buffer: inout EventBuffer<String>) -> [String] {
        var taken: [String] = []
        while let bytes = buffer.next() {
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            taken.append(lines.map { $0.drop { $0 != " " }.dropFirst() }.joined(separator: " "))
        }
        return taken
    }

    @Test("events of different keys leave in the order in which they came")
    func order() {
        var buffer = EventBuffer<String>(limit: 8, overflow: Self.reset)
        for (number, key) in ["a", "b", "c"].enumerated() { buffer.put(event(number), for: key) }
        #expect(buffer.count == 3)
        #expect(drain(&buffer) == ["0 0", "1 1", "2 2"])
        #expect(buffer.isEmpty && buffer.next() == nil)
    }

    @Test("of one key only the newest waits, in the place of the first")
    func newest() {
        var buffer = EventBuffer<String>(limit: 8, overflow: Self.reset)
        for (number, key) in ["a", "b", "a", "a"].enumerated() { buffer.put(event(number), for: key) }
        #expect(buffer.count == 2)
        #expect(drain(&buffer) == ["3", "1 1"])
    }

    @Test("however much happens, no more waits than there are keys")
    func bounded() {
        var buffer = EventBuffer<String>(limit: 2, overflow: Self.reset)
        for number in 0..<10_000 { buffer.put(event(number), for: number.isMultiple(of: 2) ? "a" : "b") }
        #expect(buffer.count == 2)
        #expect(drain(&buffer) == ["9998", "9999 9999"])
    }

    @Test("with more keys than there is room for, one event stands for all, and later ones follow it")
    func overflow() {
        var buffer = EventBuffer<String>(limit: 2, overflow: Self.reset)
        for (number, key) in ["a", "b", "c"].enumerated() { buffer.put(event(number), for: key) }
        #expect(buffer.count == 1)
        buffer.put(event(3), for: "a")
        #expect(drain(&buffer) == ["reset ", "3 3"])
        #expect(buffer.isEmpty)
    }

    @Test("a client that comes again with the last id it was sent has missed nothing up to it")
    func resumable() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var buffer = EventBuffer<Int>(limit: 16, overflow: Self.reset)
            var newest: [Int: Int] = [:]
            var seen: [Int: Int] = [:]
            for number in 0..<200 {
                let key = Int.random(in: 0..<10, using: &generator)
                buffer.put(event(number), for: key)
                newest[key] = number
                guard Bool.random(using: &generator), let bytes = buffer.next() else { continue }
                let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
                let data = lines.last.flatMap { Int($0.dropFirst(6)) } ?? -1
                for (key, number) in newest where number == data { seen[key] = data }
                guard lines.count == 2 else { continue }
                // Every key's news up to this id has been sent, or was superseded by something sent since.
                for (key, number) in newest where number <= data { #expect(seen[key] == number) }
            }
        }
    }
}
