import EventLoop
import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("What an observer is told of exchanges whose content is a stream")
struct ExchangeStreamTests {
    private static func path(_ exchange: Exchange) -> String { String(decoding: exchange.pathBytes, as: UTF8.self) }
    private static func count(_ text: String) -> Int { text.replacing("\n", with: "\r\n").utf8.count }

    @Test("a streamed answer is told once, when its last chunk has left, with all of its bytes and its whole time")
    func whole() throws {
        let driver = MachineDriver()
        driver.get("/stream", "/after")
        driver.stream("/stream")
        driver.answer("/after")
        driver.write(piece: "one")
        var bytes = Self.count(driver.write())
        driver.wait(milliseconds: 7)
        driver.write(piece: "two")
        bytes += Self.count(driver.write())
        #expect(driver.exchanges.isEmpty, "its end is still to come")
        driver.endStream()
        bytes += Self.count(driver.write())
        #expect(driver.exchanges.map(Self.path) == ["/stream", "/after"])
        #expect(driver.exchanges.map(\.isCutOff) == [false, false])
        #expect(driver.exchanges.map(\.isStream) == [true, false])
        #expect(driver.exchanges.map(\.responseBytes).reduce(0, +) == bytes)
        #expect(driver.exchanges[0].duration == .milliseconds(7))
        driver.lose()
        #expect(driver.exchanges.count == 2)
    }

    @Test("a stream that its producer breaks off, or its client, is told as cut off, and so is what waits behind it")
    func cutOff() {
        let broken = MachineDriver()
        broken.get("/stream", "/after")
        broken.stream("/stream")
        broken.write(piece: "one")
        broken.endStream(failing: true)
        let bytes = Self.count(broken.write())
        #expect(broken.exchanges.map(Self.path) == ["/stream", "/after"])
        #expect(broken.exchanges.map(\.isCutOff) == [true, true])
        #expect(broken.exchanges.map(\.responseBytes) == [bytes, 0])
        #expect(broken.exchanges.map(\.status) == [200, 0])

        let lost = MachineDriver()
        lost.get("/stream", "/after")
        lost.stream("/stream")
        _ = lost.write()
        lost.lose()
        #expect(lost.exchanges.map(Self.path) == ["/stream", "/after"])
        #expect(lost.exchanges.map(\.isCutOff) == [true, true])
    }

    @Test(
        "events that the client leaves are told as whole if it has all there were, else as cut off",
        arguments: [true, false])
    func events(hasAll: Bool) {
        let driver = MachineDriver()
        driver.get("/events")
        driver.stream("/events", events: true)
        driver.write(piece: "data: 1\n\n")
        if hasAll { _ = driver.write() }
        driver.peerFinishes()
        driver.lose()
        #expect(driver.exchanges.map(Self.path) == ["/events"])
        #expect(driver.exchanges.map(\.isCutOff) == [!hasAll])
    }

    @Test("a drain ends events, which are told as whole")
    func drained() {
        let driver = MachineDriver()
        driver.get("/events")
        driver.stream("/events", events: true)
        driver.drain()
        _ = driver.write()
        #expect(driver.exchanges.map(\.isCutOff) == [false])
    }

    @Test("content that is read while it arrives counts with its request, and what is refused of it has its reason")
    func content() {
        let driver = MachineDriver(bodyRule: { _ in .streamed(atMost: 100) })
        driver.receive("POST /x HTTP/1.1\nHost: h\nContent-Length: 6\n\nabc")
        driver.receive("def")
        driver.answer("/x")
        _ = driver.write()
        let head = Self.count("POST /x HTTP/1.1\nHost: h\nContent-Length: 6\n\n")
        #expect(driver.exchanges.map(\.requestBytes) == [head + 6])

        let malformed = MachineDriver(bodyRule: { _ in .streamed(atMost: 100) })
        malformed.receive("POST /y HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\nzz\n")
        _ = malformed.read("/y")
        _ = malformed.write()
        #expect(malformed.exchanges.map(Self.path) == ["/y"])
        #expect(malformed.exchanges.map(\.refusal) == [.malformedChunk])
    }
}
