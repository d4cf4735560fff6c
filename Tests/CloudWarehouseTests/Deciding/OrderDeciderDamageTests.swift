import Postgres
import Testing

@testable import CloudWarehouse

@Suite("Deciding about orders whose rows contradict each other")
struct OrderDeciderDamageTests {
    private typealias Damage = @Sendable (inout IntakeSnapshot) -> Void

    /// What may be wrong with a held order of a set of two things, and of rice.
    private static let damages: [(what: OrderDamage, damage: Damage)] = [
        (.positions, { $0.orders[0].lines.remove(at: 1) }),
        (.positions, { $0.orders[0].lines.swapAt(2, 3) }),
        (.parts, { $0.orders[0].lines[0].cancelAll() }),
        (
            .parts,
            { seen in
                let part = seen.orders[0].lines[1]
                seen.orders[0].lines.append(
                    .part(of: 2, at: 5, sku: part.sku, quantity: part.quantity))
            }
        ),
        (
            .parts,
            { seen in
                let part = seen.orders[0].lines[1]
                seen.orders[0].lines.append(
                    .part(of: 77, at: 5, sku: part.sku, quantity: part.quantity))
            }
        ),
        (
            .parts,
            { seen in
                let part = seen.orders[0].lines[1]
                seen.orders[0].lines[0] = .part(of: 1, at: 1, sku: part.sku, quantity: part.quantity)
            }
        ),
        (
            .pool,
            { seen in
                let rice = seen.orders[0].lines[3].sku
                seen.pools.removeAll { $0.key.sku == rice }
            }
        ),
        (.sku, { seen in seen.codes[seen.orders[0].lines[3].sku] = nil }),
        (.end, { seen in for index in seen.orders[0].lines.indices { seen.orders[0].lines[index].expiresAt = nil } }),
    ]

    private static func shop() throws -> DecidedShop {
        var shop = try DecidedShop(["melon": [5], "leek": [5], "rice": [9], "box": []])
        shop.makeSet("box", of: ["melon": 1, "leek": 2])
        let placed = shop.run([DecidedShop.place("1", ["box": 1, "rice": 3], .due(withinSeconds: 60))])
        #expect(placed == ["placed 4"])
        return shop
    }

    private static let changes = [
        DecidedShop.change("1", .pay), DecidedShop.change("1", .cancel), DecidedShop.change("1", .expire),
        DecidedShop.edit("1", ["melon": 1]), DecidedShop.reduce("1", [1: 0, 4: 1]),
    ]

    @Test("nothing is done to them, and everything else is decided", arguments: damages.indices)
    func damaged(index: Int) throws {
        let (what, damage) = Self.damages[index]
        var seen = try Self.shop().snapshot
        damage(&seen)
        for change in Self.changes {
            var decider = OrderDecider(seen)
            let verdicts = decider.decide([change, DecidedShop.place("2", ["melon": 1])])
            #expect(decider.damaged.values.map { $0 } == [what])
            #expect(verdicts.map(DecidedShop.words) == ["\(OrderRefusal.damaged)", "placed 1"])
            #expect(decider.orders[seen.orders[0].id] == seen.orders[0])
        }
    }

    @Test("one whose goods somebody else has locked is not taken for damaged: it waits")
    func locked() throws {
        var shop = try Self.shop()
        let rice = IntakeSnapshot.Obstacle.sku(shop.sku("rice"))
        #expect(shop.run(Self.changes, lockedByOthers: [rice]) == Array(repeating: "waits", count: 5))
        #expect(shop.last?.damaged.isEmpty == true)
    }
}
