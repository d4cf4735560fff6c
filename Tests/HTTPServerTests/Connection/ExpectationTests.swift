import Testing

@testable import HTTPServer

@Suite("Expect: 100-continue")
struct ExpectationTests {
    private static let post = "POST /p HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 2\n\n"

    @Test("a client that waits is told to go on, once")
    func goOn() {
        let driver = MachineDriver()
        driver.receive(Self.post)
        #expect(driver.write() == "HTTP/1.1 100 Continue\n\n")
        driver.receive("ab")
        #expect(driver.handled.map(\.body) == [Array("ab".utf8)])
        driver.answer("/p")
        #expect(driver.answers() == ["/p"])
    }

    @Test("the word does not overtake the answer to an earlier request")
    func inOrder() {
        let driver = MachineDriver()
        driver.get("/1")
        driver.receive(Self.post)
        #expect(driver.write() == "")
        driver.answer("/1")
        #expect(driver.answers() == ["/1", "100"])
    }

    @Test(
        "nobody is told who sends no body, or speaks HTTP/1.0",
        arguments: [
            "GET /p HTTP/1.1\nHost: a\nExpect: 100-continue\n\n",
            "POST /p HTTP/1.0\nExpect: 100-continue\nContent-Length: 2\n\n",
        ]
    )
    func notNeeded(text: String) {
        let driver = MachineDriver()
        driver.receive(text)
        #expect(driver.write() == "")
    }

    @Test("a body that would be refused is not asked for")
    func tooLarge() {
        let driver = MachineDriver(limits: .with { $0.bodyBytes = 1 })
        driver.receive(Self.post)
        #expect(driver.answers() == ["bodyTooLarge!"])
    }

    @Test("the body's time runs from the word on")
    func deadline() {
        let driver = MachineDriver(limits: .with { ($0.bodyMilliseconds, $0.handlerMilliseconds) = (10, 1_000) })
        driver.get("/1")
        driver.receive(Self.post)
        driver.wait(milliseconds: 500)
        #expect(driver.write() == "")
        driver.answer("/1")
        #expect(driver.answers() == ["/1", "100"])
        driver.wait(milliseconds: 9)
        #expect(driver.write() == "")
        driver.wait(milliseconds: 1)
        #expect(driver.answers() == ["bodyTimedOut!"])
    }
}
