import Testing

@testable import CloudWarehouse

@Suite("Deciding about edited orders and orders cancelled in part")
struct OrderDeciderEditTests {
    private static let hold = PlaceOrder.Payment.due(withinSeconds: 60)

    @Test("an edited order claims its new lines and gives back the old ones; it keeps its end")
    func edited() throws {
        var shop = try DecidedShop(["melon": [5], "rice": [9]])
        _ = shop.run([DecidedShop.place("1", ["melon": 2, "rice": 1], Self.hold)])
        let end = shop.order("1")?.lines[0].expiresAt
        shop.pass(.seconds(9))
        #expect(shop.run([DecidedShop.edit("1", ["rice": 3, "melon": 5])]) == ["held 8 r1"])
        #expect(shop.lines("1") == ["3 rice 3 held @0", "4 melon 5 held @0"])
        #expect(shop.left("melon") == [0] && shop.left("rice") == [6])
        #expect(shop.order("1")?.lines.last?.expiresAt == end)
        #expect(shop.order("1")?.placedTotal == Fen(rawValue: 3))
    }

    @Test(
        "lines that are the same SKU keep their price, new ones get the price of the moment, and a line may say its own"
    )
    func prices() throws {
        var shop = try DecidedShop(["melon": [9], "rice": [9]])
        _ = shop.run([DecidedShop.place("1", ["melon": 2], Self.hold)])
        for code in ["melon", "rice"] { shop.reprice(code, to: try Price(fen: Fen(rawValue: 10), per: Quantity(1))) }
        #expect(shop.run([DecidedShop.edit("1", ["melon": 3, "rice": 1])]) == ["held 13 r1"])
        let own = try PlaceOrder.Line(
            sku: SKUCode("melon"), quantity: Quantity(3), price: Price(fen: Fen(rawValue: 7), per: Quantity(1)))
        #expect(shop.run([DecidedShop.change("1", .edit([own]))]) == ["held 21 r2"])
        #expect(shop.run([DecidedShop.change("1", .edit([own]))]) == ["held 21 r2 again"])
    }

    @Test("an edit that cannot be served is refused as a whole, and the order holds what it held")
    func refused() throws {
        var shop = try DecidedShop(["melon": [3, 3], "rice": [9]])
        _ = shop.run([DecidedShop.place("1", ["melon": 5, "rice": 2], Self.hold)])
        let before = shop.order("1")
        #expect(
            shop.run([
                DecidedShop.edit("1", ["rice": 1, "melon": 7]), DecidedShop.edit("1", ["nothing": 1]),
                DecidedShop.place("2", ["melon": 2]), DecidedShop.place("3", ["rice": 8]),
            ]) == [
                "melon: 7 asked for, 6 left", "nothing: there is no such SKU", "melon: 2 asked for, 1 left",
                "rice: 8 asked for, 7 left",
            ])
        #expect(shop.order("1") == before)
        #expect(shop.last?.book.changes.isEmpty == true && shop.last?.deeds.isEmpty == true)
    }

    @Test("the same lines once more change nothing, whatever revision they were meant for")
    func repeated() throws {
        var shop = try DecidedShop(["melon": [9]])
        _ = shop.run([DecidedShop.place("1", ["melon": 2], Self.hold)])
        let edit = DecidedShop.edit("1", ["melon": 3], revision: 0)
        #expect(shop.run([edit, edit]) == ["held 3 r1", "held 3 r1 again"])
        #expect(shop.run([edit]) == ["held 3 r1 again"])
    }

    @Test("of two who edit the same revision the second is refused, and so is whoever pays what he has not seen")
    func revisions() throws {
        var shop = try DecidedShop(["melon": [9]])
        _ = shop.run([DecidedShop.place("1", ["melon": 2], Self.hold)])
        let meanwhile = "the order was changed meanwhile: its revision is 1"
        #expect(
            shop.run([
                DecidedShop.edit("1", ["melon": 3], revision: 0), DecidedShop.edit("1", ["melon": 4], revision: 0),
                DecidedShop.reduce("1", [2: 1], revision: 0), DecidedShop.change("1", .pay, revision: 0),
                DecidedShop.change("1", .cancel, revision: 0), DecidedShop.edit("1", ["melon": 4], revision: 1),
            ]) == ["held 3 r1", meanwhile, meanwhile, meanwhile, meanwhile, "held 4 r2"])
    }

    @Test("an order may be edited into a set and back, and always gives back what it held")
    func sets() throws {
        var shop = try DecidedShop(["melon": [2, 2], "box": []])
        shop.makeSet("box", of: ["melon": 3])
        _ = shop.run([DecidedShop.place("1", ["melon": 1], Self.hold)])
        #expect(shop.run([DecidedShop.edit("1", ["box": 1])]) == ["held 1 r1"])
        #expect(shop.left("melon").reduce(0, +) == 1)
        #expect(shop.run([DecidedShop.edit("1", ["melon": 4])]) == ["held 4 r2"])
        #expect(shop.run([DecidedShop.change("1", .pay)]) == ["committed 4 r2"])
        #expect(shop.run([DecidedShop.change("1", .cancel)]) == ["cancelled 4 r2"])
        #expect(shop.left("melon") == [2, 2])
    }

    @Test("of a line so much remains as is said; what is so already is a repetition")
    func reduced() throws {
        var shop = try DecidedShop(["melon": [9], "rice": [9]])
        _ = shop.run([DecidedShop.place("1", ["melon": 5, "rice": 4])])
        let reduction = DecidedShop.reduce("1", [1: 3, 2: 0], revision: 0)
        #expect(shop.run([reduction, reduction]) == ["committed 3 r1", "committed 3 r1 again"])
        #expect(shop.lines("1") == ["1 melon 3 committed @0"])
        #expect(shop.left("melon") == [6] && shop.left("rice") == [9])
        #expect(
            shop.run([
                DecidedShop.reduce("1", [1: 4]), DecidedShop.reduce("1", [2: 1]),
                DecidedShop.reduce("1", [7: 0]), DecidedShop.reduce("1", [1: 0]),
            ]) == [
                "line 1 has 3 left: say how much of it remains, and no more than that",
                "line 2 has 0 left: say how much of it remains, and no more than that", "the order has no line 7",
                "nothing of the order would remain: cancel it instead",
            ])
        #expect(shop.run([DecidedShop.reduce("1", [1: 2])]) == ["committed 2 r2"])
        #expect(shop.order("1")?.placedTotal == Fen(rawValue: 9))
    }

    @Test("an amount is rounded of what remains, so that no sum of roundings is left over")
    func rounding() throws {
        var shop = try DecidedShop([:])
        try shop.add("rice", [9], price: Price(fen: Fen(rawValue: 5), per: Quantity(2)))
        #expect(shop.run([DecidedShop.place("1", ["rice": 5])]) == ["placed 13"])
        #expect(shop.run([DecidedShop.reduce("1", [1: 3])]) == ["committed 8 r1"])
        #expect(shop.run([DecidedShop.reduce("1", [1: 1])]) == ["committed 3 r2"])
    }
}
