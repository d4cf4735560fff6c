import FoundationEssentials
import Testing

@testable import yuncang

@Suite("A melon session over HTTP", .onDatabase)
struct DemoSessionTests {
    private func session(_ base: GivenBase, at url: String, by token: String?, _ more: String...) async -> Call {
        await base.call(["demo", "session", "--url", url, "--sku", "melon", "--seconds", "0"] + more, token: token)
    }

    @Test("it ends at exact zero, with every order told once, and a page about it")
    func ending() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 30)
            let file = try base.file("token", try await base.token("source", "--source", "live") + "\n")
            let (page, half) = ("\(base.folder)/report.html", "\(base.folder)/half")
            try await base.served { url in
                let call = await session(
                    base, at: url, by: nil, "--source-token-file", file, "--attempts", "150", "--connections", "20",
                    "--report", page, "--halfway", half, "--json")
                #expect(call.status == .success, "\(call.output)\(call.error)")
                #expect(
                    call.output.contains(#""stock":30,"sold":30,"#)
                        && call.output.contains(#""faults":[],"differences":0"#))
                let stock = await base.succeed("stock", "show", "melon", "--json")
                #expect(stock.contains(#""available":0,"sellable":30,"held":0,"committed":30"#), "\(stock)")
                let again = await session(base, at: url, by: nil, "--source-token-file", file)
                #expect(again.status == .failure && again.error.contains("nothing is left of melon"), "\(again.error)")
            }
            #expect(FileManager.default.fileExists(atPath: half))
            let document = String(decoding: try Data(contentsOf: URL(filePath: page)), as: UTF8.self)
            #expect(document.contains("30 of 30 pieces sold, none twice, none left, none lost"))
        }
    }

    @Test("a token that may not order, a file that is there already and numbers out of bounds sell nothing")
    func refusals() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 3)
            let token = try await base.token("source", "--source", "live")
            let taken = try base.file("taken.html", "mine")
            try await base.served { url in
                #expect(await session(base, at: url, by: token, "--report", taken).status == .usage)
                #expect(await session(base, at: url, by: token, "--attempts", "0").status == .usage)
                #expect(await session(base, at: url, by: token, "--connections", "901").status == .usage)
                #expect(await session(base, at: url, by: nil).error.contains("--source-token-file"))
                #expect(await session(base, at: url, by: "wrong").error.contains("401"))
                let absent = await session(base, at: url, by: nil, "--source-token-file", "\(base.folder)/absent")
                #expect(absent.status == .noInput, "\(absent.error)")
                let host = await session(base, at: url, by: try await base.token("host"), "--attempts", "2")
                #expect(host.status == .differences && host.output.contains("403"), "\(host.output)\(host.error)")
            }
            #expect(await base.succeed("stock", "show", "melon", "--json").contains(#""available":3"#))
        }
    }
}
