import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("The picture of the stock")
struct StockPictureTests {
    static func key(_ sku: UInt64, owner: UInt64 = 1) -> PoolKey {
        PoolKey(
            sku: ID(rawValue: .init(high: sku, low: 0)), warehouse: ID(rawValue: .init(high: 1, low: 0)),
            owner: ID(rawValue: .init(high: owner, low: 0)))
    }

    /// A row of SKU `number`, whose code is `sku-NUMBER`; what is sellable is its version times ten.
    static func row(_ number: UInt64, owner: UInt64 = 1, version: Int64, name: String = "甜瓜") -> BoardRow {
        BoardRow(
            key: key(number, owner: owner),
            level: StockLevel(
                position: StockLevel.Position(
                    sku: try! SKUCode("sku-\(number)"), warehouse: Melons.warehouse,
                    owner: try! OwnerCode("owner-\(owner)")),
                name: try! Name(name), unit: .piece, counters: PoolCounters(sellable: version * 10), version: version))
    }

    static func state(_ number: UInt64, owner: UInt64 = 1, version: Int64) -> PoolState {
        PoolState(
            key: key(number, owner: owner), counters: PoolCounters(sellable: version * 10), version: version)
    }

    private static func versions(_ picture: StockPicture) -> [Int64] {
        picture.page(after: nil, limit: 1_000, owner: nil).map(\.level.version)
    }

