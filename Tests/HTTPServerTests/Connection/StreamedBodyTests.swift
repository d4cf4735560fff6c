import EventLoop
import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("Content that is read while it arrives")
struct StreamedBodyTests {
    private static func driver(
        atMost limit: Int = 20, _ change: (inout HTTPServer.Limits) -> Void = { _ in }
    ) -> MachineDriver {
        MachineDriver(limits: .with(change)) { request in
            request.target.hasPrefix("/s") ? .streamed(atMost: limit) : .collected(atMost: 4)
        }
    }

    private static let post = "POST /s HTTP/1.1\nHost: a\n"
    private static let chunked = post + "Transfer-Encoding: chunked\n\n"

    private func bytes(_ text: String) -> IncomingBody.Piece { .bytes(Array(text.utf8)) }

    @Test("a handler is called with the head, gets what has arrived, and then the end, as often as it asks")
    func pieces() {
        let driver = Self.driver()
        driver.receive(Self.post + "Content-Length: 6\n\n")
        #expect(driver.handled.map(\.body) == [[]])
        #expect(driver.read("/s") == .later)
        driver.receive("ab")
        driver.receive("cd")
        #expect(driver.read("/s") == bytes("abcd"))
        #expect(driver.read("/s") == .later)
        driver.receive("ef")
        #expect(driver.read("/s") == bytes("ef"))
        #expect(driver.read("/s") == .end)
        #expect(driver.read("/s") == .end)
        driver.answer("/s")
        #expect(driver.answers() == ["/s"])
        driver.get("/2")
        driver.answer("/2")
        #expect(driver.answers() == ["/2"])
    }

    @Test("each route has its own bound, and a body that is collected has its too")
    func bounds() {
        let streamed = Self.driver()
        streamed.receive(Self.post + "Content-Length: 21\n\n")
        #expect(streamed.answers() == ["bodyTooLarge!"])
        #expect(streamed.handled.isEmpty)
        let collected = Self.driver()
        collected.receive("POST /c HTTP/1.1\nHost: a\nContent-Length: 5\n\nabcde")
        #expect(collected.answers() == ["bodyTooLarge!"])
        let allowed = Self.driver()
        allowed.receive("POST /c HTTP/1.1\nHost: a\nContent-Length: 4\n\nabcd")
        #expect(allowed.handled.map(\.body) == [Array("abcd".utf8)])
    }

    @Test("a client is not read while its handler has enough to read, and time stands still for it")
    func backPressure() {
        let driver = Self.driver(atMost: 1_000) {
            ($0.bodyBufferBytes, $0.streamedBodyMilliseconds, $0.handlerMilliseconds) = (4, 10, 100)
        }
        driver.receive(Self.post + "Content-Length: 100\n\nabcdef")
        #expect(driver.interest == [])
        driver.wait(milliseconds: 50)
        #expect(driver.write() == "")
        #expect(driver.read("/s") == bytes("abcdef"))
        #expect(driver.interest == .readable)
        driver.wait(milliseconds: 9)
        driver.receive("g")
        #expect(driver.write() == "")
        driver.wait(milliseconds: 1)
        #expect(driver.answers() == ["bodyTimedOut!"])
        #expect(driver.cancelledCount == 1 && driver.hasFinishedWriting)
        #expect(driver.read("/s") == .broken)
    }

    @Test("time runs for the handler while it has something to read, and for the client while it has not")
    func handlersTime() {
        let driver = Self.driver(atMost: 1_000) { ($0.bodyBufferBytes, $0.handlerMilliseconds) = (4, 80) }
        driver.receive(Self.post + "Content-Length: 100\n\n")
        #expect(driver.read("/s") == .later)
        driver.wait(milliseconds: 5_000)
        #expect(driver.write() == "" && driver.cancelledCount == 0)
        driver.receive("abcd")
        #expect(driver.read("/s") == bytes("abcd"))
        driver.wait(milliseconds: 79)
        #expect(driver.cancelledCount == 0)
        driver.wait(milliseconds: 1)
        #expect(driver.cancelledCount == 1)
        #expect(driver.answers() == ["changeTimedOut"])
    }

