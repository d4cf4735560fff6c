import Postgres

/// What a pick makes of the goods that were to be picked, decided without a database: those of the first parcels are found first,
/// and what is missing is bound elsewhere as far as there is any.
struct PickPlan {
    /// Goods that are found, with how much of them.
    private(set) var picked: [(item: StandingItem, quantity: Int64)] = []
    /// Goods of which nothing is found.
    private(set) var givenUp: [StandingItem] = []
    /// What is bound instead, of other lots or from other locations.
    private(set) var rebound: [(item: StandingItem, binding: LotBinding)] = []
    /// How much of lines goes into no parcel.
    private(set) var dropped: [(item: StandingItem, quantity: Int64)] = []

    /// - Parameters:
    ///   - items: What is to be picked, those of the first parcels first.
    ///   - found: How much of it was found.
    ///   - shelves: What may be bound instead, by how cold it stands.
    ///   - storageClass: How cold each parcel has to be; nil for one that is given nothing else, since it must not leave.
    init(
        _ items: [StandingItem], found: Int64, shelves: [Shelf], storageClass: (ID<Parcel>) -> StorageClass?
    ) {
        var binders = Dictionary(grouping: shelves, by: \.storageClass).mapValues { LotBinder($0) }
        var left = found
        for item in items {
            let here = min(left, item.quantity)
            left -= here
            if here > 0 { picked.append((item, here)) } else { givenUp.append(item) }
            let missing = item.quantity - here
            guard missing > 0 else { continue }
            let bindings =
                storageClass(item.parcel).flatMap {
                    binders[$0]?.bind(missing, of: item.goods.sku, owner: item.goods.owner)
                } ?? []
            rebound += bindings.map { (item, $0) }
            let rest = missing - bindings.reduce(0) { $0 + $1.quantity }
            if rest > 0 { dropped.append((item, rest)) }
        }
    }

    /// How much is bound instead.
    var reboundQuantity: Int64 { rebound.reduce(0) { $0 + $1.binding.quantity } }
}