    @Test("whatever comes, doubled and in any order, the highest version of each pool is shown")
    func anyOrder() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var picture = StockPicture()
            _ = picture.apply([Self.row(1, version: 1), Self.row(2, version: 1)])
            var changes: [(PoolState, asRow: Bool)] = []
            for number: UInt64 in 1...2 {
                for version: Int64 in 1...5 {
                    for asRow in [true, false] { changes.append((Self.state(number, version: version), asRow)) }
                }
            }
            for (state, asRow) in changes.shuffled(using: &generator) {
                let number = state.key.sku == Self.key(1).sku ? UInt64(1) : 2
                let before = picture.level(of: state.key)?.version ?? 0
                _ = asRow ? picture.apply([Self.row(number, version: state.version)]) : picture.apply([state])
                #expect(picture.level(of: state.key)?.version == max(before, state.version))
            }
            #expect(Self.versions(picture) == [5, 5])
            #expect(picture.extent == StockPicture.Extent(pools: 2, versions: 10))
        }
    }

    @Test("an older state changes nothing, and neither does the same one again")
    func older() {
        var picture = StockPicture()
        _ = picture.apply([Self.row(1, version: 5)])
        #expect(picture.apply([Self.state(1, version: 4)]) == StockPicture.Outcome())
        #expect(picture.apply([Self.state(1, version: 5)]) == StockPicture.Outcome())
        #expect(picture.apply([Self.row(1, version: 4, name: "西瓜")]) == StockPicture.Outcome())
        #expect(picture.apply([Self.state(1, version: 6)]).changed.map(\.version) == [6])
    }

    @Test("a new name is shown though the version is the same")
    func renamed() {
        var picture = StockPicture()
        _ = picture.apply([Self.row(1, version: 5)])
        #expect(picture.apply([Self.row(1, version: 5, name: "西瓜")]).changed.map(\.name.rawValue) == ["西瓜"])
    }

    @Test("a state of a pool that is not there names its SKU, to be read, and shows nothing")
    func unknown() {
        var picture = StockPicture()
        _ = picture.apply([Self.row(1, version: 1)])
        let outcome = picture.apply([Self.state(2, version: 1), Self.state(1, owner: 2, version: 1)])
        #expect(outcome.unknown == [Self.key(2).sku, Self.key(1).sku])
        #expect(Self.versions(picture) == [1])
        #expect(picture.skusBehind([(Self.key(1), 1), (Self.key(2), 1)]) == [Self.key(2).sku])
        #expect(picture.skusBehind([(Self.key(1), 2)]) == [Self.key(1).sku])
    }

    @Test("levels stand in the order of their codes, and pages follow each other without gap or overlap")
    func pages() {
        var picture = StockPicture()
        let rows = (1...12).flatMap { number in (1...3).map { Self.row(number, owner: $0, version: 1) } }
        _ = picture.apply(rows.shuffled())
        let all = picture.page(after: nil, limit: 1_000, owner: nil).map(\.level.position)
        #expect(all == rows.map(\.level.position).sorted())
        for size in 1...7 {
            var found: [StockLevel.Position] = []
            while true {
                let page = picture.page(after: found.last, limit: size, owner: nil).map(\.level.position)
                if page.isEmpty { break }
                found += page
            }
            #expect(found == all, "\(size)")
        }
        let gone = StockLevel.Position(sku: try! SKUCode("sku-11z"), warehouse: Melons.warehouse, owner: Melons.owner)
        #expect(picture.page(after: gone, limit: 1, owner: nil).map(\.level.position.sku.rawValue) == ["sku-12"])
    }

    @Test("one owner's levels are found, and no other's")
    func owners() throws {
        var picture = StockPicture()
        _ = picture.apply([
            Self.row(1, owner: 1, version: 1), Self.row(1, owner: 2, version: 2), Self.row(2, owner: 2, version: 3),
        ])
        let (first, second) = (try OwnerCode("owner-1"), try OwnerCode("owner-2"))
        let (mixed, single) = (try SKUCode("sku-1"), try SKUCode("sku-2"))
        #expect(picture.levels(of: mixed, owner: nil).map(\.version) == [1, 2])
        #expect(picture.levels(of: mixed, owner: second).map(\.version) == [2])
        #expect(picture.levels(of: single, owner: second).map(\.version) == [3])
        #expect(picture.levels(of: single, owner: first).isEmpty)
        #expect(picture.levels(of: mixed, owner: try OwnerCode("nobody")).isEmpty)
        #expect(picture.page(after: nil, limit: 10, owner: second).map(\.level.version) == [2, 3])
    }

    @Test("a picture that is read anew takes over older versions, but not of what has changed since it was begun")
    func replacement() {
        var picture = StockPicture()
        _ = picture.apply([Self.row(1, version: 9), Self.row(2, version: 9), Self.row(3, version: 9)])
        var restored = StockPicture()
        _ = restored.apply([Self.row(1, version: 4), Self.row(2, version: 4), Self.row(4, version: 1)])
        picture.beginReplacement()
        _ = picture.apply([Self.state(2, version: 10)])
        let old = picture
        picture.replace(by: restored)
        #expect(Self.versions(picture) == [4, 10, 1], "the third pool is gone")
        #expect(picture.extent == StockPicture.Extent(pools: 3, versions: 15))
        #expect(picture.changes(since: old).map(\.version) == [4, 1])
    }

    @Test("an owner's codes are indexed apart, in order and each once, so that a page of its own walks no others")
    func ownersCodes() {
        var picture = StockPicture()
        let rows =
            (1...50).map { Self.row($0, owner: 1, version: 1) }
            + [3, 27, 41].map { Self.row($0, owner: 2, version: 1) }
        for row in rows.shuffled() + rows.shuffled() { _ = picture.apply([row]) }
        let (own, none) = (try! OwnerCode("owner-2"), try! OwnerCode("owner-3"))
        #expect(picture.codesByOwner[own]?.all.map(\.rawValue) == ["sku-27", "sku-3", "sku-41"])
        #expect(picture.codesByOwner[none] == nil && picture.codes.all.count == 50)
        let first = picture.page(after: nil, limit: 2, owner: own).map(\.level.position)
        #expect(first.map(\.sku.rawValue) == ["sku-27", "sku-3"])
        let rest = picture.page(after: first.last, limit: 2, owner: own).map(\.level.position)
        #expect(rest.map(\.sku.rawValue) == ["sku-41"] && rest.allSatisfy { $0.owner == own })
        #expect(picture.page(after: nil, limit: 9, owner: none).isEmpty)
    }
}
