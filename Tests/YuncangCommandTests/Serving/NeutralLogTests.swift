import Logging
import Testing

@testable import yuncang

@Suite("The log of a service")
struct NeutralLogTests {
    @Test("what comes from clients or the database forges no line and steers no terminal")
    func neutral() {
        let event = NeutralLogHandler.neutral(
            LogEvent(
                level: .error, message: "a\nb", metadata: ["cause": "x\n2026-11-30 error: forged\u{1B}[2J"],
                source: "s", file: "f", function: "g", line: 1))
        #expect("\(event.message)" == "a␊b")
        #expect(event.metadata?["cause"].map { "\($0)" } == "x␊2026-11-30 error: forged␛[2J")
    }
}
