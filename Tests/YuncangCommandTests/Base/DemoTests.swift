import Testing

@testable import yuncang

@Suite("The demo base", .onDatabase)
struct DemoTests {
    @Test("it is not poured into a base with goods of somebody's own")
    func stranger() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            let call = await base.call("demo", "load")
            #expect(call.status == .failure && call.error.contains("'coop'"), "\(call.error)")
            #expect(await base.succeed("stock", "show", "--json") == "[]\n")
        }
    }

    @Test("it is loaded once, however often it is asked for, with every price and quantity plausible")
    func twice() async throws {
        try await GivenBase.with { base in
            let first = await base.succeed("demo", "load", "--json")
            #expect(await base.succeed("demo", "load", "--json") == first)
            #expect(first.contains(#""sku":"lihe-6","name":"田邑上品 农副产品6件套(盒)""#))
            let verified = await base.succeed("verify", "--json")
            #expect(
                verified.contains(#""movements":10,"balances":10,"pools":10,"orders":0,"total_fen":0,"#)
            )
            for goods in DemoBase.tianzhen.growers.flatMap(\.goods) {
                #expect(goods.keepsDays.map { $0 > 0 } != false && goods.harvestedDaysAgo.map { $0 >= 0 } != false)
            }
        }
    }

    @Test("a price and a name that somebody has changed stay as they are when it is loaded again")
    func changed() async throws {
        try await GivenBase.with { base in
            let schema = "base_\(TestInstallation.base)"
            await base.succeed("demo", "load", "--json")
            try await base.asOwner("UPDATE \(schema).sku SET name = 'renamed'")
            try await base.asOwner("UPDATE \(schema).sku_price SET fen = 17")
            let changed = await base.succeed("product", "list", "--json")
            #expect(changed.contains(#""name":"renamed""#) && changed.contains(#""fen":17"#))
            await base.succeed("demo", "load", "--json")
            #expect(await base.succeed("product", "list", "--json") == changed)
        }
    }
}
