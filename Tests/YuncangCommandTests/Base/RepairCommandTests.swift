import CloudWarehouse
import Testing

@testable import yuncang

@Suite("Repairing counters by command", .onDatabase)
struct RepairCommandTests {
    private static let schema = "base_\(TestInstallation.base)"

    @Test("what is wrong is shown, and only with --yes posted; then nothing is left")
    func repaired() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10)
            await base.succeed("order", "place", "--source", "shop", "--reference", "1", "--line", "melon:6件")
            let clean = await base.succeed("repair")
            #expect(clean == "nothing to repair: all explained\n", "\(clean)")
            try await base.asOwner("UPDATE \(Self.schema).pool SET committed = 2")
            try await base.asOwner("UPDATE \(Self.schema).balance SET on_hand = 12")
            let verified = await base.call("verify")
            #expect(verified.status == .differences && verified.output.contains("committed"), "\(verified.output)")

            let shown = await base.call("repair")
            #expect(shown.status == .differences, "\(shown.error)")
            #expect(shown.output.hasPrefix("would post 2; nothing was changed\n"), "\(shown.output)")
            #expect(shown.output.contains("TABLE") && shown.output.contains("POSTED"), "\(shown.output)")
            #expect(shown.output.contains("SKU melon, warehouse main, owner coop"), "\(shown.output)")
            #expect(shown.output.contains("+4") && shown.output.contains("-2"), "\(shown.output)")
            let inChinese = await base.call("repair", "--lang", "zh")
            #expect(inChinese.output.hasPrefix("将修正 2 处；没有改变什么\n"), "\(inChinese.output)")
            #expect(inChinese.output.contains("应为") && inChinese.output.contains("+4"), "\(inChinese.output)")
            #expect(await base.call("verify").output == verified.output, "it was only shown")

            let json = await base.call("repair", "--yes", "--note", "盘点后", "--json")
            #expect(json.status == .success, "\(json.error)")
            #expect(
                json.output.contains(#""posted":true"#) && json.output.contains(#""needs_person":[]"#), "\(json.output)"
            )
            #expect(
                json.output.contains(#""column":"committed","stored":2,"expected":6,"delta":4"#), "\(json.output)")
            #expect(await base.succeed("verify").contains("all explained"))
            #expect(await base.succeed("repair", "--yes", "--lang", "zh") == "无需修正：全部吻合\n")
        }
    }

    @Test("what needs a person is told with what to do in both languages, and stays")
    func left() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10)
            await base.succeed("order", "place", "--source", "shop", "--reference", "1", "--line", "melon:6件")
            try await base.asOwner("UPDATE \(Self.schema).movement SET quantity = 4")
            try await base.asOwner("UPDATE \(Self.schema).inbound_receipt SET received = 4")
            let posted = await base.call("repair", "--yes")
            #expect(posted.status == .differences, "\(posted.error)")
            #expect(posted.output.contains("posted 1, recorded as "), "\(posted.output)")
            #expect(
                posted.output.contains("needs a person: 1\nmore is promised than the ledger has"), "\(posted.output)")
            #expect(posted.output.contains("sellable is 10, should be 4"), "\(posted.output)")
            let again = await base.call("repair", "--yes", "--lang", "zh")
            #expect(again.status == .differences && !again.output.contains("已修正"), "\(again.output)")
            #expect(again.output.hasPrefix("需要人工处理：1 处\n答应的比流水里的货多"), "\(again.output)")
            let json = await base.call("repair", "--json")
            #expect(json.output.contains(#""posted":false,"entries":[]"#), "\(json.output)")
            #expect(json.output.contains(#""remedy":"oversold""#), "\(json.output)")
            // With the order called off, everything is explained again.
            await base.succeed("order", "cancel", "shop/1")
            #expect(await base.succeed("repair", "--yes").contains("posted 1"))
            await base.succeed("verify")
        }
    }

    @Test("a note that breaks its rule is refused before anything is read")
    func badNote() async {
        for (language, words) in [("en", "1 to 200"), ("zh", "200")] {
            let call = await Call.make(
                ["repair", "--yes", "--note", "", "--lang", language], of: Yuncang.self, environment: [:])
            #expect(call.status == .usage && call.error.contains(words), "\(call.error)")
        }
    }

    @Test("each remedy is advised in both languages", arguments: Remedy.allCases)
    func advised(remedy: Remedy) {
        #expect(remedy.advice.en.count > 20 && remedy.advice.zh.count > 10)
    }
}
