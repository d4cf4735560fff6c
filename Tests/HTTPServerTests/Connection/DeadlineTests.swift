import EventLoop
import Testing

@testable import HTTPServer

@Suite("Deadlines of a connection")
struct DeadlineTests {
    private static let limits = HTTPServer.Limits.with {
        $0.headMilliseconds = 10
        $0.bodyMilliseconds = 20
        $0.idleMilliseconds = 40
        $0.handlerMilliseconds = 80
        $0.writeMilliseconds = 160
        $0.lingerMilliseconds = 5
    }

    @Test("a client that says nothing at first is let go without a word")
    func silent() {
        let driver = MachineDriver(limits: Self.limits)
        driver.wait(milliseconds: 9)
        #expect(!driver.hasFinishedWriting)
        driver.wait(milliseconds: 1)
        #expect(driver.write() == "")
        #expect(driver.hasFinishedWriting)
    }

    @Test("a head that trickles in is refused when its time is over, however lively the trickle")
    func slowHead() {
        let driver = MachineDriver(limits: Self.limits)
        for letter in "GET / HTT" {
            driver.receive(String(letter))
            driver.wait(milliseconds: 1)
            #expect(driver.write() == "")
        }
        driver.wait(milliseconds: 1)
        #expect(driver.answers() == ["headTimedOut!"])
    }

    @Test("each later head has the whole time, from its first byte")
    func laterHead() {
        let driver = MachineDriver(limits: Self.limits)
        driver.get("/1")
        driver.answer("/1")
        #expect(driver.answers() == ["/1"])
        driver.wait(milliseconds: 39)
        driver.receive("GET")
        driver.wait(milliseconds: 9)
        #expect(driver.write() == "")
        driver.wait(milliseconds: 1)
        #expect(driver.answers() == ["headTimedOut!"])
    }

    @Test("a body that trickles in is refused when its time is over")
    func slowBody() {
        let driver = MachineDriver(limits: Self.limits)
        driver.receive("POST / HTTP/1.1\nHost: a\nContent-Length: 100\n\n")
        for _ in 0..<19 {
            driver.receive("x")
            driver.wait(milliseconds: 1)
        }
        #expect(driver.write() == "")
        driver.wait(milliseconds: 1)
        #expect(driver.answers() == ["bodyTimedOut!"])
    }

    @Test("an idle connection is closed without a word, and not while a request is in flight")
    func idle() {
        let driver = MachineDriver(limits: Self.limits)
        driver.get("/1")
        driver.wait(milliseconds: 60)
        driver.answer("/1")
        #expect(driver.answers() == ["/1"])
        driver.wait(milliseconds: 39)
        #expect(!driver.hasFinishedWriting)
        driver.wait(milliseconds: 1)
        #expect(driver.write() == "")
        #expect(driver.hasFinishedWriting)
    }

    @Test("a late handler is answered for and cancelled; its own answer goes nowhere; the connection stays")
    func lateHandler() {
        let driver = MachineDriver(limits: Self.limits)
        driver.get("/1")
        driver.wait(milliseconds: 79)
        #expect(driver.cancelledCount == 0)
        driver.wait(milliseconds: 1)
        #expect(driver.cancelledCount == 1)
        #expect(driver.answers() == ["handlerTimedOut"])
        driver.answer("/1")
        #expect(driver.write() == "")
        driver.get("/2")
        driver.answer("/2")
        #expect(driver.answers() == ["/2"])
    }

    @Test(
        "a late handler of a request that may change something is answered for as such",
        arguments: [
            ("GET", "handlerTimedOut"), ("OPTIONS", "handlerTimedOut"), ("POST", "changeTimedOut"),
            ("PUT", "changeTimedOut"), ("DELETE", "changeTimedOut"), ("PATCH", "changeTimedOut"),
            ("BREW", "changeTimedOut"),
        ])
    func lateChange(method: String, expected: String) {
        let driver = MachineDriver(limits: Self.limits)
        driver.receive("\(method) /1 HTTP/1.1\nHost: a\nContent-Length: 0\n\n")
        driver.wait(milliseconds: 80)
        #expect(driver.cancelledCount == 1)
        #expect(driver.answers() == [expected])
    }

    @Test("a client that takes nothing is cut; one that takes a little gets its time again")
    func slowReader() {
        let driver = MachineDriver(limits: Self.limits)
        driver.get("/1")
        driver.answer("/1") { $0.body = .bytes([UInt8](repeating: 65, count: 1_000)) }
        _ = driver.write(10)
        driver.wait(milliseconds: 159)
        _ = driver.write(10)
        driver.wait(milliseconds: 159)
        #expect(!driver.isClosed)
        driver.wait(milliseconds: 1)
        #expect(driver.isClosed)
    }

    @Test("a client that does not close is waited for only so long")
    func linger() {
        let driver = MachineDriver(limits: Self.limits)
        driver.receive("nonsense\n")
        #expect(driver.answers() == ["malformedRequestLine!"])
        #expect(driver.hasFinishedWriting)
        driver.receive("more of it")
        driver.wait(milliseconds: 4)
        #expect(!driver.isClosed)
        #expect(driver.interest == .readable)
        driver.wait(milliseconds: 1)
        #expect(driver.isClosed)
    }
}
