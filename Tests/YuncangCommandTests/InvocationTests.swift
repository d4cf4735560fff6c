import ArgumentParser
import Glibc
import Testing

@testable import yuncang

@Suite("Calls in a pipe")
struct InvocationTests {
    @Test("a result for people is plain text without hints")
    func text() async {
        let call = await Call.make(["stock", "show"])
        #expect(call.status == .success)
        #expect(
            call.output == """
                CODE  NAME                LEFT
                T-1   台孙金蝉            1200
                Y-12  melons 🍈              7
                X-9   芦笋␛[31m␊<U+202E>     0

                """)
        #expect(call.error.isEmpty)
    }

    @Test(
        "a result for programs is JSON, wherever --json stands",
        arguments: [["--json", "stock", "show"], ["stock", "show", "--json"]])
    func json(arguments: [String]) async {
        let call = await Call.make(arguments)
        #expect(
            call.output == #"[{"code":"T-1","name":"台孙金蝉","left":1200},{"code":"Y-12","name":"melons 🍈","left":7},"#
                + #"{"code":"X-9","name":"芦笋\u001b[31m\n\u202E","left":0}]"# + "\n")
        #expect(call.error.isEmpty)
    }

    @Test("a failure says what, why, what to do and what next, and can neither forge lines nor leak a password")
    func failure() async {
        let call = await Call.make(["stall", "create", "x"])
        #expect(call.status == .unavailable)
        #expect(call.output.isEmpty)
        #expect(
            call.error == """
                error: the database cannot be reached
                  why:  postgres://u:***@h/d: refused
                        error: ␛[2Jforged
                  do:   start PostgreSQL
                  next: market verify  (check)

                """)
    }

    @Test("the same failure in Chinese")
    func chineseFailure() async {
        let call = await Call.make(["stall", "create", "x"], environment: ["LANG": "zh_CN.UTF-8"])
        #expect(
            call.error == """
                错误：数据库无法连接
                  原因：postgres://u:***@h/d: refused
                        error: ␛[2Jforged
                  办法：启动 PostgreSQL
                  接着：market verify（检查）

                """)
    }

    @Test("the same failure for programs is one JSON object on standard error")
    func failureAsJSON() async {
        let call = await Call.make(["stall", "create", "x", "--json"])
        #expect(call.status == .unavailable)
        #expect(call.output.isEmpty)
        #expect(
            call.error == #"{"error":{"code":"unavailable","exit":69,"what":"the database cannot be reached","#
                + #""why":"postgres://u:***@h/d: refused\nerror: \u001b[2Jforged","remedy":"start PostgreSQL","#
                + #""next":[{"command":"market verify","purpose":"check"}]}}"# + "\n")
    }

    @Test("a wrong command line is JSON too when --json stands in it")
    func usageAsJSON() async {
        let call = await Call.make(["--json", "vrify"])
        #expect(call.status == .usage)
        #expect(call.error.hasPrefix(#"{"error":{"code":"usage","exit":2,"what":"unknown command 'vrify'","#))
    }

    @Test(
        "options that many commands share stand before or after the command's name",
        arguments: [["--base", "gaoqing", "--json", "stock", "show"], ["stock", "show", "--json", "--base=gaoqing"]])
    func sharedOptions(arguments: [String]) throws {
        let command = try #require(try Market.parseAsRoot(arguments) as? StockShow)
        #expect(command.database.baseName(in: Environment([:])) == "gaoqing")
        #expect(command.database.baseName(in: Environment(["YUNCANG_BASE": "other"])) == "gaoqing")
        #expect(command.global.json)
    }

    @Test("a command's own status is the exit status")
    func status() async {
        #expect(await Call.make(["verify"]).status == .differences)
    }

    @Test("an unforeseen error is reported as yuncang's own mistake")
    func surprise() async {
        let call = await Call.make(["verify", "--surprise"])
        #expect(call.status == .internalError)
        #expect(call.error.contains("Surprise()"))
    }

    @Test("output that a full disk refuses is a failure; a reader that went away is none")
    func lostOutput() async {
        let full = await Call.make(["stock", "show"], refusal: SinkFailure(errorNumber: ENOSPC))
        #expect(full.status == .outputFailed)
        #expect(full.error.contains("No space left on device"))
        let closed = await Call.make(["stock", "show"], refusal: SinkFailure(errorNumber: EPIPE))
        #expect(closed.status == .success)
        #expect(closed.error.isEmpty)
    }

    @Test("the version, as text, as JSON and as a flag")
    func version() async {
        #expect(await Call.make(["version"], of: Yuncang.self).output == "yuncang \(Version.current)\n")
        #expect(
            await Call.make(["version", "--json"], of: Yuncang.self).output == "{\"version\":\"\(Version.current)\"}\n")
        #expect(await Call.make(["--version"], of: Yuncang.self).output == "\(Version.current)\n")
    }
}
