/// Every pool of a base as values, ordered by the codes of SKU, warehouse and owner. Knows neither database nor clock.
///
/// Whatever comes, in whatever order and however often, each pool shows the highest version that came. The only way back is
/// a picture read anew as a whole, since a database may be restored to an earlier state.
struct StockPicture: Sendable {
    /// How much it shows: two pictures of the same pools differ in it.
    struct Extent: Hashable, Sendable {
        var pools: Int64 = 0
        /// The sum of all versions.
        var versions: Int64 = 0
    }

    /// What came of applying a change.
    struct Outcome: Equatable {
        /// The levels that now show something else.
        var changed: [StockLevel] = []
        /// SKUs with pools that the picture does not have: they are to be read.
        var unknown: Set<ID<SKU>> = []
    }

    /// The pools of one SKU, in the order of their levels. A set's has levels only.
    struct Shelf: Sendable {
        var keys: [PoolKey] = []
        var levels: [StockLevel] = []
    }

    private(set) var shelves: [SKUCode: Shelf] = [:]
    /// The codes of all shelves, in order.
    private(set) var codes = CodeIndex()
    /// The codes of those shelves on which an owner has a pool, so that a page of one owner's costs no more than it gives.
    private(set) var codesByOwner: [OwnerCode: CodeIndex] = [:]
    private(set) var extent = Extent()
    /// The sets that it counts.
    var sets: [SKUCode: SetRecipe] = [:]
    /// The sets of which each SKU is a component.
    var setsByComponent: [SKUCode: [SKUCode]] = [:]
    private var codesByID: [ID<SKU>: SKUCode] = [:]
    /// The pools that changed since a picture that is to take this one's place was begun; nil when none is.
    private var touched: Set<PoolKey>?

    /// A picture without sets that shows nothing yet.
    init() {}

    /// What a pool shows; nil when it is not there.
    func level(of key: PoolKey) -> StockLevel? {
        guard let code = codesByID[key.sku], let shelf = shelves[code] else { return nil }
        return shelf.keys.firstIndex(of: key).map { shelf.levels[$0] }
    }

    // MARK: Changes

    /// Shows states that were committed; pools that are not there yet are named, since a state has no codes.
    mutating func apply(_ states: [PoolState]) -> Outcome {
        var outcome = Outcome()
        for state in states {
            guard let old = level(of: state.key) else {
                outcome.unknown.insert(state.key.sku)
                continue
            }
            guard state.version > old.version else { continue }
            let level = StockLevel(
                position: old.position, name: old.name, unit: old.unit, counters: state.counters,
                version: state.version)
            put(level, at: state.key)
            outcome.changed.append(level)
        }
        outcome.changed += recount(outcome.changed)
        return outcome
    }

    /// Shows rows that were read; at the same version too, since a name has none.
    mutating func apply(_ rows: [BoardRow]) -> Outcome {
        var outcome = Outcome()
        for row in rows {
            let old = level(of: row.key)
            if let old, old.version > row.level.version || old == row.level { continue }
            put(row.level, at: row.key)
            outcome.changed.append(row.level)
        }
        outcome.changed += recount(outcome.changed)
        return outcome
    }

    /// The SKUs of those pools that are not there or show an older version.
    func skusBehind(_ versions: [(key: PoolKey, version: Int64)]) -> Set<ID<SKU>> {
        Set(versions.lazy.filter { level(of: $0.key)?.version ?? -1 < $0.version }.map(\.key.sku))
    }

    // MARK: Beginning anew

    /// A picture that is to take this one's place is being read: what changes from now on may be newer than that.
    mutating func beginReplacement() {
        touched = []
    }

    /// It could not be read.
    mutating func giveUpReplacement() {
        touched = nil
    }

    /// Takes over what was read since ``beginReplacement()``, older versions too, but for pools that changed meanwhile.
    mutating func replace(by new: StockPicture) {
        let recent = (touched ?? []).compactMap { key in level(of: key).map { BoardRow(key: key, level: $0) } }
        self = new
        _ = apply(recent)
    }

    /// The levels that this picture shows and `old` does not show so.
    func changes(since old: StockPicture) -> [StockLevel] {
        codes.all.flatMap { code -> [StockLevel] in
            guard let shelf = shelves[code] else { return [] }
            if shelf.keys.isEmpty {
                let known = old.shelves[code]?.levels ?? []
                return shelf.levels.filter { !known.contains($0) }
            }
            return zip(shelf.keys, shelf.levels).filter { old.level(of: $0) != $1 }.map(\.1)
        }
    }

    /// Shows what a set's components have come to.
    mutating func show(_ levels: [StockLevel], ofSet code: SKUCode) {
        if shelves[code] == nil { codes.insert(code) }
        shelves[code] = Shelf(levels: levels)
    }

    private mutating func put(_ level: StockLevel, at key: PoolKey) {
        let code = level.position.sku
        var shelf = shelves.removeValue(forKey: code) ?? Shelf()
        if let index = shelf.keys.firstIndex(of: key) {
            extent.versions += level.version - shelf.levels[index].version
            shelf.levels[index] = level
        } else {
            if shelf.keys.isEmpty {
                codesByID[key.sku] = code
                codes.insert(code)
            }
            if let owner = level.position.owner { codesByOwner[owner, default: CodeIndex()].insert(code) }
            extent.pools += 1
            extent.versions += level.version
            let index = shelf.levels.firstIndex { level.position < $0.position } ?? shelf.levels.count
            shelf.levels.insert(level, at: index)
            shelf.keys.insert(key, at: index)
        }
        shelves[code] = shelf
        touched?.insert(key)
    }
}
