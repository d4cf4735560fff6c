import Testing

@testable import yuncang

@Suite("Deliveries by command", .onDatabase)
struct InboundCommandTests {
    private static let receive = [
        "inbound", "receive", "--reference", "RK-1", "--warehouse", "main", "--location", "A-01", "--owner", "coop",
    ]

    @Test("one lot is one lot; the same delivery again says when it was received, in the base's time")
    func repeated() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            await base.succeed("product", "add", "melon", "--name", "甜瓜(盒)", "--owner", "coop")
            #expect(await base.call(Self.receive + ["melon:7"]).output == "received RK-1: 1 lot\n")
            try await base.asOwner(
                "UPDATE base_\(TestInstallation.base).inbound SET received_at = '2026-11-23 16:30:05.123456Z'")
            let again = await base.call(Self.receive + ["melon:7"])
            #expect(again.status == .success)
            #expect(again.output == "RK-1 was received already on 2026-11-24 00:30:05: nothing was changed\n")
            let chinese = await base.call(Self.receive + ["melon:7", "--lang", "zh"])
            #expect(chinese.output == "RK-1 此前已收货（2026-11-24 00:30:05），没有改变什么\n")
            let json = await base.call(Self.receive + ["melon:7", "--json"])
            #expect(json.output.contains(#""received_at":"2026-11-23T16:30:05.123456Z","repeated":true"#))
            #expect(await base.succeed("inbound", "list").contains("2026-11-24 00:30:05"))
            let shown = await base.succeed("inbound", "show", "RK-1")
            #expect(shown.contains("2026-11-24 00:30:05") && shown.contains("main A-01") && shown.contains("7 pcs"))
            #expect(await base.succeed("inbound", "show", "RK-1", "--json").contains(#""quality":"good""#))
            let absent = await base.call("inbound", "show", "RK-2")
            #expect(absent.status == .failure && absent.error.contains("yuncang inbound list"))
        }
    }

    @Test("what has expired is refused with its day, and set aside when that is meant")
    func expired() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            await base.succeed("product", "add", "melon", "--name", "甜瓜(盒)", "--owner", "coop")
            let old = Self.receive + ["melon:7", "--expires", "2020-01-31"]
            let refused = await base.call(old + ["--lang", "zh"])
            #expect(refused.status == .failure)
            #expect(refused.error.contains("保质期到 2020-01-31") && refused.error.contains("--expired"))
            #expect(await base.succeed("inbound", "list", "--json") == "[]\n")
            #expect(await base.call(old + ["--expired"]).status == .success)
            #expect(await base.succeed("stock", "lots").contains("set aside"))
            #expect(await base.succeed("stock", "show", "--json") == "[]\n", "nothing of it can be sold")
            await base.succeed("verify")
        }
    }
}
