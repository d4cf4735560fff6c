import Testing

@testable import yuncang

@Suite("Mappings by command", .onDatabase)
struct MappingCommandTests {
    @Test("a mapping is saved, shown, listed, replaced and removed, each with a row in the audit log")
    func life() async throws {
        try await GivenBase.with { base in
            let map = try base.file("map.txt", "# 抖店\norder = 主单号\nstatus:打单 = ship\n")
            await base.succeed("mapping", "save", map, "--source", "douyin")
            #expect(await base.succeed("mapping", "show", "--source", "douyin").contains("status:打单 = ship"))
            let other = try base.file("other.txt", "carrier = 物流\ncarrier:圆通速递 = yuantong\n")
            await base.succeed("mapping", "save", other, "--source", "douyin", "--kind", "发货")
            await base.succeed("mapping", "save", map, "--source", "douyin", "--name", "b")
            let list = await base.succeed("mapping", "list", "--source", "douyin", "--json")
            #expect(
                list.contains(#""kind":"orders","name":"b""#) && list.contains(#""kind":"shipments","name":"default""#))
            await base.succeed("mapping", "remove", "--source", "douyin")
            let gone = await base.call("mapping", "show", "--source", "douyin")
            #expect(
                gone.status == .failure && gone.error.contains("has no mapping 'default' for orders"), "\(gone.error)")
            #expect(await base.call("mapping", "remove", "--source", "douyin").status == .failure)
            #expect(await base.succeed("mapping", "list", "--source", "other").contains("no mapping yet"))
            await base.succeed("verify")
        }
    }

    @Test(
        "a mapping that cannot be is not saved",
        arguments: [
            ("orders", "colour = 颜色", "no column 'colour'"), ("orders", "status:x = maybe", "ship or skip"),
            ("orders", "status:x = ship\nstatus:x = skip", "x is named twice"), ("orders", "order", "line 1"),
            ("orders", "# nothing\n", "write column = heading"), ("shipments", "sku = 货号", "no column 'sku'"),
            ("orders", "order = a\nsku = a", "'a' is named twice"),
            ("orders", "order = " + String(repeating: "x", count: 17_000), "at most 16384 bytes"),
        ])
    func refused(kind: String, text: String, words: String) async throws {
        try await GivenBase.with { base in
            let call = await base.call(
                "mapping", "save", try base.file("map.txt", text), "--source", "douyin", "--kind", kind)
            #expect(call.status == .usage && call.error.contains(words), "\(call.error)")
            #expect(await base.succeed("mapping", "list", "--json") == "[]\n")
        }
    }
}
