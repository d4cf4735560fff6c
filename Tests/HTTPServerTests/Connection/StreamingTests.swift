import EventLoop
import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("Streams on one connection")
struct StreamingTests {
    private static let limits = HTTPServer.Limits.with {
        $0.handlerMilliseconds = 80
        $0.heartbeatMilliseconds = 20
        $0.idleMilliseconds = 40
        $0.headMilliseconds = 10
        $0.writeMilliseconds = 160
        $0.outputBytes = 400
        $0.eventBytes = 200
    }

    @Test("HTTP/1.1 gets a stream in chunks, each with its length, and the connection goes on after the last")
    func chunks() {
        let driver = MachineDriver()
        driver.get("/1", "/2")
        driver.answer("/2")
        driver.stream("/1")
        let head = driver.write()
        #expect(head.contains("Transfer-Encoding: chunked\n"))
        #expect(!head.contains("Content-Length") && !head.contains("Connection"))
        #expect(driver.write(piece: "hello"))
        #expect(driver.write(piece: String(repeating: "x", count: 300)))
        #expect(driver.write() == "5\nhello\n12c\n" + String(repeating: "x", count: 300) + "\n")
        driver.endStream()
        let rest = driver.write()
        #expect(rest.hasPrefix("0\n\nHTTP/1.1 200 OK\n") && rest.hasSuffix("\n\n/2"))
        #expect(!driver.write(piece: "late"))
        #expect(driver.write() == "")
        driver.get("/3")
        driver.answer("/3")
        #expect(driver.answers() == ["/3"])
    }

    @Test("a piece without bytes is no chunk, since that would be the last one")
    func emptyPiece() {
        let driver = MachineDriver()
        driver.get("/1")
        driver.stream("/1")
        _ = driver.write()
        #expect(driver.write(piece: ""))
        #expect(driver.write() == "")
    }

    @Test("HTTP/1.0 gets a stream as it is, up to the close, also where it asked to stay; nothing else is served")
    func http10() {
        let driver = MachineDriver()
        driver.receive("GET /1 HTTP/1.0\nConnection: keep-alive\n\nGET /2 HTTP/1.0\nConnection: keep-alive\n\n")
        driver.stream("/1")
        let head = driver.write()
        #expect(head.contains("Connection: close\n") && !head.contains("Transfer-Encoding"))
        #expect(driver.cancelledCount == 1)
        driver.write(piece: "hello")
        #expect(driver.write() == "hello")
        #expect(!driver.hasFinishedWriting)
        driver.endStream()
        #expect(driver.write() == "")
        #expect(driver.hasFinishedWriting && !driver.hasReset)
    }

    @Test("HEAD gets no stream, its producer is not started, and the connection goes on", arguments: ["1.0", "1.1"])
    func headRequest(version: String) {
        let driver = MachineDriver()
        driver.receive("HEAD /1 HTTP/\(version)\nHost: a\nConnection: keep-alive\n\n")
        driver.stream("/1")
        let text = driver.write()
        #expect(text.hasPrefix("HTTP/1.1 200 OK\n") && text.hasSuffix("\n\n"))
        #expect(driver.streaming.isEmpty && !driver.hasFinishedWriting)
    }

    @Test("a producer is started when its turn has come, and not before")
    func turn() {
        let driver = MachineDriver()
        driver.get("/1", "/2")
        driver.stream("/2")
        #expect(driver.streaming.isEmpty)
        driver.answer("/1")
        #expect(driver.streaming.count == 1)
    }

    @Test("while a stream runs, no request is taken, and time runs neither for the next head nor for the handler")
    func alone() {
        let driver = MachineDriver(limits: Self.limits)
        driver.get("/1")
        driver.stream("/1")
        _ = driver.write()
        #expect(driver.interest == .readable)
        driver.receive("GET /2 HT")
        #expect(driver.interest == [])
        driver.wait(milliseconds: 1_000)
        #expect(driver.write() == "" && !driver.isClosed && driver.cancelledCount == 0)
        driver.endStream()
        #expect(driver.write() == "0\n\n")
        driver.wait(milliseconds: 9)
        driver.receive("TP/1.1\nHost: a\n\n")
        driver.answer("/2")
        #expect(driver.answers() == ["/2"])
    }

    @Test("a late handler behind a stream is answered for in its turn")
    func lateBehind() {
        let driver = MachineDriver(limits: Self.limits)
        driver.get("/1", "/2", "/3")
        driver.stream("/1")
        driver.answer("/2")
        _ = driver.write()
        driver.wait(milliseconds: 80)
        #expect(driver.cancelledCount == 1)
        driver.endStream()
        #expect(driver.answers().dropFirst() == ["/2", "handlerTimedOut"])
    }

