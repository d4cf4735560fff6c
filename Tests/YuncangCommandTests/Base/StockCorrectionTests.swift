import JSON
import Testing

@testable import yuncang

@Suite("Correcting the stock by command", .onDatabase)
struct StockCorrectionTests {
    /// The first id of a JSON answer.
    private static func id(_ json: String, _ member: String) throws -> String {
        let value = try JSONType<JSONValue>.any.read(Array(json.utf8))
        let object = if case .array(let values) = value { try #require(values.first) } else { value }
        guard case .string(let id)? = object[member] else { throw NoID() }
        return id
    }

    private struct NoID: Error {}

    private static func adjust(_ kind: String, _ quantity: String, lot: String, _ more: String...) -> [String] {
        [
            "stock", "adjust", kind, quantity, "--lot", lot, "--warehouse", "main", "--location", "A-01", "--note",
            "压烂了",
        ] + more
    }

    @Test("goods are lost and the row is taken back; again nothing is changed, and that is said")
    func corrected() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10)
            let lot = try Self.id(await base.succeed("stock", "lots", "--json"), "id")
            let lost = Self.adjust("lost", "3件", lot: lot, "--reference", "PD-1")
            let first = await base.call(lost)
            #expect(first.status == .success && first.output.hasPrefix("corrected: PD-1\n"), "\(first.error)")
            let again = await base.call(lost)
            #expect(again.status == .success && again.output.contains("was corrected already on 2"), "\(again.output)")
            let json = await base.call(lost + ["--json"])
            #expect(json.output.contains(#""repeated":true"#))
            #expect(await base.succeed("stock", "show", "melon", "--json").contains(#""available":7"#))
            let movements = await base.succeed("stock", "movements", "--sku", "melon", "--lang", "zh")
            #expect(movements.contains("损耗") && movements.contains("3 件") && movements.contains("良品"))
            let movement = try Self.id(json.output, "movement")
            await base.succeed("stock", "reverse", movement, "--note", "记错了")
            #expect(await base.succeed("stock", "reverse", movement, "--note", "记错了").contains("taken back already"))
            #expect(await base.succeed("stock", "show", "melon", "--json").contains(#""available":10"#))
            await base.succeed("verify")
        }
    }

    @Test("a kind, a quality and a state are taken as people say them, and what is wrong is told in their words")
    func spoken() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10)
            let lot = try Self.id(await base.succeed("stock", "lots", "--json"), "id")
            let aside = await base.call(Self.adjust("待检", "4", lot: lot, "--reference", "1"))
            #expect(aside.status == .success, "\(aside.error)")
            let back = await base.call(Self.adjust("恢复良品", "1", lot: lot, "--reference", "2", "--quality", "待检"))
            #expect(back.status == .success, "\(back.error)")
            await base.succeed("order", "place", "--source", "shop", "--reference", "1", "--line", "melon:6件")
            for (arguments, status, words) in [
                (Self.adjust("lost", "2", lot: lot, "--reference", "3"), yuncang.ExitStatus.failure, "未被占用的有 1 件"),
                (Self.adjust("lost", "9", lot: lot, "--reference", "3"), .failure, "现有 7 件"),
                (Self.adjust("lost", "2斤", lot: lot, "--reference", "3"), .usage, "按件计"),
                (Self.adjust("lost", "1", lot: "x", "--reference", "3"), .usage, "“x”不是“--lot <id>”的有效取值"),
                (Self.adjust("lost", "1", lot: "x", "--reference", "3"), .usage, "36 个字符"),
                (Self.adjust("lost", "many", lot: lot, "--reference", "3"), .usage, "“many”不是“<quantity>”的有效取值"),
                (Self.adjust("restored", "1", lot: lot, "--reference", "3"), .usage, "已经是这种状态"),
                (Self.adjust("lost", "1", lot: lot, "--reference", "1"), .failure, "另一次调整"),
                (Self.adjust("stolen", "1", lot: lot, "--reference", "3"), .usage, "lost"),
                (["order", "list", "--state", "nowhere"], .usage, "released（已释放）"),
            ] {
                let call = await base.call(arguments + ["--lang", "zh"])
                #expect(call.status == status && call.error.contains(words), "\(arguments): \(call.error)")
            }
            #expect(await base.succeed("order", "list", "--state", "待发货", "--json").contains(#""state":"committed""#))
            await base.succeed("verify")
        }
    }
}
