import Testing

@testable import yuncang

@Suite("Calls at a terminal")
struct TerminalTests {
    private func run(_ arguments: [String], columns: UInt16 = 80, environment: [String: String] = ["TERM": "xterm"])
        async throws -> String
    {
        let terminal = try PseudoTerminal(columns: columns)
        let environment = Environment(environment)
        _ = await Invocation(
            root: Market.self, arguments: arguments, environment: environment,
            standardOutput: .descriptor(terminal.near, environment: environment),
            standardError: .descriptor(terminal.near, environment: environment)
        ).run()
        return try terminal.readBack()
    }

    @Test("a person sees headings, rows cut to the width, and a hint")
    func result() async throws {
        let shown = try await run(["stock", "show"], columns: 24)
        #expect(
            shown
                == [
                    "\u{1B}[1mCODE\u{1B}[0m  \u{1B}[1mNAME\u{1B}[0m          \u{1B}[1mLEFT\u{1B}[0m",
                    "T-1   台孙金蝉      1200", "Y-12  melons 🍈        7", "X-9   芦笋␛[31m␊<…     0",
                    "\u{1B}[2mnext: \u{1B}[0m\u{1B}[36mmarket verify\u{1B}[0m\u{1B}[2m  (check the sums)\u{1B}[0m", "",
                ].joined(separator: "\r\n"))
    }

    @Test(
        "NO_COLOR and a dumb terminal get no escapes",
        arguments: [["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb"]])
    func colourless(environment: [String: String]) async throws {
        let shown = try await run(["stock", "show"], environment: environment)
        #expect(!shown.contains("\u{1B}"))
        #expect(shown.contains("next: market verify"))
    }

    @Test("an empty NO_COLOR is no wish")
    func emptyWish() async throws {
        #expect(try await run(["verify", "--bogus"], environment: ["NO_COLOR": ""]).contains("\u{1B}[1;31merror: "))
    }

    @Test("programs get no hint and no escapes at a terminal either")
    func json() async throws {
        let shown = try await run(["stock", "show", "--json"])
        #expect(!shown.contains("\u{1B}"))
        #expect(!shown.contains("next"))
    }

    @Test("a failure's explanations are wrapped within the terminal; a command to copy stays whole")
    func failure() async throws {
        let shown = try await run(["stock", "show", "--limit", "x"], columns: 40, environment: ["NO_COLOR": "1"])
        #expect(
            shown
                == [
                    "error: the value 'x' is invalid for '--limit <limit>'",
                    "  do:   market stock show [<options>]", "        --limit <limit>: At most so many",
                    "        rows.",
                    "  next: market stock show --help  (all options)", "",
                ].joined(separator: "\r\n"))
    }

    @Test("help is laid out for the terminal's width")
    func help() async throws {
        let shown = try await run(
            ["stock", "show", "--help"], columns: 60, environment: ["LANG": "zh_CN.UTF-8", "NO_COLOR": "1"])
        #expect(shown.contains("通用选项："))
        for line in shown.split(separator: "\r\n") { #expect(DisplayWidth().columns(of: line) <= 60, "\(line)") }
    }
}