    @Test("a producer is held back while the client has much to read, and a client that reads nothing is cut")
    func backPressure() {
        let driver = MachineDriver(limits: Self.limits)
        driver.get("/1")
        driver.stream("/1")
        _ = driver.write()
        #expect(!driver.holdsBack)
        driver.write(piece: String(repeating: "x", count: 400))
        #expect(driver.holdsBack)
        _ = driver.write(100)
        #expect(!driver.holdsBack)
        driver.write(piece: String(repeating: "x", count: 400))
        driver.wait(milliseconds: 159)
        #expect(!driver.isClosed)
        driver.wait(milliseconds: 1)
        #expect(driver.isClosed && driver.cancelledCount == 1)
        #expect(!driver.write(piece: "more"))
    }

    @Test("a stream that breaks off ends without its last chunk, after all that was written before")
    func failing() {
        let driver = MachineDriver()
        driver.get("/1", "/2", "/3")
        driver.answer("/1")
        driver.stream("/2")
        driver.write(piece: "half")
        driver.endStream(failing: true)
        let text = driver.write()
        #expect(text.contains("\n\n/1HTTP/1.1 200 OK\n") && text.hasSuffix("4\nhalf\n"))
        #expect(driver.hasFinishedWriting && !driver.hasReset && driver.cancelledCount == 1)
    }

    @Test("without chunks, a stream that breaks off ends in a reset, since its close would say that it is complete")
    func failingWithoutChunks() {
        let driver = MachineDriver()
        driver.receive("GET /1 HTTP/1.0\n\n")
        driver.stream("/1")
        driver.write(piece: "half")
        driver.endStream(failing: true)
        #expect(!driver.isClosed)
        #expect(driver.write().hasSuffix("half"))
        #expect(driver.hasReset)
    }

    @Test("a client that has gone ends the stream")
    func lost() {
        let driver = MachineDriver()
        driver.get("/1", "/2")
        driver.stream("/1")
        driver.lose()
        #expect(driver.cancelledCount == 2 && driver.isClosed)
        #expect(!driver.write(piece: "more"))
        driver.endStream()
        #expect(driver.write() == "")
    }

    @Test("a client that has closed its half still gets all of a stream, and then the close")
    func halfClosed() {
        let driver = MachineDriver()
        driver.get("/1")
        driver.stream("/1")
        driver.peerFinishes()
        #expect(driver.write(piece: "a"))
        driver.endStream()
        #expect(driver.write().hasSuffix("1\na\n0\n\n"))
        #expect(driver.isClosed)
    }

    @Test("a drain waits for a stream, and closes after it")
    func drain() {
        let driver = MachineDriver()
        driver.get("/1")
        driver.stream("/1")
        driver.drain()
        #expect(driver.cancelledCount == 0 && !driver.hasFinishedWriting)
        driver.write(piece: "a")
        driver.endStream()
        #expect(driver.write().hasSuffix("1\na\n0\n\n"))
        #expect(driver.hasFinishedWriting)
    }

    // MARK: Events

    @Test("a drain ends a stream of events at once and politely, and one that would begin after it")
    func drainEvents() {
        let driver = MachineDriver()
        driver.get("/1", "/2")
        driver.stream("/1", events: true)
        driver.write(piece: "a")
        driver.drain()
        #expect(driver.cancelledCount == 1)
        #expect(driver.write().hasSuffix("1\na\n0\n\n"))
        #expect(!driver.write(piece: "b"))
        driver.stream("/2", events: true)
        let last = driver.write()
        #expect(last.contains("Connection: close\n") && last.hasSuffix("\n\n0\n\n"))
        #expect(driver.streaming.count == 1 && driver.hasFinishedWriting)
    }

    @Test("a quiet stream of events gets a heartbeat, an eventful one does not, and other streams never do")
    func heartbeat() {
        let driver = MachineDriver(limits: Self.limits)
        driver.get("/1")
        driver.stream("/1", events: true)
        _ = driver.write()
        driver.wait(milliseconds: 19)
        driver.write(piece: "a")
        #expect(driver.write() == "1\na\n")
        driver.wait(milliseconds: 19)
        #expect(driver.write() == "")
        driver.wait(milliseconds: 1)
        #expect(driver.write() == "3\n:\n\n\n")
        driver.wait(milliseconds: 20)
        #expect(driver.write() == "3\n:\n\n\n")
        let other = MachineDriver(limits: Self.limits)
        other.get("/1")
        other.stream("/1")
        _ = other.write()
        other.wait(milliseconds: 1_000)
        #expect(other.write() == "")
    }

    @Test("no heartbeat is added to what a slow client has not read, and it holds less than other streams do")
    func slowWatcher() {
        let driver = MachineDriver(limits: Self.limits)
        driver.get("/1")
        driver.stream("/1", events: true)
        _ = driver.write()
        driver.write(piece: String(repeating: "x", count: 200))
        #expect(driver.holdsBack)
        driver.wait(milliseconds: 100)
        #expect(driver.write() == "c8\n" + String(repeating: "x", count: 200) + "\n")
    }

    @Test("a client that closes its half of a stream of events is gone")
    func watcherGone() {
        let driver = MachineDriver()
        driver.get("/1")
        driver.stream("/1", events: true)
        driver.peerFinishes()
        #expect(driver.isClosed && driver.cancelledCount == 1)
    }
}
