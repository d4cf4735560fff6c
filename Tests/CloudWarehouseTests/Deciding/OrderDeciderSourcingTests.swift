import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Deciding among pools by rules")
struct OrderDeciderSourcingTests {
    private static func orders(_ count: Int, _ lines: KeyValuePairs<String, Int64>) -> [OrderCommand] {
        (1...count).map { DecidedShop.place("\($0)", lines) }
    }

    private static func reason(_ shop: DecidedShop, _ reference: String) -> String? {
        shop.order(reference)?.lines[0].reason?.rawValue
    }

    @Test("shares are kept within a batch and from one batch to the next, and each line says why")
    func quota() throws {
        var shop = try DecidedShop(["melon": [100, 100, 100]])
        shop.source("melon", by: [.quota], weights: [2, 1, 1])
        _ = shop.run(Self.orders(8, ["melon": 1]))
        #expect(shop.left("melon") == [96, 98, 98])
        #expect(Self.reason(shop, "1") == "one_parcel+quota")
        _ = shop.run((9...40).map { DecidedShop.place("\($0)", ["melon": 1]) })
        #expect(shop.left("melon") == [80, 90, 90])
    }

    @Test("turns alternate from one order to the next")
    func rotation() throws {
        var shop = try DecidedShop(["melon": [9, 9, 9]])
        shop.source("melon", by: [.rotation])
        _ = shop.run(Self.orders(4, ["melon": 2]))
        #expect(shop.left("melon") == [5, 7, 7])
        _ = shop.run([DecidedShop.place("5", ["melon": 1]), DecidedShop.place("6", ["melon": 1])])
        #expect(shop.left("melon") == [5, 6, 6])
    }

    @Test("what expires first is sold first, and then what is next")
    func expiry() throws {
        var shop = try DecidedShop(["melon": [9, 2, 9]])
        shop.source("melon", by: [.earliestExpiry], expiries: [30, 10, 20])
        #expect(shop.run(Self.orders(3, ["melon": 1])) == ["placed 1", "placed 1", "placed 1"])
        #expect(shop.left("melon") == [9, 0, 8])
        #expect(Self.reason(shop, "3") == "one_parcel+earliest_expiry")
    }

