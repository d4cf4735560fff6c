import Testing

@testable import CloudWarehouse

@Suite("Deciding about what is paid")
struct OrderDeciderPaymentTests {
    private static func expired(_ lines: KeyValuePairs<String, Int64>, in shop: inout DecidedShop) throws {
        _ = shop.run([DecidedShop.place("1", lines, .due(withinSeconds: 1))])
        shop.pass(.seconds(2))
        #expect(shop.run([DecidedShop.change("1", .expire)]).first?.hasPrefix("released") == true)
    }

    @Test("a payment that comes after the hold has ended claims again; with all goods there the order is as any other")
    func late() throws {
        var shop = try DecidedShop(["melon": [5]])
        try Self.expired(["melon": 4], in: &shop)
        #expect(
            shop.run([DecidedShop.change("1", .pay), DecidedShop.change("1", .pay)])
                == ["committed 4 r0", "committed 4 r0 again"])
        #expect(shop.left("melon") == [1])
    }

    @Test("with some goods gone it is paid and short: the SKUs that are there are claimed, the others wait")
    func partly() throws {
        var shop = try DecidedShop(["melon": [5], "rice": [9]])
        try Self.expired(["melon": 4, "rice": 3], in: &shop)
        _ = shop.run([DecidedShop.place("2", ["melon": 2])])
        #expect(shop.run([DecidedShop.change("1", .pay)]) == ["paid_short 7 r0"])
        #expect(shop.lines("1") == ["1 melon 4 short", "2 rice 3 committed @0"])
        #expect(shop.left("melon") == [3] && shop.left("rice") == [6])
        #expect(shop.run([DecidedShop.change("1", .claim)]) == ["paid_short 7 r0 again"])
        shop.receive(1, of: "melon")
        #expect(
            shop.run([DecidedShop.change("1", .claim), DecidedShop.change("1", .claim)])
                == ["committed 7 r0", "committed 7 r0 again"])
        #expect(shop.left("melon") == [0])
    }

    @Test("with nothing left at all it is paid and short of everything, and is called off like any other")
    func nothing() throws {
        var shop = try DecidedShop(["melon": [2]])
        try Self.expired(["melon": 2], in: &shop)
        _ = shop.run([DecidedShop.place("2", ["melon": 2])])
        #expect(shop.run([DecidedShop.change("1", .pay)]) == ["paid_short 2 r0"])
        #expect(shop.run([DecidedShop.change("1", .cancel)]) == ["cancelled 2 r0"])
        #expect(shop.left("melon") == [0])
        #expect(shop.run([DecidedShop.change("2", .cancel)]) == ["cancelled 2 r0"])
        #expect(shop.left("melon") == [2])
    }

    @Test("what was sold elsewhere is a fact: never refused for want of goods, but marked, and its answer stays")
    func facts() throws {
        var shop = try DecidedShop(["melon": [3], "rice": [9], "leek": []])
        let fact = DecidedShop.place("1", ["melon": 4, "rice": 2, "leek": 1], .paidElsewhere)
        #expect(shop.run([fact, fact]) == ["placed 7 short", "placed 7 short"])
        #expect(shop.lines("1") == ["1 melon 4 short", "2 rice 2 committed @0", "3 leek 1 short"])
        #expect(shop.order("1")?.state == .paidShort)
        #expect(shop.run([DecidedShop.place("2", ["melon": 3], .paidElsewhere)]) == ["placed 3"])
        #expect(shop.order("2")?.state == .committed)
        shop.receive(5, of: "melon")
        #expect(shop.run([DecidedShop.change("1", .claim)]) == ["paid_short 7 r0"])
        #expect(shop.lines("1") == ["1 melon 4 committed @0", "2 rice 2 committed @0", "3 leek 1 short"])
        #expect(shop.run([DecidedShop.reduce("1", [3: 0])]) == ["committed 6 r1"])
        #expect(shop.run([fact]) == ["placed 7 short"])
        #expect(
            shop.run([DecidedShop.place("3", ["nothing": 1], .paidElsewhere)]) == ["nothing: there is no such SKU"])
    }

    @Test("who wants less of what is short may get it at once")
    func reduceShort() throws {
        var shop = try DecidedShop(["melon": [3]])
        #expect(
            shop.run([
                DecidedShop.place("1", ["melon": 5], .paidElsewhere), DecidedShop.reduce("1", [1: 4]),
                DecidedShop.reduce("1", [1: 3]),
            ]) == ["placed 5 short", "paid_short 4 r1", "committed 3 r2"])
        #expect(shop.left("melon") == [0])
    }
}
