import Testing

@testable import yuncang

@Suite("The layout of a warehouse by command", .onDatabase)
struct LayoutCommandTests {
    @Test("zones and locations are added, listed, changed, closed and opened")
    func life() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            let zone = await base.succeed("zone", "add", "C", "--warehouse", "main", "--name", "冷藏区", "--json")
            #expect(zone == "[{\"code\":\"C\",\"name\":\"冷藏区\",\"closed\":false}]\n")
            await base.succeed("zone", "rename", "C", "--warehouse", "main", "--name", "冷库")
            #expect(await base.succeed("zone", "list", "--warehouse", "main").contains("冷库"))
            let added = await base.succeed(
                "location", "add", "C-02", "--warehouse", "main", "--storage", "冷藏", "--zone", "C", "--purpose", "收货",
                "--capacity", "500kg", "--pick-sequence", "20", "--json")
            #expect(
                added == """
                    [{"code":"C-02","storage_class":"chilled","purpose":"receiving","zone":"C",\
                    "capacity":{"quantity":500000,"unit":"gram"},"pick_sequence":20,"closed":false}]

                    """)
            let listed = await base.succeed("location", "list", "--warehouse", "main", "--lang", "zh")
            #expect(listed.contains("收货") && listed.contains("500 千克") || listed.contains("500 kg"))
            let changed = await base.succeed(
                "location", "change", "C-02", "--warehouse", "main", "--capacity", "200件", "--no-pick-sequence",
                "--json")
            #expect(
                changed == """
                    [{"code":"C-02","storage_class":"chilled","purpose":"receiving","zone":"C",\
                    "capacity":{"quantity":200,"unit":"piece"},"pick_sequence":null,"closed":false}]

                    """)
            let inUse = await base.call("zone", "close", "C", "--warehouse", "main")
            #expect(inUse.status == .failure && inUse.error.contains("open locations in it: 1"))
            #expect(await base.succeed("location", "close", "C-02", "--warehouse", "main").contains("closed"))
            await base.succeed("zone", "close", "C", "--warehouse", "main")
            let closed = await base.call("location", "open", "C-02", "--warehouse", "main")
            #expect(closed.status == .failure && closed.error.contains("zone 'C' is closed"))
            await base.succeed("location", "change", "C-02", "--warehouse", "main", "--no-zone", "--no-capacity")
            await base.succeed("location", "open", "C-02", "--warehouse", "main")
            await base.succeed("zone", "open", "C", "--warehouse", "main")
        }
    }

    @Test("what is no place, and what would lose goods, is refused in words")
    func refused() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 3)
            for (arguments, status, words) in [
                (["location", "close", "A-01", "--warehouse", "main"], .failure, "something of 1 lot stands there"),
                (["location", "close", "Z", "--warehouse", "main"], .failure, "has no location 'Z'"),
                (["location", "close", "A-01", "--warehouse", "x"], .failure, "there is no warehouse 'x'"),
                (["location", "change", "A-01", "--warehouse", "main", "--zone", "Q"], .failure, "has no zone 'Q'"),
                (
                    ["location", "change", "A-01", "--warehouse", "main", "--capacity", "0件"], .usage,
                    "more than nothing"
                ),
                (
                    ["location", "change", "A-01", "--warehouse", "main", "--capacity", "many"], .usage,
                    "more than nothing"
                ),
                (
                    ["location", "change", "A-01", "--warehouse", "main", "--pick-sequence", "0"], .usage,
                    "from 1 to 1000000"
                ),
                (["location", "change", "A-01", "--warehouse", "main", "--purpose", "x"], .usage, "--purpose"),
                (["location", "add", "A 1", "--warehouse", "main"], .usage, "1 to 64 printable ASCII characters"),
                (["zone", "close", "Q", "--warehouse", "main"], .failure, "yuncang zone list"),
                (["zone", "list", "--warehouse", "x"], .failure, "there is no warehouse 'x'"),
            ] as [([String], yuncang.ExitStatus, String)] {
                let call = await base.call(arguments)
                #expect(call.status == status && call.error.contains(words), "\(arguments): \(call.error)")
            }
        }
    }
}
