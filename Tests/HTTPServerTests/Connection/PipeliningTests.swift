import EventLoop
import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("Requests on one connection")
struct PipeliningTests {
    @Test("answers leave in the order of their requests, whatever order they come in")
    func order() {
        let driver = MachineDriver()
        driver.get("/1", "/2", "/3")
        driver.answer("/3")
        driver.answer("/2")
        #expect(driver.answers() == [])
        driver.answer("/1")
        #expect(driver.answers() == ["/1", "/2", "/3"])
        #expect(!driver.isClosed)
    }

    @Test("what a request says does not change with what arrives after it")
    func arrivals() throws {
        let driver = MachineDriver()
        driver.receive("GET /a?1 HTTP/1.1\nHost: a\nX: one\n\nGET /b?2 HTTP/1.1\nHost: b\nX: two\n\nGET /c")
        driver.receive("?3 HTTP/1.1\nHost: c\nX: three\n\n")
        driver.receive("GET /d?4 HTTP/1.1\nHost: d\nX: four\n\n")
        let name = try #require(HTTPField.Name("X"))
        #expect(driver.handled.map(\.target) == ["/a?1", "/b?2", "/c?3", "/d?4"])
        #expect(driver.handled.map(\.path) == ["/a", "/b", "/c", "/d"])
        #expect(driver.handled.map(\.query) == ["1", "2", "3", "4"])
        #expect(driver.handled.map(\.authority) == ["a", "b", "c", "d"])
        #expect(driver.handled.map { $0.fields[name] } == ["one", "two", "three", "four"])
    }

    @Test("a connection persists from request to request")
    func keepAlive() {
        let driver = MachineDriver()
        for number in 0..<5 {
            driver.get("/\(number)")
            driver.answer("/\(number)")
            #expect(driver.answers() == ["/\(number)"])
            #expect(driver.interest == .readable)
        }
    }

    @Test("what follows a request that closes the connection is not served")
    func close() {
        let driver = MachineDriver()
        driver.receive("GET /1 HTTP/1.1\nHost: a\nConnection: x, Close\n\nGET /2 HTTP/1.1\nHost: a\n\n")
        #expect(driver.handled.map(\.target) == ["/1"])
        driver.answer("/1")
        #expect(driver.answers() == ["/1!"])
        #expect(driver.hasFinishedWriting)
    }

    @Test("HTTP/1.0 closes unless it asks to stay")
    func http10() {
        let driver = MachineDriver()
        driver.receive("GET /1 HTTP/1.0\nConnection: keep-alive\n\n")
        driver.answer("/1")
        #expect(driver.write().contains("Connection: keep-alive"))
        driver.receive("GET /2 HTTP/1.0\n\n")
        driver.answer("/2")
        #expect(driver.answers() == ["/2!"])
        #expect(driver.hasFinishedWriting)
    }

    @Test("an answer that closes the connection is the last, and later requests are cancelled")
    func answerCloses() {
        let driver = MachineDriver()
        driver.get("/1", "/2", "/3")
        driver.answer("/2")
        driver.answer("/1") { $0.closesConnection = true }
        #expect(driver.answers() == ["/1!"])
        #expect(driver.cancelledCount == 1)
        driver.answer("/3")
        #expect(driver.answers() == [])
    }

    @Test("no more requests are taken than may be in flight, and the rest once there is room")
    func inFlightBound() {
        let driver = MachineDriver(limits: .with { $0.pipelinedRequests = 2 })
        driver.get("/1", "/2", "/3", "/4")
        #expect(driver.handled.count == 2)
        #expect(driver.interest == [])
        driver.answer("/2")
        #expect(driver.handled.count == 2)
        driver.answer("/1")
        #expect(driver.handled.map(\.target) == ["/1", "/2", "/3", "/4"])
    }

    @Test("a client that does not read is not served any further until it does")
    func outputBound() {
        let driver = MachineDriver(limits: .with { $0.outputBytes = 300 })
        driver.get("/1", "/2", "/3")
        driver.answer("/1") { $0.body = .bytes([UInt8](repeating: 65, count: 400)) }
        driver.get("/4")
        #expect(driver.handled.count == 3)
        #expect(driver.interest == .writable)
        _ = driver.write(450)
        #expect(driver.handled.count == 4)
        #expect(driver.interest == [.readable, .writable])
    }

    @Test("a connection ends after its bound of requests")
    func requestBound() {
        let driver = MachineDriver(limits: .with { $0.requestsPerConnection = 2 })
        driver.get("/1", "/2", "/3")
        driver.answer("/1")
        driver.answer("/2")
        #expect(driver.answers() == ["/1", "/2!"])
        #expect(driver.handled.count == 2)
        #expect(driver.hasFinishedWriting)
    }

    @Test("a body is collected whole")
    func body() {
        let driver = MachineDriver()
        driver.receive("POST /1 HTTP/1.1\nHost: a\nContent-Length: 6\n\nabc")
        #expect(driver.handled.isEmpty)
        driver.receive("defPOST /2 HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nghi\n0\n\n")
        #expect(driver.handled.map { String(decoding: $0.body, as: UTF8.self) } == ["abcdef", "ghi"])
    }

    @Test("HEAD is answered without the body")
    func head() {
        let driver = MachineDriver()
        driver.receive("HEAD /1 HTTP/1.1\nHost: a\n\n")
        driver.answer("/1")
        let text = driver.write()
        #expect(text.contains("Content-Length: 2\n"))
        #expect(text.hasSuffix("\n\n"))
    }
}
