import Postgres

/// Goods of one lot at one location that may be bound: good, released, long enough to live, and free.
struct Shelf: Hashable {
    let sku: ID<SKU>
    let owner: ID<Owner>
    let lot: ID<Lot>
    let location: ID<Location>
    let storageClass: StorageClass
    /// The last good day; nil for what keeps.
    let expiresOn: CalendarDate?
    /// When pickers come by; nil: after those that have a place.
    let walk: PickSequence?
    /// How much of it is bound to nobody.
    let free: Int64

    /// What expires first goes first; then what came first, then what is first on the walk.
    static func goesBefore(_ left: Shelf, _ right: Shelf) -> Bool {
        let (leftEnd, rightEnd) = (left.expiresOn?.daysSince1970 ?? .max, right.expiresOn?.daysSince1970 ?? .max)
        if leftEnd != rightEnd { return leftEnd < rightEnd }
        if left.lot != right.lot { return left.lot < right.lot }
        let (leftWalk, rightWalk) = (left.walk?.rawValue ?? .max, right.walk?.rawValue ?? .max)
        return leftWalk == rightWalk ? left.location < right.location : leftWalk < rightWalk
    }
}

/// What a parcel is to hold, of one lot, from one location.
struct LotBinding: Hashable {
    let lot: ID<Lot>
    let location: ID<Location>
    let storageClass: StorageClass
    var quantity: Int64
}

/// Binds lots to lines, first expired first out.
///
/// A pure function of what it was given: what may be bound at all, whoever reads the shelves decides.
struct LotBinder {
    private struct Key: Hashable {
        let sku: ID<SKU>
        let owner: ID<Owner>
    }

    private var shelves: [Key: [Shelf]] = [:]
    private var free: [Key: [Int64]] = [:]
    /// The first shelf of each that something is left of.
    private var first: [Key: Int] = [:]
    private var left: [Key: Int64] = [:]

    init(_ all: some Sequence<Shelf>) {
        for shelf in all where shelf.free > 0 {
            let key = Key(sku: shelf.sku, owner: shelf.owner)
            shelves[key, default: []].append(shelf)
            left[key, default: 0] = left[key, default: 0].addingSaturated(shelf.free)
        }
        for key in shelves.keys {
            shelves[key]?.sort(by: Shelf.goesBefore)
            free[key] = shelves[key]?.map(\.free)
        }
    }

    /// How much is left of a SKU and owner.
    func left(of sku: ID<SKU>, owner: ID<Owner>) -> Int64 { left[Key(sku: sku, owner: owner)] ?? 0 }

    /// Binds as much of `quantity` as there is, and gives what it has bound.
    mutating func bind(_ quantity: Int64, of sku: ID<SKU>, owner: ID<Owner>) -> [LotBinding] {
        let key = Key(sku: sku, owner: owner)
        guard let shelves = shelves[key] else { return [] }
        var wanted = quantity
        var index = first[key] ?? 0
        var bindings: [LotBinding] = []
        while wanted > 0, index < shelves.count {
            let there = free[key]?[index] ?? 0
            let taken = min(wanted, there)
            if taken > 0 {
                let shelf = shelves[index]
                bindings.append(
                    LotBinding(
                        lot: shelf.lot, location: shelf.location, storageClass: shelf.storageClass, quantity: taken))
                free[key]?[index] -= taken
                wanted -= taken
            }
            if taken == there { index += 1 }
        }
        first[key] = index
        left[key, default: 0] -= quantity - wanted
        return bindings
    }
}