    @Test("a body that is too slow is refused, streamed or collected; one that is slow and fast enough is not")
    func rate() {
        let slow: (inout HTTPServer.Limits) -> Void = { ($0.bodyRateBytes, $0.bodyRateMilliseconds) = (10, 5) }
        for target in ["/s", "/c"] {
            let driver = MachineDriver(limits: .with(slow)) {
                $0.target == "/s" ? .streamed(atMost: 1_000) : .collected(atMost: 1_000)
            }
            driver.receive("POST \(target) HTTP/1.1\nHost: a\nContent-Length: 1000\n\n")
            for _ in 0..<20 {
                if target == "/s" { _ = driver.read(target) }
                driver.receive("0123456789")
                driver.wait(milliseconds: 5)
                #expect(driver.write() == "")
            }
            if target == "/s" { #expect(driver.read(target) == bytes("0123456789")) }
            driver.receive("012345678")
            driver.wait(milliseconds: 4)
            #expect(driver.write() == "")
            driver.wait(milliseconds: 1)
            #expect(driver.answers() == ["bodyTooSlow!"])
        }
    }

    @Test("a client that waits is told to go on when the handler asks for the content, and not before")
    func expectation() {
        let driver = Self.driver()
        driver.get("/1")
        driver.receive(Self.post + "Expect: 100-continue\nContent-Length: 2\n\n")
        #expect(driver.read("/s") == .later)
        #expect(driver.write() == "")
        driver.answer("/1")
        #expect(driver.answers() == ["/1", "100"])
        driver.receive("ab")
        #expect(driver.read("/s") == bytes("ab"))
        driver.answer("/s")
        #expect(driver.answers() == ["/s"])
        let unasked = Self.driver()
        unasked.receive(Self.post + "Expect: 100-continue\nContent-Length: 2\n\n")
        #expect(unasked.write() == "")
        unasked.answer("/s")
        #expect(unasked.answers() == ["/s!"])
        #expect(unasked.hasFinishedWriting)
    }

    @Test("a small rest that nobody reads is passed over; a large or unknown one ends the connection")
    func unread() {
        func left(_ framing: String, _ begun: String) -> MachineDriver {
            let driver = Self.driver(atMost: 1_000) { $0.unreadBodyBytes = 10 }
            driver.receive(Self.post + framing + "\n\n" + begun)
            driver.answer("/s")
            return driver
        }
        let small = left("Content-Length: 12", "ab")
        #expect(small.answers() == ["/s"])
        small.receive("0123456789GET /2 HTTP/1.1\nHost: a\n\n")
        small.answer("/2")
        #expect(small.answers() == ["/2"])
        for driver in [left("Content-Length: 13", "ab"), left("Transfer-Encoding: chunked", "2\nab\n")] {
            #expect(driver.answers() == ["/s!"])
            driver.receive("0123456789GET /2 HTTP/1.1\nHost: a\n\n")
            #expect(driver.handled.count == 1 && driver.hasFinishedWriting)
        }
        let slow = left("Content-Length: 12", "ab")
        _ = slow.write()
        slow.wait(milliseconds: 600_000)
        #expect(slow.write() == "" && slow.hasFinishedWriting)
    }

    @Test("no further request is taken before a handler that reads has answered")
    func alone() {
        let driver = Self.driver()
        driver.receive(Self.post + "Content-Length: 2\n\nabGET /2 HTTP/1.1\nHost: a\n\n")
        #expect(driver.handled.count == 1)
        #expect(driver.read("/s") == bytes("ab"))
        #expect(driver.read("/s") == .end)
        #expect(driver.handled.count == 1)
        driver.answer("/s")
        #expect(driver.handled.map(\.target) == ["/s", "/2"])
    }

    @Test("a client that closes within its content, or is lost, breaks it off")
    func brokenOff() {
        let closed = Self.driver()
        closed.receive(Self.post + "Content-Length: 9\n\nab")
        closed.peerFinishes()
        #expect(closed.read("/s") == bytes("ab"))
        #expect(closed.read("/s") == .broken)
        #expect(closed.answers() == ["bodyTimedOut!"])
        let lost = Self.driver()
        lost.receive(Self.post + "Content-Length: 9\n\nab")
        lost.lose()
        #expect(lost.read("/s") == .broken && lost.cancelledCount == 1 && lost.isClosed)
    }

    @Test("the last request of a connection is read to its end, and the connection closes after its answer")
    func last() {
        let driver = Self.driver()
        driver.receive("POST /s HTTP/1.1\nHost: a\nConnection: close\nContent-Length: 4\n\nab")
        #expect(driver.read("/s") == bytes("ab"))
        driver.receive("cdGET /2 HTTP/1.1\nHost: a\n\n")
        #expect(driver.read("/s") == bytes("cd"))
        #expect(driver.read("/s") == .end)
        driver.answer("/s")
        #expect(driver.answers() == ["/s!"])
        #expect(driver.handled.count == 1 && driver.hasFinishedWriting)
        let drained = Self.driver()
        drained.receive(Self.post + "Content-Length: 4\n\nab")
        drained.drain()
        drained.receive("cd")
        #expect(drained.read("/s") == bytes("abcd"))
        drained.answer("/s")
        #expect(drained.answers() == ["/s!"])
    }

    // MARK: Slicing

    /// A handler that reads up to `enough` bytes and answers with them.
    private static func outcome(of slices: [ArraySlice<UInt8>], reading enough: Int) -> [String] {
        let driver = Self.driver { $0.unreadBodyBytes = 1 }
        var content: [UInt8] = []
        var isDone = false
        func handle() {
            while !isDone, driver.inFlight["/s"] != nil {
                switch driver.read("/s") {
                case .bytes(let bytes): content += bytes
                case .later: return
                case .end: isDone = true
                case .broken: return
                }
                if content.count >= enough { isDone = true }
            }
            guard isDone, driver.inFlight["/s"] != nil else { return }
            driver.answer("/s") { $0.body = .bytes(Array(content.prefix(enough))) }
        }
        var answers: [String] = []
        for slice in slices {
            driver.receive(slice)
            handle()
            if driver.inFlight["/2"] != nil { driver.answer("/2") }
            answers += driver.answers()
        }
        return answers
    }

    @Test(
        "what becomes of a body does not depend on how its bytes were sliced, for a handler that reads all of it",
        arguments: [
            (post + "Content-Length: 6\n\nabcdef", ["abcdef"]),
            (chunked + "3\nabc\n3;x=\"y\"\ndef\n0\nTrailer: t\n\n", ["abcdef"]),
            (chunked + "3\nabc\n0\n\nGET /2 HTTP/1.1\nHost: a\n\n", ["abc", "/2"]),
            (chunked + "3\nabc\nx\n", ["malformedChunk!"]), (chunked + "3\nabcd\n", ["malformedChunk!"]),
            (chunked + "3\nabc\n0\nBad : t\n\n", ["malformedChunk!"]), (chunked + "x", []),
            (chunked + "3\nabc\n12\n", ["bodyTooLarge!"]), (chunked + "15\n", ["bodyTooLarge!"]),
            (post + "Content-Length: 3\n\nabcGET /2 HTTP/1.1\nHost : a\n\n", ["abc", "malformedField!"]),
        ])
    func slicing(text: String, expected: [String]) {
        for slices in slicings(of: WireText(text).bytes) {
            #expect(Self.outcome(of: slices, reading: 100) == expected)
        }
    }

    @Test(
        "and a handler that has read enough answers, whatever fault comes later",
        arguments: ["3\nabc\nx\n", "3\nabcd\n", "5\nabcde\n0\nBad : t\n\n", "3\nabc\n12\n"])
    func enough(body: String) {
        for slices in slicings(of: WireText(Self.chunked + body).bytes) {
            #expect(Self.outcome(of: slices, reading: 3) == ["abc!"])
        }
    }
}
