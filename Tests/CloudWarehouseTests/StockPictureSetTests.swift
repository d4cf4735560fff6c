import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Gift sets in the picture of the stock")
struct StockPictureSetTests {
    private static let codes = ["melon", "rice", "leek"]

    private static func recipe(_ set: String, _ components: KeyValuePairs<String, Int64>) -> SetRecipe {
        SetRecipe(
            set: try! SKUCode(set), name: try! Name("礼盒"), unit: .piece,
            components: components.map { SetRecipe.Component(sku: try! SKUCode($0), quantity: $1) })
    }

    private static func key(_ code: String, _ warehouse: UInt64, _ owner: UInt64) -> PoolKey {
        PoolKey(
            sku: ID(rawValue: .init(high: UInt64(codes.firstIndex(of: code)! + 1), low: 0)),
            warehouse: ID(rawValue: .init(high: warehouse, low: 0)), owner: ID(rawValue: .init(high: owner, low: 0)))
    }

    private static func row(
        _ code: String, at warehouse: UInt64 = 1, of owner: UInt64 = 1, _ counters: PoolCounters, version: Int64 = 1
    ) -> BoardRow {
        BoardRow(
            key: key(code, warehouse, owner),
            level: StockLevel(
                position: StockLevel.Position(
                    sku: try! SKUCode(code), warehouse: try! WarehouseCode("w\(warehouse)"),
                    owner: try! OwnerCode("o\(owner)")),
                name: try! Name("甜瓜"), unit: .piece, counters: counters, version: version))
    }

    /// The levels of a SKU, as `warehouse available`, with the owner where there is one.
    private static func levels(_ picture: StockPicture, _ code: String) -> [String] {
        picture.levels(of: try! SKUCode(code), owner: nil).map { level in
            "\(level.position.warehouse) \(level.counters.available)\(level.position.owner.map { " \($0)" } ?? "")"
        }
    }

    @Test("there are as many sets as the scarcest component allows, in whole ones, by what is still available of it")
    func scarcest() {
        var picture = StockPicture(sets: [Self.recipe("box", ["melon": 2, "rice": 500])])
        _ = picture.apply([
            Self.row("melon", PoolCounters(sellable: 11)), Self.row("rice", PoolCounters(sellable: 9_000)),
        ])
        #expect(Self.levels(picture, "box") == ["w1 5"])
        let counters = picture.levels(of: try! SKUCode("box"), owner: nil)[0].counters
        #expect(counters == PoolCounters(sellable: 5), "nothing of a set is held: its components are")
    }

    @Test("what orders hold of a component is not counted again: not 33 sets, where 33 melons are all promised")
    func promised() {
        var picture = StockPicture(sets: [Self.recipe("box", ["melon": 1, "rice": 500])])
        _ = picture.apply([
            Self.row("melon", PoolCounters(sellable: 33, held: 13, committed: 15, allotted: 5)),
            Self.row("rice", PoolCounters(sellable: 50_000)),
        ])
        #expect(Self.levels(picture, "box") == ["w1 0"])
    }

    @Test("a component that lies nowhere in a warehouse makes it none there, whatever there is of the others")
    func missing() {
        var picture = StockPicture(sets: [Self.recipe("box", ["melon": 1, "rice": 500, "leek": 1])])
        let outcome = picture.apply([
            Self.row("melon", PoolCounters(sellable: 33)), Self.row("rice", PoolCounters(sellable: 50_000)),
        ])
        #expect(Self.levels(picture, "box") == ["w1 0"])
        #expect(outcome.changed.contains { $0.position.sku.rawValue == "box" })
        // In the next one there is of everything.
        _ = picture.apply([Self.row("leek", at: 2, PoolCounters(sellable: 9))])
        #expect(Self.levels(picture, "box") == ["w1 0", "w2 0"])
        _ = picture.apply([
            Self.row("melon", at: 2, PoolCounters(sellable: 4)), Self.row("rice", at: 2, PoolCounters(sellable: 1_999)),
        ])
        #expect(Self.levels(picture, "box") == ["w1 0", "w2 3"])
    }

