import Testing

@testable import CloudWarehouse

@Suite("Deciding how much one buyer may have")
struct OrderDeciderLimitTests {
    private static let hold = PlaceOrder.Payment.due(withinSeconds: 60)

    private static func shop() throws -> DecidedShop {
        var shop = try DecidedShop(["melon": [50], "rice": [50], "box": []])
        shop.makeSet("box", of: ["melon": 2])
        shop.limit("melon", to: 5)
        return shop
    }

    @Test("what a buyer has counts, unpaid holds too, in the same batch and later; each buyer for himself")
    func counts() throws {
        var shop = try Self.shop()
        let over = "melon: one buyer may have 5, and this one has 3 already"
        #expect(
            shop.run([
                DecidedShop.place("1", ["melon": 3], Self.hold, buyer: "li"),
                DecidedShop.place("2", ["melon": 3], buyer: "li"),
                DecidedShop.place("3", ["melon": 5], buyer: "wang"),
                DecidedShop.place("4", ["rice": 40], buyer: "li"),
                DecidedShop.place("5", ["melon": 1]), DecidedShop.place("6", ["melon": 6], buyer: "zhou"),
            ]) == [
                "placed 3", over, "placed 5", "placed 40",
                "melon: one buyer may have only so much of it: say who buys",
                "melon: one buyer may have 5, and this one has 0 already",
            ])
        #expect(
            shop.run([
                DecidedShop.place("7", ["melon": 3], buyer: "li"), DecidedShop.place("8", ["melon": 2], buyer: "li"),
            ]) == [over, "placed 2"])
        #expect(shop.has("li", "melon") == 5)
    }

    @Test("a late payment that cannot be counted is refused before it has claimed anything")
    func beyondCounting() throws {
        var shop = try Self.shop()
        _ = shop.run([DecidedShop.place("1", ["melon": 5], Self.hold, buyer: "li")])
        shop.pass(.seconds(60))
        #expect(shop.run([DecidedShop.change("1", .expire)]) == ["released 5 r0"])
        var snapshot = shop.snapshot
        for key in snapshot.counts.keys { snapshot.counts[key] = .max }
        try #require(!snapshot.counts.isEmpty)
        var decider = OrderDecider(snapshot)
        let verdicts = decider.decide([DecidedShop.change("1", .pay)])
        #expect(verdicts == [.refuse(.amountTooLarge)])
        #expect(decider.book.changes.isEmpty && decider.deeds.isEmpty && decider.counts.isEmpty)
    }

    @Test("what is given up is given back: by cancelling, by the end of a hold, by an edit, in part")
    func givenBack() throws {
        var shop = try Self.shop()
        _ = shop.run([
            DecidedShop.place("1", ["melon": 5], Self.hold, buyer: "li"),
            DecidedShop.edit("1", ["melon": 4], revision: 0), DecidedShop.place("2", ["melon": 1], buyer: "li"),
        ])
        #expect(shop.has("li", "melon") == 5)
        #expect(
            shop.run([
                DecidedShop.edit("1", ["melon": 5]), DecidedShop.edit("1", ["melon": 3, "rice": 1]),
                DecidedShop.place("3", ["melon": 2], buyer: "li"),
                DecidedShop.place("3", ["melon": 1], buyer: "li"),
            ]) == [
                "melon: one buyer may have 5, and this one has 5 already", "held 4 r2",
                "melon: one buyer may have 5, and this one has 4 already", "placed 1",
            ])
        #expect(shop.run([DecidedShop.change("2", .cancel)]) == ["cancelled 1 r0"])
        #expect(shop.has("li", "melon") == 4)
        shop.pass(.seconds(60))
        #expect(shop.run([DecidedShop.change("1", .expire)]) == ["released 4 r2"])
        #expect(shop.has("li", "melon") == 1)
        #expect(shop.run([DecidedShop.change("1", .cancel)]) == ["cancelled 4 r2"])
        #expect(shop.has("li", "melon") == 1)
        _ = shop.run([DecidedShop.place("4", ["melon": 4], buyer: "li"), DecidedShop.reduce("4", [1: 1])])
        #expect(shop.has("li", "melon") == 2)
    }

    @Test("a set counts as itself and as what it is made of")
    func sets() throws {
        var shop = try Self.shop()
        shop.limit("box", to: 2)
        #expect(
            shop.run([
                DecidedShop.place("1", ["box": 2, "melon": 2], buyer: "li"),
                DecidedShop.place("1", ["box": 2, "melon": 1], buyer: "li"),
                DecidedShop.place("2", ["box": 1], buyer: "li"), DecidedShop.place("3", ["melon": 1], buyer: "li"),
            ]).map { $0.hasPrefix("placed") } == [false, true, false, false])
        #expect(shop.has("li", "box") == 2 && shop.has("li", "melon") == 5)
        #expect(
            shop.run([DecidedShop.place("4", ["box": 3], buyer: "wang")]).first?.hasPrefix("box: one buyer") != nil)
    }

    @Test("a line from several pools counts once")
    func divided() throws {
        var shop = try DecidedShop(["melon": [2, 2]])
        shop.limit("melon", to: 5)
        _ = shop.run([DecidedShop.place("1", ["melon": 3], buyer: "li")])
        #expect(shop.has("li", "melon") == 3)
    }

    @Test("facts pass the limit and count, with a buyer who is named; what comes after them is refused")
    func facts() throws {
        var shop = try Self.shop()
        #expect(
            shop.run([
                DecidedShop.place("1", ["melon": 7], .paidElsewhere, buyer: "li"),
                DecidedShop.place("2", ["melon": 9], .paidElsewhere), DecidedShop.place("3", ["melon": 1], buyer: "li"),
            ]) == ["placed 7", "placed 9", "melon: one buyer may have 5, and this one has 7 already"])
        #expect(shop.has("li", "melon") == 7)
        #expect(shop.last?.counts.values.allSatisfy { $0.ceiling == nil } == true)
        #expect(shop.run([DecidedShop.reduce("1", [1: 6])]) == ["committed 6 r1"])
        #expect(shop.last?.counts.values.allSatisfy { $0.ceiling == nil } == true)
    }

    @Test("who pays after the hold has ended is not held against the limit: it is paid")
    func paidLate() throws {
        var shop = try Self.shop()
        _ = shop.run([DecidedShop.place("1", ["melon": 4], .due(withinSeconds: 1), buyer: "li")])
        shop.pass(.seconds(1))
        _ = shop.run([
            DecidedShop.change("1", .expire), DecidedShop.place("2", ["melon": 5], buyer: "li"),
        ])
        #expect(shop.has("li", "melon") == 5)
        #expect(shop.run([DecidedShop.change("1", .pay)]) == ["committed 4 r0"])
        #expect(shop.has("li", "melon") == 9)
    }

    @Test("facts of any size are counted or refused, and never more than can be counted")
    func immense() throws {
        var shop = try Self.shop()
        let lines = try Array(
            repeating: PlaceOrder.Line(
                sku: SKUCode("melon"), quantity: Quantity(1_000_000_000_000_000),
                price: Price(fen: .zero, per: Quantity(1))), count: PlaceOrder.maximumLines)
        let answers = shop.run(
            try (0..<60).map {
                .place(
                    try PlaceOrder(
                        source: DecidedShop.source, reference: OrderReference(rawValue: "\($0)")!, lines: lines,
                        payment: .paidElsewhere, terms: OrderTerms(buyer: Buyer(rawValue: "li"))))
            })
        #expect(answers.contains("placed 0 short") && answers.last == "the order's amount is too large")
    }
}