    @Test("the nearest warehouse serves; of a region that no zone names the next criterion decides")
    func nearest() throws {
        var shop = try DecidedShop(["melon": [9, 9, 9]])
        shop.source("melon", by: [.nearest, .rotation])
        shop.deliver(from: 1, to: "浙江省", rank: 2)
        shop.deliver(from: 2, to: "浙江省杭州市", rank: 1)
        _ = shop.run([DecidedShop.place("1", ["melon": 1], region: "浙江省杭州市西湖区")])
        #expect(shop.left("melon") == [9, 9, 8])
        _ = shop.run([DecidedShop.place("2", ["melon": 1], region: "浙江省宁波市")])
        #expect(shop.left("melon") == [9, 8, 8])
        _ = shop.run([DecidedShop.place("3", ["melon": 1])])
        #expect(shop.left("melon") == [8, 8, 8])
        #expect(
            ["1", "2", "3"].map { Self.reason(shop, $0) } == [
                "one_parcel+nearest", "one_parcel+nearest", "one_parcel+rotation",
            ])
    }

    @Test("one parcel comes before every preference")
    func oneParcel() throws {
        var shop = try DecidedShop(["melon": [2, 9], "rice": [0, 9]])
        shop.source("melon", by: [.earliestExpiry], expiries: [10, 20])
        #expect(shop.run([DecidedShop.place("1", ["melon": 2, "rice": 1])]) == ["placed 3"])
        #expect(shop.lines("1") == ["1 melon 2 committed @1", "2 rice 1 committed @1"])
        #expect(Self.reason(shop, "1") == "one_parcel", "not the preferred one")
        #expect(shop.run([DecidedShop.place("2", ["melon": 3])]) == ["placed 3"])
        #expect(shop.lines("2") == ["1 melon 3 committed @1"], "the preferred one has not enough")
        #expect(shop.run([DecidedShop.place("3", ["melon": 2])]) == ["placed 2"])
        #expect(shop.left("melon") == [0, 4])
    }

    @Test(
        "of the warehouses that have all, the one that the rules of all SKUs prefer together serves",
        arguments: [false, true])
    func together(isTurned: Bool) throws {
        var shop = try DecidedShop(["melon": [9, 9, 9], "rice": [9, 9, 9]])
        shop.source("melon", by: [.earliestExpiry], expiries: [10, 20, 30])
        shop.source("rice", by: [.earliestExpiry], expiries: [30, 10, 20])
        let command =
            isTurned
            ? DecidedShop.place("1", ["rice": 1, "melon": 1]) : DecidedShop.place("1", ["melon": 1, "rice": 1])
        #expect(shop.run([command]) == ["placed 2"])
        #expect(shop.left("melon") == [9, 8, 9] && shop.left("rice") == [9, 8, 9])
    }

    @Test("a SKU without a rule has no say in where the parcel comes from")
    func ruleless() throws {
        var shop = try DecidedShop(["melon": [9, 9, 9], "rice": [9, 9, 9]])
        shop.source("rice", by: [.earliestExpiry], expiries: [30, 10, 20])
        #expect(shop.run([DecidedShop.place("1", ["melon": 1, "rice": 1])]) == ["placed 2"])
        #expect(shop.left("melon") == [9, 8, 9] && shop.left("rice") == [9, 8, 9])
    }

    @Test("what has to come from several pools comes from the preferred ones first")
    func divided() throws {
        var shop = try DecidedShop(["melon": [4, 4, 4]])
        shop.source("melon", by: [.earliestExpiry], expiries: [30, 10, 20])
        #expect(shop.run([DecidedShop.place("1", ["melon": 6])]) == ["placed 6"])
        #expect(
            shop.lines("1") == ["1 melon 6 committed", "2<1 melon 4 committed @1", "3<1 melon 2 committed @2"])
        #expect(shop.order("1")?.lines[1].reason?.rawValue == "split+earliest_expiry")
    }

    @Test("a refused order takes nobody's turn, and what is given back was a turn all the same")
    func refused() throws {
        var shop = try DecidedShop(["melon": [9, 9]])
        shop.source("melon", by: [.rotation])
        _ = shop.run([
            DecidedShop.place("1", ["melon": 1]), DecidedShop.place("2", ["melon": 99]),
            DecidedShop.place("3", ["melon": 1]), DecidedShop.change("3", .cancel),
            DecidedShop.place("4", ["melon": 1]),
        ])
        #expect(shop.lines("1") == ["1 melon 1 committed @0"] && shop.lines("4") == ["1 melon 1 committed @0"])
    }

    @Test(
        "whatever the rule, nothing is sold twice, nothing that is left is refused, and no line is without its reason",
        arguments: 1...40)
    func neverOversold(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let pools = (0..<4).map { _ in random.pick(0...30) }
        var shop = try DecidedShop(["melon": pools, "rice": pools.reversed()])
        for code in ["melon", "rice"] where !random.once(in: 4) {
            var criteria = SourcingCriterion.allCases.shuffled(using: &random)
            criteria.removeLast(Int(random.pick(0...3)))
            shop.source(
                code, by: criteria, weights: (0..<4).map { _ in random.pick(0...3) },
                expiries: (0..<4).map { _ in random.once(in: 3) ? nil : Int32(random.pick(1...3)) })
        }
        shop.deliver(from: 2, to: "浙江省", rank: 1)
        shop.deliver(from: 3, to: "山东省", rank: 1)
        var left = ["melon": pools.reduce(0, +), "rice": pools.reduce(0, +)]
        for batch in 0..<12 {
            var commands: [OrderCommand] = []
            var expected: [Bool] = []
            for number in 0..<4 {
                let (melons, rice) = (random.pick(1...6), random.pick(1...6))
                let isThere = left["melon"]! >= melons && left["rice"]! >= rice
                if isThere {
                    left["melon"]! -= melons
                    left["rice"]! -= rice
                }
                expected.append(isThere)
                let region = ["浙江省杭州市", "山东省淄博市", "北京市", nil].randomElement(using: &random)!
                commands.append(
                    DecidedShop.place("\(batch)-\(number)", ["melon": melons, "rice": rice], region: region))
            }
            #expect(shop.run(commands).map { $0.hasPrefix("placed") } == expected)
        }
        #expect(shop.left("melon").reduce(0, +) == left["melon"] && shop.left("rice").reduce(0, +) == left["rice"])
        for order in shop.snapshot.orders {
            for line in order.lines where line.pool != nil {
                let reason = try #require(line.reason).rawValue
                #expect(reason.hasPrefix("one_parcel") || reason.hasPrefix("split"))
            }
        }
    }
}
