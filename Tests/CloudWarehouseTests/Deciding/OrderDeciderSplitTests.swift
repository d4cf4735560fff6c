import Testing

@testable import CloudWarehouse

@Suite("Deciding which pools serve an order")
struct OrderDeciderSplitTests {
    @Test("an order leaves in one parcel, from the first warehouse that has everything")
    func oneParcel() throws {
        var shop = try DecidedShop(["melon": [9, 2, 9], "rice": [0, 9, 9]])
        #expect(shop.run([DecidedShop.place("1", ["melon": 3, "rice": 3])]) == ["placed 6"])
        #expect(shop.lines("1") == ["1 melon 3 committed @2", "2 rice 3 committed @2"])
        #expect(shop.order("1")?.lines.map(\.reason?.rawValue) == ["one_parcel", "one_parcel"])
    }

    @Test("where no warehouse has everything, each SKU comes from one")
    func onePoolEach() throws {
        var shop = try DecidedShop(["melon": [1, 5], "rice": [9, 2]])
        #expect(shop.run([DecidedShop.place("1", ["melon": 4, "rice": 3])]) == ["placed 7"])
        #expect(shop.lines("1") == ["1 melon 4 committed @1", "2 rice 3 committed @0"])
        #expect(shop.order("1")?.lines.map(\.reason?.rawValue) == ["split", "split"])
    }

    @Test(
        "what is claimed later comes from where the rest of the order is claimed, if that has it; else the order is split"
    )
    func later() throws {
        var shop = try DecidedShop(["melon": [0, 3], "rice": [0, 0], "leek": [0, 0]])
        let lines: KeyValuePairs<String, Int64> = ["melon": 2, "rice": 1, "leek": 1]
        #expect(shop.run([DecidedShop.place("1", lines, .paidElsewhere)]) == ["placed 4 short"])
        shop.receive(5, of: "rice", in: 0)
        shop.receive(5, of: "rice", in: 1)
        #expect(shop.run([DecidedShop.change("1", .claim)]) == ["paid_short 4 r0"])
        shop.receive(5, of: "leek", in: 0)
        #expect(shop.run([DecidedShop.change("1", .claim)]) == ["committed 4 r0"])
        #expect(shop.lines("1") == ["1 melon 2 committed @1", "2 rice 1 committed @1", "3 leek 1 committed @0"])
        #expect(shop.order("1")?.lines.map(\.reason?.rawValue) == ["one_parcel", "one_parcel", "split"])
    }

    @Test("what is claimed later in several parcels comes from where the order is claimed, as far as that has it")
    func laterSplit() throws {
        var shop = try DecidedShop(["melon": [0, 2], "rice": [0, 0], "leek": [0, 0, 0]])
        _ = shop.run([DecidedShop.place("1", ["melon": 2, "rice": 1, "leek": 1], .paidElsewhere)])
        for warehouse in [0, 1] { shop.receive(5, of: "rice", in: warehouse) }
        shop.receive(5, of: "leek", in: 2)
        #expect(shop.run([DecidedShop.change("1", .claim)]) == ["committed 4 r0"])
        #expect(shop.lines("1") == ["1 melon 2 committed @1", "2 rice 1 committed @1", "3 leek 1 committed @2"])
    }

    @Test("pools that count as much as there are numbers serve an order like others")
    func saturated() throws {
        var shop = try DecidedShop(["melon": [.max, .max, 2], "rice": [9]])
        #expect(shop.run([DecidedShop.place("1", ["melon": 3, "rice": 3])]) == ["placed 6"])
        #expect(shop.left("melon") == [.max - 3, .max, 2])
    }

    @Test("a line that no pool has alone is divided: it claims by its parts, and nothing of what is left is refused")
    func divided() throws {
        var shop = try DecidedShop(["melon": [2, 3, 4]])
        #expect(shop.run([DecidedShop.place("1", ["melon": 8])]) == ["placed 8"])
        #expect(
            shop.lines("1") == [
                "1 melon 8 committed", "2<1 melon 2 committed @0", "3<1 melon 3 committed @1",
                "4<1 melon 3 committed @2",
            ])
        #expect(shop.run([DecidedShop.place("2", ["melon": 1])]) == ["placed 1"])
        #expect(shop.left("melon") == [0, 0, 0])
        #expect(shop.run([DecidedShop.place("3", ["melon": 1])]) == ["melon: 1 asked for, 0 left"])
        #expect(shop.run([DecidedShop.reduce("1", [1: 4])]) == ["committed 4 r1"])
        #expect(shop.lines("1") == ["1 melon 4 committed", "2<1 melon 2 committed @0", "3<1 melon 2 committed @1"])
        #expect(shop.left("melon") == [0, 1, 3])
    }

    @Test("what is left in all pools together is what a shortage says, and a refusal leaves all of it where it was")
    func refusal() throws {
        var shop = try DecidedShop(["melon": [2, 3], "rice": [4, 4], "leek": [9]])
        #expect(
            shop.run([DecidedShop.place("1", ["leek": 1, "melon": 6, "rice": 9])])
                == ["melon: 6 asked for, 5 left; rice: 9 asked for, 8 left"])
        #expect(shop.left("melon") == [2, 3] && shop.left("rice") == [4, 4] && shop.left("leek") == [9])
    }

    @Test("two lines of a SKU share the pools that serve it")
    func twoLines() throws {
        var shop = try DecidedShop(["melon": [3, 3]])
        #expect(shop.run([DecidedShop.place("1", ["melon": 2, "melon": 3])]) == ["placed 5"])
        #expect(
            shop.lines("1") == [
                "1 melon 2 committed @0", "2 melon 3 committed", "3<2 melon 1 committed @0",
                "4<2 melon 2 committed @1",
            ])
        #expect(shop.run([DecidedShop.change("1", .cancel)]) == ["cancelled 5 r0"])
        #expect(shop.left("melon") == [3, 3])
    }

    @Test("where there is no choice, no reason is kept")
    func noChoice() throws {
        var shop = try DecidedShop(["melon": [3]])
        _ = shop.run([DecidedShop.place("1", ["melon": 2])])
        #expect(shop.order("1")?.lines[0].reason == nil)
    }
}
