import Testing

@testable import CloudWarehouse

@Suite("Deciding about sets")
struct OrderDeciderSetTests {
    /// A box of two melons and 500 g of rice for 30 fen.
    private static func shop(melons: [Int64], rice: [Int64]) throws -> DecidedShop {
        var shop = try DecidedShop(["melon": melons, "rice": rice])
        try shop.add("box", [], price: Price(fen: Fen(rawValue: 30), per: Quantity(1)))
        shop.makeSet("box", of: ["melon": 2, "rice": 500])
        return shop
    }

    @Test("a set is exploded when it is ordered: the line has the price, its parts have the goods")
    func exploded() throws {
        var shop = try Self.shop(melons: [9], rice: [5_000])
        #expect(shop.run([DecidedShop.place("1", ["melon": 1, "box": 3, "rice": 7])]) == ["placed 98"])
        #expect(
            shop.lines("1") == [
                "1 melon 1 committed @0", "2 box 3 committed", "3<2 melon 6 committed @0", "4<2 rice 1500 committed @0",
                "5 rice 7 committed @0",
            ])
        #expect(shop.left("melon") == [2] && shop.left("rice") == [3_493])
    }

    @Test("what an order sells of a SKU singly and in sets is summed before it is claimed")
    func summed() throws {
        var shop = try Self.shop(melons: [6], rice: [5_000])
        #expect(
            shop.run([
                DecidedShop.place("1", ["box": 3, "melon": 1]), DecidedShop.place("1", ["melon": 1, "box": 3]),
                DecidedShop.place("2", ["box": 2, "melon": 2]),
            ]) == ["melon: 7 asked for, 6 left", "melon: 7 asked for, 6 left", "placed 62"])
        #expect(shop.left("melon") == [0] && shop.left("rice") == [4_000])
    }

    @Test("a set keeps the composition with which it was sold")
    func keepsComposition() throws {
        var shop = try Self.shop(melons: [9], rice: [5_000])
        #expect(shop.run([DecidedShop.place("1", ["box": 2])]) == ["placed 60"])
        let old = shop.lines("1")
        shop.makeSet("box", of: ["melon": 2, "rice": 500])
        #expect(shop.run([DecidedShop.change("1", .pay)]) == ["committed 60 r0 again"])
        #expect(shop.lines("1") == old)
    }

    @Test("of fewer sets fewer parts remain, also where a part comes from several pools")
    func reduced() throws {
        var shop = try Self.shop(melons: [5, 4], rice: [5_000])
        #expect(shop.run([DecidedShop.place("1", ["box": 4])]) == ["placed 120"])
        #expect(
            shop.lines("1") == [
                "1 box 4 committed", "3<1 rice 2000 committed @0", "4<1 melon 5 committed @0",
                "5<1 melon 3 committed @1",
            ])
        #expect(shop.run([DecidedShop.reduce("1", [1: 2])]) == ["committed 60 r1"])
        #expect(
            shop.lines("1") == ["1 box 2 committed", "3<1 rice 1000 committed @0", "4<1 melon 4 committed @0"])
        #expect(shop.left("melon") == [1, 4] && shop.left("rice") == [4_000])
        #expect(shop.run([DecidedShop.reduce("1", [3: 500])]) == ["the order has no line 3"])
        #expect(shop.run([DecidedShop.reduce("1", [1: 0])]).first?.hasPrefix("nothing of the order") == true)
        #expect(shop.run([DecidedShop.change("1", .cancel)]) == ["cancelled 60 r1"])
        #expect(shop.left("melon") == [5, 4] && shop.left("rice") == [5_000])
    }

    @Test("a set of which one part is short is short itself; fewer of it take away what is short first")
    func shortPart() throws {
        var shop = try Self.shop(melons: [9], rice: [999])
        #expect(shop.run([DecidedShop.place("1", ["box": 2], .paidElsewhere)]) == ["placed 60 short"])
        #expect(shop.lines("1") == ["1 box 2 short", "2<1 melon 4 committed @0", "3<1 rice 1000 short"])
        #expect(shop.run([DecidedShop.reduce("1", [1: 1])]) == ["committed 30 r1"], "half of it is there")
        #expect(shop.lines("1") == ["1 box 1 committed", "2<1 melon 2 committed @0", "3<1 rice 500 committed @0"])
        #expect(shop.left("melon") == [7] && shop.left("rice") == [499])
    }

    @Test("a set that is paid after its hold has ended claims its parts again")
    func paidLate() throws {
        var shop = try Self.shop(melons: [4, 4], rice: [5_000])
        _ = shop.run([DecidedShop.place("1", ["box": 3], .due(withinSeconds: 1))])
        shop.pass(.seconds(1))
        #expect(shop.run([DecidedShop.change("1", .expire)]) == ["released 90 r0"])
        #expect(shop.run([DecidedShop.place("2", ["melon": 3])]) == ["placed 3"])
        #expect(shop.left("melon") == [1, 4])
        #expect(shop.run([DecidedShop.change("1", .pay)]) == ["paid_short 90 r0"])
        #expect(shop.run([DecidedShop.change("2", .cancel)]) == ["cancelled 3 r0"])
        #expect(shop.run([DecidedShop.change("1", .claim)]) == ["committed 90 r0"])
        #expect(shop.left("melon").reduce(0, +) == 2)
    }

    @Test("an order has no more lines than two thousand, the parts of its sets included")
    func tooLarge() throws {
        var shop = try DecidedShop(["rice": [1_000_000], "box": []])
        for number in 0..<49 { try shop.add("part-\(number)", [1_000]) }
        shop.makeSet("box", of: (0..<49).map { "part-\($0)" })
        func order(_ reference: String, sets: Int, rice: Int) throws -> OrderCommand {
            let lines = [("box", sets), ("rice", rice)].flatMap { code, count in
                (0..<count).map { _ in PlaceOrder.Line(sku: try! SKUCode(code), quantity: try! Quantity(1)) }
            }
            return .place(
                try PlaceOrder(
                    source: DecidedShop.source, reference: OrderReference(rawValue: reference)!, lines: lines,
                    payment: .paid))
        }
        #expect(
            try shop.run([order("1", sets: 40, rice: 1), order("2", sets: 40, rice: 0)])
                == ["\(OrderRefusal.tooManyLines)", "placed 40"])
        #expect(shop.left("part-48") == [960])
    }
}
