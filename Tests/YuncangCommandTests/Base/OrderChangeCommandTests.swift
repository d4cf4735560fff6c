import FoundationEssentials
import Testing

@testable import yuncang

@Suite("Orders by command", .onDatabase)
struct OrderChangeCommandTests {
    private static func place(_ reference: String, _ lines: [String], _ more: String...) -> [String] {
        ["order", "place", "--source", "shop", "--reference", reference] + lines.flatMap { ["--line", $0] } + more
    }

    @Test("what is sold out says how many were asked for and are left, line by line, in the units of the goods")
    func soldOut() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 3, jinOfRice: 2)
            let call = await base.call(Self.place("1", ["melon:5件", "rice:1.5kg"]))
            #expect(call.status == .failure)
            #expect(call.error.contains("melon: 5 pcs asked for, 3 pcs left"), "\(call.error)")
            #expect(call.error.contains("rice: 1.5 kg asked for, 1 kg left"), "\(call.error)")
            let chinese = await base.call(Self.place("1", ["melon:5件"], "--lang", "zh"))
            #expect(chinese.error.contains("melon：需要 5 件，剩余 3 件"), "\(chinese.error)")
            let json = await base.call(Self.place("1", ["melon:5件"], "--json"))
            #expect(json.error.contains(#""code":"sold_out","text":"melon: 5 pcs asked for, 3 pcs left""#))
        }
    }

    @Test("an order is paid and cancelled; again it says that it was so, and times are the base's")
    func changed() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10)
            #expect(await base.call(Self.place("1", ["melon:2件"], "--hold", "1h")).status == .success)
            try await base.asOwner(
                "UPDATE base_\(TestInstallation.base).customer_order SET placed_at = '2026-11-23 16:30:05.123456Z'")
            let paid = await base.succeed("order", "pay", "shop/1")
            #expect(paid.contains("committed") && paid.contains("2026-11-24 00:30:05") && !paid.contains("already"))
            #expect(await base.succeed("order", "pay", "shop/1").contains("it was paid already"))
            #expect(await base.succeed("order", "pay", "shop/1", "--json").contains(#""repeated":true"#))
            let shown = await base.succeed("order", "show", "shop/1")
            #expect(shown.contains("2026-11-24 00:30:05") && !shown.contains("16:30"))
            #expect(
                await base.succeed("order", "list", "--json").contains(#""placed_at":"2026-11-23T16:30:05.123456Z""#))
            #expect(!(await base.succeed("order", "cancel", "shop/1").contains("already")))
            #expect(await base.succeed("order", "cancel", "shop/1", "--lang", "zh").contains("此前已取消，没有改变什么"))
            #expect(await base.call("order", "pay", "shop/1").status == .failure)
            await base.succeed("verify")
        }
    }

    @Test("a recipient comes from a file, is shown masked, and in clear with the keys and a row in the audit log")
    func recipient() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10)
            let keys = try base.file("keys", "2026-11:\(Data(repeating: 7, count: 32).base64EncodedString())\n")
            let recipient = try base.file(
                "recipient.json",
                #"{"name":"王小明","phone":"13812345678","region":"浙江省杭州市","address":"文三路 90 号"}"#)
            let order = Self.place("1", ["melon:2件"], "--recipient", recipient)
            #expect(await base.call(order).status == .configuration, "there are no keys")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: keys)
            let open = await base.call(order, changes: ["YUNCANG_RECIPIENT_KEYS": keys])
            #expect(open.status == .configuration && open.error.contains("chmod 600"), "\(open.error)")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keys)
            let placed = await base.call(order, changes: ["YUNCANG_RECIPIENT_KEYS": keys])
            #expect(placed.status == .success, "\(placed.error)")
            #expect(placed.output.contains("138****5678") && !placed.output.contains("王小明"))
            let masked = await base.succeed("order", "recipient", "shop/1")
            #expect(masked.contains("138****5678") && !masked.contains("文三路"))
            #expect(await base.call("order", "recipient", "shop/1", "--reveal").status == .configuration)
            let clear = await base.call(
                ["order", "recipient", "shop/1", "--reveal", "--json"], changes: ["YUNCANG_RECIPIENT_KEYS": keys])
            #expect(clear.output.contains(#"{"name":"王小明","phone":"13812345678""#), "\(clear.error)")
            // A statement that divides by zero unless there is such a row.
            try await base.asOwner(
                """
                SELECT 1 / (SELECT count(*) FROM base_\(TestInstallation.base).audit
                WHERE action = 'recipient.reveal' AND actor = 'laowang')
                """)
        }
    }

    @Test(
        "a recipient that is none is refused by its field, and nothing of it is repeated",
        arguments: [
            ("nonsense 13812345678", "this is no recipient"), (#"{"name":"王小明"}"#, "this is no recipient"),
            (#"{"name":"王小明","phone":"1381","region":"浙江","address":"x"}"#, "a recipient's phone has"),
        ])
    func badRecipient(text: String, words: String) async throws {
        try await GivenBase.with { base in
            let keys = try base.file("keys", "2026-11:\(Data(repeating: 7, count: 32).base64EncodedString())\n")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keys)
            let order = Self.place("1", ["melon:2件"], "--recipient", try base.file("recipient.json", text))
            let call = await base.call(order, changes: ["YUNCANG_RECIPIENT_KEYS": keys])
            #expect(call.status == .badInput && call.error.contains(words), "\(call.error)")
            #expect(!call.error.contains("1381") && !call.error.contains("王小明"))
        }
    }
}