    @Test("pools that count as much as there are numbers are added up to no more than that")
    func saturated() {
        var picture = StockPicture(sets: [Self.recipe("box", ["melon": 1])])
        _ = picture.apply([
            Self.row("melon", of: 1, PoolCounters(sellable: .max)), Self.row("melon", of: 2, PoolCounters(sellable: 2)),
        ])
        #expect(Self.levels(picture, "box") == ["w1 \(Int64.max)"])
    }

    @Test("one warehouse's pools of a component count together, whoever owns them; a set lies in one warehouse")
    func owners() {
        var picture = StockPicture(sets: [Self.recipe("box", ["melon": 4])])
        _ = picture.apply([
            Self.row("melon", of: 1, PoolCounters(sellable: 3)), Self.row("melon", of: 2, PoolCounters(sellable: 6)),
            Self.row("melon", at: 2, PoolCounters(sellable: 3)),
        ])
        #expect(Self.levels(picture, "box") == ["w1 2", "w2 0"])
    }

    @Test("an owner sees no set: it may be of others' goods")
    func hidden() {
        var picture = StockPicture(sets: [Self.recipe("box", ["melon": 1])])
        _ = picture.apply([Self.row("melon", PoolCounters(sellable: 3))])
        let owner = try! OwnerCode("o1")
        #expect(picture.levels(of: try! SKUCode("box"), owner: owner).isEmpty)
        #expect(picture.page(after: nil, limit: 9, owner: owner).map(\.level.position.sku.rawValue) == ["melon"])
    }

    @Test("each claim on a component is a change of its sets, told once and with a higher version; others are not told")
    func changes() {
        var picture = StockPicture(sets: [
            Self.recipe("box", ["melon": 1, "rice": 1]), Self.recipe("other", ["leek": 1]),
        ])
        _ = picture.apply(Self.codes.map { Self.row($0, PoolCounters(sellable: 9)) })
        let before = picture.levels(of: try! SKUCode("box"), owner: nil)[0].version
        let states = ["melon", "rice"].map {
            PoolState(key: Self.key($0, 1, 1), counters: PoolCounters(sellable: 9, held: 2), version: 2)
        }
        let outcome = picture.apply(states)
        #expect(outcome.changed.map(\.position.sku.rawValue) == ["melon", "rice", "box"])
        let box = picture.levels(of: try! SKUCode("box"), owner: nil)[0]
        #expect(box.counters.available == 7 && box.version > before)
        #expect(picture.apply(states).changed.isEmpty, "the same again")
        #expect(picture.extent == StockPicture.Extent(pools: 3, versions: 5), "a set is no pool")
    }

    @Test("sets stand among the others in a list, and a page goes on behind one")
    func pages() {
        var picture = StockPicture(sets: [Self.recipe("box", ["melon": 1])])
        _ = picture.apply(Self.codes.map { Self.row($0, PoolCounters(sellable: 9)) })
        var (after, found): (StockLevel.Position?, [String]) = (nil, [])
        while let level = picture.page(after: after, limit: 1, owner: nil).first?.level {
            found.append(level.position.sku.rawValue)
            after = level.position
        }
        #expect(found == ["box", "leek", "melon", "rice"])
    }

    @Test("a picture that takes another's place counts its own sets, by what changed meanwhile too")
    func replaced() {
        var picture = StockPicture(sets: [Self.recipe("box", ["melon": 1]), Self.recipe("old", ["melon": 1])])
        _ = picture.apply([Self.row("melon", PoolCounters(sellable: 9))])
        let old = picture
        picture.beginReplacement()
        var new = StockPicture(sets: [Self.recipe("box", ["melon": 3])])
        _ = new.apply([Self.row("melon", PoolCounters(sellable: 9))])
        _ = picture.apply([
            PoolState(key: Self.key("melon", 1, 1), counters: PoolCounters(sellable: 9, held: 4), version: 2)
        ])
        picture.replace(by: new)
        #expect(Self.levels(picture, "box") == ["w1 1"])
        #expect(Self.levels(picture, "old").isEmpty)
        #expect(picture.changes(since: old).map(\.position.sku.rawValue) == ["box", "melon"])
    }
}
