import Testing

@testable import HTTPServer

@Suite("The id of a request")
struct RequestIDTests {
    private func id(_ fields: String) -> String {
        let driver = MachineDriver()
        driver.receive("GET /x HTTP/1.1\nHost: h\n\(fields)\n")
        return driver.handled.first?.id.description ?? "none"
    }

    @Test("a well-formed one of the client's is kept", arguments: ["a", "0af7651916cd43dd8448eb211c80319c", "A-1_b.2"])
    func kept(given: String) {
        #expect(id("X-Request-Id: \(given)\n") == given)
        #expect(id("x-REQUEST-id:  \(given) \n") == given)
        #expect(id("X-Request-Id: \(String(repeating: "a", count: 64))\n") == String(repeating: "a", count: 64))
    }

    @Test(
        "any other is replaced by 16 hexadecimal digits",
        arguments: [
            "", "X-Request-Id: \n", "X-Request-Id: a b\n", "X-Request-Id: 瓜\n", "X-Request-Id: a\"b\n",
            "X-Request-Id: a;b\n", "X-Request-Id: a/b\n", "X-Request-Id: a\nX-Request-Id: a\n",
            "X-Request-Id: \(String(repeating: "a", count: 65))\n", "X-Request-If: mine\n",
        ])
    func made(fields: String) {
        let id = id(fields)
        #expect(id.utf8.count == 16 && id.allSatisfy { $0.isHexDigit && !$0.isUppercase }, "\(id)")
    }

    @Test("ids of one connection differ, and each is in its answer")
    func answered() throws {
        let driver = MachineDriver()
        driver.get("/1", "/2")
        driver.answer("/1")
        driver.answer("/2")
        let text = driver.write()
        let ids = driver.handled.map(\.id.description)
        #expect(Set(ids).count == 2)
        for id in ids { #expect(text.contains("X-Request-Id: \(id)\n")) }
    }

    @Test("what is refused has one too")
    func refused() {
        let driver = MachineDriver()
        driver.receive("nonsense\n\n")
        #expect(driver.write().contains("\nX-Request-Id: "))
    }

    @Test("numbers do not come twice")
    func numbers() {
        var numbers = RequestNumbers(seed: 1)
        #expect(Set((0..<100_000).map { _ in numbers.next() }).count == 100_000)
    }
}
