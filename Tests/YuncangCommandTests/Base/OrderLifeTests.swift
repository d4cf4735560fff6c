import Testing

@testable import yuncang

@Suite("Orders that are short, edited and cancelled in part, by command", .onDatabase)
struct OrderLifeTests {
    private static func place(_ reference: String, _ lines: [String], _ more: String...) -> [String] {
        ["order", "place", "--source", "shop", "--reference", reference] + lines.flatMap { ["--line", $0] } + more
    }

    @Test("what was sold elsewhere is placed for want of goods too, says what is short, and claims what has come")
    func short() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 3, jinOfRice: 2)
            let placed = await base.call(Self.place("1", ["melon:2件", "rice:1.5kg"], "--sold-elsewhere"))
            #expect(placed.status == .success && placed.output.contains("paid, short"), "\(placed.error)")
            #expect(placed.error.contains("these goods are not there: line 2: 1.5 kg of rice"), "\(placed.error)")
            #expect(placed.error.contains("yuncang order claim ") && placed.error.contains("yuncang order cancel "))
            let chinese = await base.call("order", "claim", "shop/1", "--lang", "zh")
            #expect(chinese.status == .success && chinese.output.contains("缺货待处理"), "\(chinese.error)")
            #expect(chinese.output.contains("所缺的货还没有到，没有改变什么"))
            #expect(chinese.error.contains("第 2 行 rice 1.5 kg"), "\(chinese.error)")
            #expect(
                await base.succeed("order", "list", "--state", "paid_short", "--json").contains(#""reference":"1""#))
            await base.succeed(
                "inbound", "receive", "--reference", "RK-2", "--warehouse", "main", "--location", "A-01", "--owner",
                "coop", "rice:1kg")
            let claimed = await base.call("order", "claim", "shop/1")
            #expect(claimed.status == .success && claimed.error.isEmpty, "\(claimed.error)")
            #expect(claimed.output.contains("committed") && !claimed.output.contains("nothing was changed"))
            #expect(await base.succeed("order", "claim", "shop/1").contains("it was not short of anything"))
            #expect(await base.succeed("order", "claim", "shop/1", "--json").contains(#""repeated":true"#))
            await base.succeed("verify")
        }
    }

    @Test("an order that is short needs no goods for what is cancelled; the warning is no part of JSON")
    func shortAndReduced() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 3)
            let placed = await base.call(Self.place("1", ["melon:5件"], "--sold-elsewhere", "--json"))
            #expect(placed.output.contains(#""state":"paid_short""#) && placed.error.isEmpty, "\(placed.error)")
            #expect(placed.output.contains(#""claim":"short""#) && !placed.output.contains(#""warehouse""#))
            let reduced = await base.call("order", "reduce", "shop/1", "--keep", "1=3")
            #expect(reduced.output.contains("committed") && reduced.error.isEmpty, "\(reduced.error)")
            let shown = await base.succeed("order", "show", "shop/1", "--json")
            #expect(shown.contains(#""quantity":5,"cancelled":2,"#) && shown.contains(#""revision":1"#), "\(shown)")
            await base.succeed("verify")
        }
    }

    @Test("an order that is not paid gets other lines; what is so already, for another revision or paid is said")
    func edited() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10, jinOfRice: 10)
            await base.call(Self.place("1", ["melon:2件@8/件"], "--hold", "1h"))
            let edit = ["order", "edit", "shop/1", "--line", "melon:3件", "--line", "rice:2斤", "--revision", "0"]
            let edited = await base.call(edit)
            #expect(edited.status == .success && edited.output.contains("37.00"), "\(edited.output) \(edited.error)")
            #expect(await base.call(edit).output.contains("it had these lines already: nothing was changed"))
            let stale = await base.call("order", "edit", "shop/1", "--line", "melon:1件", "--revision", "0")
            #expect(stale.status == .failure && stale.error.contains("its revision is 1"), "\(stale.error)")
            #expect(stale.error.contains("--revision 1"))
            let much = await base.call("order", "edit", "shop/1", "--line", "melon:11件", "--lang", "zh")
            #expect(much.status == .failure && much.error.contains("melon：需要 11 件，剩余 10 件"), "\(much.error)")
            #expect(much.error.contains("什么都没有改变"))
            let shown = await base.succeed("order", "show", "shop/1")
            #expect(shown.contains("LESS") && shown.contains("1 kg"), "the old line is still shown: \(shown)")
            #expect(await base.succeed("stock", "show", "melon", "--json").contains(#""available":7"#))
            await base.succeed("order", "pay", "shop/1")
            let paid = await base.call("order", "edit", "shop/1", "--line", "melon:1件")
            #expect(paid.status == .failure && paid.error.contains("yuncang order reduce"), "\(paid.error)")
            await base.succeed("verify")
        }
    }

    @Test(
        "so much of a line remains as is said, however often; what cannot remain is refused in the units of the goods")
    func reduced() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10, jinOfRice: 10)
            await base.call(Self.place("1", ["melon:4件", "rice:3kg"]))
            func reduce(_ keep: String..., more: [String] = []) async -> Call {
                await base.call(["order", "reduce", "shop/1"] + keep.flatMap { ["--keep", $0] } + more)
            }
            let reduced = await reduce("1=1件", "2=1.5kg")
            #expect(
                reduced.status == .success && reduced.output.contains("29.40"), "\(reduced.output) \(reduced.error)")
            #expect(await reduce("1=1", "2=3斤").output.contains("just so much of it was left already"))
            #expect(await reduce("2=0", more: ["--revision", "1", "--json"]).output.contains(#""revision":2"#))
            for (keep, status, words) in [
                (["1=2"], .failure, "line 1 has 1 pc left"), (["3=1"], .failure, "the order has no line 3"),
                (["1=1kg"], .usage, "by the piece"), (["2=1"], .usage, "say the unit"),
                (["1=0"], .failure, "cancel it instead"), (["1=1", "1=0"], .usage, "line 1 is named twice"),
            ] as [([String], yuncang.ExitStatus, String)] {
                let call = await base.call(["order", "reduce", "shop/1"] + keep.flatMap { ["--keep", $0] })
                #expect(call.status == status && call.error.contains(words), "\(keep): \(call.error)")
            }
            for verb in [
                ["reduce", "shop/9", "--keep", "1=1"], ["claim", "shop/9"], ["edit", "shop/9", "--line", "melon:1"],
            ] {
                let unknown = await base.call(["order"] + verb)
                #expect(unknown.status == .failure && unknown.error.contains("no such order"), "\(unknown.error)")
            }
            let unknown = await base.call("order", "edit", "shop/1", "--line", "pear:1")
            #expect(unknown.status == .failure && unknown.error.contains("there is no SKU pear"))
            #expect(await base.succeed("stock", "show", "melon", "--json").contains(#""available":9"#))
            await base.succeed("verify")
        }
    }

    @Test("terms are kept and shown by the base's clocks; a day is its start or its end, and the two have an order")
    func terms() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10)
            let placed = await base.call(
                Self.place(
                    "1", ["melon:1件"], "--buyer", "u-7", "--shop", "高青旗舰店", "--ship-not-before", "2026-12-01",
                    "--ship-by", "2026-12-02", "--buyer-note", "少放辣", "--seller-note", "易碎"))
            #expect(placed.status == .success, "\(placed.error)")
            for words in ["2026-12-01 00:00:00", "2026-12-02 23:59:59", "高青旗舰店", "u-7", "少放辣", "易碎"] {
                #expect(placed.output.contains(words), "\(words)")
            }
            let json = await base.succeed("order", "show", "shop/1", "--json")
            #expect(
                json.contains(
                    #""ship_by":"2026-12-02T15:59:59.000000Z","ship_not_before":"2026-11-30T16:00:00.000000Z""#))
            let late = await base.call(
                Self.place("2", ["melon:1件"], "--ship-by", "2026-12-01T08:00", "--ship-not-before", "2026-12-01T08:01"))
            #expect(late.status == .usage && late.error.contains("must not leave"), "\(late.error)")
        }
    }

    @Test("a set's parts are shown below its line, and one buyer may have only so much")
    func setsAndLimits() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10, jinOfRice: 10)
            await base.succeed(
                "product", "add", "gift", "--name", "礼盒", "--owner", "coop", "--unit", "piece", "--price", "30/件")
            let schema = "base_\(TestInstallation.base)"
            try await base.asOwner(
                """
                INSERT INTO \(schema).set_component
                SELECT s.id, c.id, CASE c.code WHEN 'rice' THEN 500 ELSE 2 END FROM \(schema).sku AS s, \(schema).sku AS c
                WHERE s.code = 'gift' AND c.code IN ('melon', 'rice')
                """)
            let placed = await base.call(Self.place("1", ["gift:2"]))
            #expect(placed.status == .success, "\(placed.error)")
            #expect(placed.output.contains("\n  2") && placed.output.contains("\n  3"), "\(placed.output)")
            let much = await base.call(Self.place("2", ["gift:4"]))
            #expect(
                much.status == .failure && much.error.contains("melon: 8 pcs asked for, 6 pcs left"), "\(much.error)")
            let part = await base.call("order", "reduce", "shop/1", "--keep", "2=1")
            #expect(part.status == .failure && part.error.contains("no line 2"), "\(part.error)")
            try await base.asOwner(
                "INSERT INTO \(schema).buyer_limit SELECT id, 1000, now() - interval '1 day' FROM \(schema).sku WHERE code = 'rice'"
            )
            let unnamed = await base.call(Self.place("3", ["rice:1kg"]))
            #expect(unnamed.status == .failure && unnamed.error.contains("--buyer NAME"), "\(unnamed.error)")
            #expect(await base.call(Self.place("4", ["rice:1kg"], "--buyer", "u")).status == .success)
            let more = await base.call(Self.place("5", ["rice:500g"], "--buyer", "u", "--lang", "zh"))
            #expect(more.status == .failure && more.error.contains("限购 1 kg，这位买家已有 1 kg"), "\(more.error)")
            await base.succeed("verify")
        }
    }
}
