import Testing

@testable import yuncang

@Suite("Gift sets, limits and sourcing by command", .onDatabase)
struct ProductSetCommandTests {
    /// Melons by the piece and rice by weight in stock, and a box.
    private static func withGoods(_ body: (GivenBase) async throws -> Void) async throws {
        try await GivenBase.with { base in
            await base.furnish()
            await base.succeed("product", "add", "melon", "--name", "甜瓜(盒)", "--owner", "coop", "--price", "9.9/件")
            await base.succeed("product", "add", "rice", "--name", "五彩早稻", "--owner", "coop", "--unit", "gram")
            await base.succeed("product", "add", "box", "--name", "礼盒(盒)", "--owner", "coop", "--price", "50/件")
            await base.succeed(
                "inbound", "receive", "--reference", "RK-1", "--owner", "coop", "--warehouse", "main", "--location",
                "A-01", "melon:9", "rice:10斤")
            try await body(base)
        }
    }

    @Test("a set is made in human units, shown with its components and its stock, and made none")
    func set() async throws {
        try await Self.withGoods { base in
            let made = await base.succeed("product", "set", "box", "--component", "melon=2", "--component", "rice=1斤")
            #expect(made.contains("melon") && made.contains("500 g"))
            #expect(await base.succeed("product", "show", "box") == made)
            let json = await base.succeed("product", "show", "box", "--json")
            #expect(json.contains(#""components":[{"sku":"melon","name":"甜瓜(盒)","unit":"piece","quantity":2},"#))
            let stock = await base.succeed("stock", "show", "box")
            #expect(stock.contains("(set)") && stock.contains("4 pcs"))
            #expect(
                await base.succeed("stock", "show", "--json").contains(
                    #""sku":"box","name":"礼盒(盒)","unit":"piece","warehouse":"main","available":4,"#))
            let more = await base.call("stock", "show", "--limit", "1")
            #expect(more.error.contains("'box main'") || more.error.contains("\"box main\""))
            #expect(await base.succeed("stock", "show", "--after", "box main").contains("melon"))
            #expect(await !base.succeed("product", "set", "box", "--none").contains("COMPONENT"))
        }
    }

    @Test("what is wrong with a set or a limit is told in the words of whoever typed it")
    func refused() async throws {
        try await Self.withGoods { base in
            let refusals: [([String], yuncang.ExitStatus, String)] = [
                (["product", "set", "box"], .usage, "what is the set made of?"),
                (["product", "set", "box", "--none", "--component", "melon=1"], .usage, "what is the set made of?"),
                (["product", "set", "box", "--component", "melon"], .usage, "SKU=QUANTITY"),
                (["product", "set", "box", "--component", "rice=3件"], .usage, "rice=3件"),
                (["product", "set", "box", "--component", "fig=3"], .failure, "fig"),
                (["product", "set", "box", "--component", "box=1"], .usage, "not made of itself"),
                (["product", "set", "melon", "--component", "rice=1斤"], .failure, "goods of it were received"),
                (["product", "limit", "melon"], .usage, "how much may one buyer have?"),
                (["product", "limit", "melon", "0"], .usage, "a limit of nothing"),
                (["product", "limit", "fig", "3"], .failure, "there is no SKU fig"),
                (["product", "show", "fig"], .failure, "there is no SKU fig"),
                (["sourcing", "rule"], .usage, "by what is it chosen?"),
                (["sourcing", "rule", "cheapest"], .usage, "cheapest"),
                (["sourcing", "rule", "quota", "quota"], .usage, "there twice"),
                (["sourcing", "rule", "quota", "--sku", "fig"], .failure, "there is no SKU fig"),
                (["sourcing", "share", "main=1"], .usage, "WAREHOUSE/OWNER=WEIGHT"),
                (["sourcing", "share", "main/coop=0"], .usage, "from 1 to 10000"),
                (["sourcing", "share", "main/nobody=1"], .failure, "there is no owner 'nobody'"),
                (["sourcing", "share", "main/coop=1", "main/coop=2"], .usage, "there twice"),
                (["sourcing", "zone", "浙江省=0", "--warehouse", "main"], .usage, "from 1 to 1000"),
                (["sourcing", "zone", "浙江省=1", "--warehouse", "west"], .failure, "there is no warehouse 'west'"),
            ]
            for (arguments, status, words) in refusals {
                let call = await base.call(arguments)
                #expect(call.status == status, "\(arguments): \(call.error)")
                #expect(call.error.contains(words), "\(arguments): \(call.error)")
                #expect(call.output.isEmpty)
            }
        }
    }

    @Test("a limit is set, shown, and taken away")
    func limit() async throws {
        try await Self.withGoods { base in
            #expect(await base.succeed("product", "limit", "melon", "3").contains("3 pcs, since "))
            #expect(
                await base.succeed("product", "show", "melon", "--json").contains(#""limit":{"quantity":3,"since":""#))
            #expect(await !base.succeed("product", "limit", "melon", "--none").contains("since"))
        }
    }

    @Test("rules, shares and zones are set and shown, and an order says in words why it got what it got")
    func sourcing() async throws {
        try await Self.withGoods { base in
            await base.succeed("owner", "add", "pingan", "--name", "平安合作社")
            await base.succeed(
                "inbound", "receive", "--reference", "RK-2", "--owner", "pingan", "--warehouse", "main", "--location",
                "A-01", "melon:9")
            await base.succeed("sourcing", "rule", "配额", "nearest")
            await base.succeed("sourcing", "rule", "rotation", "--sku", "rice")
            await base.succeed("sourcing", "share", "main/coop=1", "main/pingan=2")
            await base.succeed("sourcing", "zone", "浙江省=1", "上海市=2", "--warehouse", "main")
            let shown = await base.succeed("sourcing", "show")
            for word in ["(all others)", "quota, nearest", "rotation", "pingan", "浙江省"] {
                #expect(shown.contains(word), "\(word)")
            }
            let json = await base.succeed("sourcing", "show", "--sku", "melon", "--json")
            #expect(json.contains(#"{"rules":[{"sku":null,"criteria":["quota","nearest"]}],"#))
            #expect(json.contains(#"{"sku":null,"warehouse":"main","owner":"pingan","weight":2}"#))
            await base.succeed("order", "place", "--source", "shop", "--reference", "1", "--line", "melon:1")
            let order = await base.succeed("order", "show", "shop/1")
            #expect(order.contains("main/pingan") && order.contains("in one parcel, the furthest behind its share"))
            await base.succeed("sourcing", "rule", "--none")
            #expect(await base.succeed("sourcing", "show", "--sku", "melon").contains("there are no rules"))
        }
    }
}
