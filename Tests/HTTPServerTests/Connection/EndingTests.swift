import EventLoop
import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("How a connection ends")
struct EndingTests {
    @Test("a refusal leaves after the answers to earlier requests, and nothing after it")
    func refusal() {
        let driver = MachineDriver()
        driver.get("/1", "/2")
        driver.receive("GET / HTTP/1.1\nHost : a\n\nGET /3 HTTP/1.1\nHost: a\n\n")
        driver.answer("/2")
        #expect(driver.write() == "")
        driver.answer("/1")
        #expect(driver.answers() == ["/1", "/2", "malformedField!"])
        driver.get("/4")
        #expect(driver.handled.map(\.target) == ["/1", "/2"])
    }

    @Test("a client that has closed its side still gets its answers")
    func halfClosed() {
        let driver = MachineDriver()
        driver.get("/1", "/2")
        driver.peerFinishes()
        #expect(!driver.isClosed)
        driver.answer("/1")
        driver.answer("/2")
        #expect(driver.answers() == ["/1", "/2!"])
        #expect(driver.isClosed)
    }

    @Test(
        "a client that closes within a request is let go",
        arguments: ["", "GE", "POST / HTTP/1.1\nHost: a\nContent-Length: 2\n\nx"]
    )
    func closedWithin(text: String) {
        let driver = MachineDriver()
        driver.receive(text)
        driver.peerFinishes()
        #expect(driver.isClosed)
        #expect(driver.handled.isEmpty)
        #expect(driver.write() == "")
    }

    @Test("a broken connection cancels its handlers and takes no answer")
    func lost() {
        let driver = MachineDriver()
        driver.get("/1", "/2")
        driver.lose()
        #expect(driver.isClosed)
        #expect(driver.cancelledCount == 2)
        driver.answer("/1")
        #expect(driver.write() == "")
    }

    @Test("draining closes an idle connection at once")
    func drainIdle() {
        let driver = MachineDriver()
        driver.drain()
        #expect(driver.hasFinishedWriting)
        driver.peerFinishes()
        #expect(driver.isClosed)
    }

    @Test("draining lets requests in flight finish, and announces the end on the last")
    func drainBusy() {
        let driver = MachineDriver()
        driver.get("/1", "/2")
        driver.drain()
        driver.get("/3")
        driver.answer("/1")
        driver.answer("/2")
        #expect(driver.answers() == ["/1", "/2!"])
        #expect(driver.handled.count == 2)
        #expect(driver.hasFinishedWriting)
    }

    @Test("draining waits for a request of which a part has arrived, and for no other")
    func drainPartial() {
        let driver = MachineDriver()
        driver.receive("POST /1 HTTP/1.1\nHost: a\nContent-Length: 2\n\nx")
        driver.drain()
        #expect(!driver.hasFinishedWriting)
        driver.receive("yGET /2 HTTP/1.1\nHost: a\n\n")
        driver.answer("/1")
        #expect(driver.answers() == ["/1!"])
        #expect(driver.handled.count == 1)
        #expect(driver.hasFinishedWriting)
    }

    @Test("a handler that throws is answered 500 and the connection stays")
    func failure() {
        let driver = MachineDriver()
        driver.get("/1", "/2")
        driver.fail("/1")
        driver.answer("/2")
        #expect(driver.answers() == ["handlerFailed", "/2"])
    }

    @Test("a status that ends no exchange is a failure of the handler", arguments: [100, 101, 199, 600, 999])
    func impossibleStatus(code: Int) {
        let driver = MachineDriver()
        driver.get("/1")
        driver.answer("/1") { $0.status = HTTPResponse.Status(code: code) }
        #expect(driver.answers() == ["handlerFailed"])
    }

    @Test("a connection too many is told so and closed")
    func tooMany() {
        let driver = MachineDriver(refusing: .tooManyConnections)
        #expect(driver.answers() == ["tooManyConnections!"])
        #expect(driver.hasFinishedWriting)
    }
}
