/// Which pools an order's goods are to come from: one parcel first, then several, the preferred first.
///
/// A parcel leaves from one warehouse, so an order is served from one if any of its choices has everything; in it, each SKU
/// from one owner's pool if one has enough, else from several. Only then it is split: each SKU from one pool somewhere, at
/// last from several. Nothing is taken here.
struct Allocation {
    /// So much of a SKU at one pool.
    struct Slice: Equatable {
        let entry: Int
        var quantity: Int64
    }

    /// What is wanted of one SKU, all lines and parts together.
    struct Wanted {
        let sku: ID<SKU>
        let quantity: Int64
        /// How many lines and parts want it.
        let lines: Int
        /// Its pools, the preferred first.
        let choices: [Int]
        /// The rule that prefers them so; nil without one.
        var rule: SourcingRule?

        /// Why a pool is among its preferred ones.
        func reasons(for entry: Int, on shelf: [Int]) -> [SourcingCriterion] {
            guard let rule, let index = shelf.firstIndex(of: entry) else { return [] }
            return rule.reasons(for: index)
        }
    }

    /// The slices of each SKU; none for a SKU of which there is not enough.
    private(set) var slices: [ID<SKU>: [Slice]] = [:]
    /// The SKUs of which there is not enough.
    private(set) var short: [Wanted] = []
    /// How it was split.
    private(set) var manner = Manner.oneParcel

    /// How an order's goods lie.
    enum Manner: String {
        /// Everything in one warehouse.
        case oneParcel = "one_parcel"
        /// In several.
        case split = "split"
    }

    /// - Parameter claimed: Where other goods of the order are claimed already.
    init(of wanted: [Wanted], beside claimed: Set<ID<Warehouse>> = [], in book: ClaimBook) {
        if wanted.count == 1, claimed.isEmpty, let first = wanted[0].choices.first,
            book.entries[first].available >= wanted[0].quantity
        {
            slices[wanted[0].sku] = [Slice(entry: first, quantity: wanted[0].quantity)]
            return
        }
        let possible = wanted.filter { want in
            let enough = Self.total(of: want.choices, in: book) >= want.quantity
            if !enough { short.append(want) }
            return enough
        }
        if possible.isEmpty { return }
        if let parcel = Self.parcel(of: possible, beside: claimed, in: book) {
            slices = parcel.slices
            if !claimed.isSubset(of: [parcel.warehouse]) { manner = .split }
            return
        }
        manner = .split
        for want in possible {
            let near = want.choices.filter { claimed.contains(book.entries[$0].key.warehouse) }
            slices[want.sku] = Self.serve(want, from: near, in: book) ?? Self.serve(want, from: want.choices, in: book)
        }
    }

    // MARK: One parcel

    /// Everything from one warehouse.
    private struct Parcel {
        let warehouse: ID<Warehouse>
        let slices: [ID<SKU>: [Slice]]
        /// What is less comes first: where goods of the order are claimed already, what serves each SKU from a single pool, then
        /// what the rules of all SKUs together prefer.
        let rank: (isElsewhere: Int, isDivided: Int, preference: Int)
    }

    /// The best warehouse that has it all; of those that are as good, the first in the order of the preferred pools.
    private static func parcel(
        of wanted: [Wanted], beside claimed: Set<ID<Warehouse>>, in book: ClaimBook
    ) -> Parcel? {
        guard let first = wanted.first else { return nil }
        // The pools of the first SKU are in the order of its own rule.
        let hasOtherRules = wanted.dropFirst().contains { $0.rule != nil }
        var tried: Set<ID<Warehouse>> = []
        var best: Parcel?
        for choice in first.choices {
            let warehouse = book.entries[choice].key.warehouse
            guard tried.insert(warehouse).inserted, let slices = serve(wanted, from: warehouse, in: book) else {
                continue
            }
            let isDivided = slices.values.contains { $0.count > 1 }
            let parcel = Parcel(
                warehouse: warehouse, slices: slices,
                rank: (
                    claimed.isEmpty || claimed.contains(warehouse) ? 0 : 1, isDivided ? 1 : 0,
                    hasOtherRules ? preference(of: slices, for: wanted) : 0
                ))
            if best.map({ parcel.rank < $0.rank }) ?? true { best = parcel }
            if let best, !hasOtherRules, best.rank == (0, 0, 0) { break }
        }
        return best
    }

    /// How far back the pools are that would serve, added up over the SKUs that have a rule: the less, the better.
    private static func preference(of slices: [ID<SKU>: [Slice]], for wanted: [Wanted]) -> Int {
        wanted.reduce(0) { sum, want in
            guard want.rule != nil, let entry = slices[want.sku]?.first?.entry else { return sum }
            return sum + (want.choices.firstIndex(of: entry) ?? 0)
        }
    }

    private static func serve(
        _ wanted: [Wanted], from warehouse: ID<Warehouse>, in book: ClaimBook
    ) -> [ID<SKU>: [Slice]]? {
        var served: [ID<SKU>: [Slice]] = [:]
        for want in wanted {
            let near = want.choices.filter { book.entries[$0].key.warehouse == warehouse }
            guard let slices = serve(want, from: near, in: book) else { return nil }
            served[want.sku] = slices
        }
        return served
    }

    /// One SKU from one of these pools if one has enough, else from as many as it takes; nil when all have too little.
    private static func serve(_ want: Wanted, from choices: [Int], in book: ClaimBook) -> [Slice]? {
        if let one = choices.first(where: { book.entries[$0].available >= want.quantity }) {
            return [Slice(entry: one, quantity: want.quantity)]
        }
        var left = want.quantity
        var slices: [Slice] = []
        for choice in choices where left > 0 {
            let taken = min(left, book.entries[choice].available)
            guard taken > 0 else { continue }
            slices.append(Slice(entry: choice, quantity: taken))
            left -= taken
        }
        return left == 0 ? slices : nil
    }

    // MARK: Its pieces

    /// What would be in so many pieces that the order had more lines than it may get. A line that comes from several pools gets
    /// a part for each, and a pool that is used up divides one line.
    ///
    /// - Parameter room: How many lines it may get.
    func beyond(_ wanted: [Wanted], room: Int) -> [Wanted] {
        var left = room
        return wanted.filter { want in
            guard let count = slices[want.sku]?.count, count > 1 else { return false }
            let parts = count - 1 + min(want.lines, count - 1)
            guard parts <= left else { return true }
            left -= parts
            return false
        }
    }

    /// These SKUs are not served after all.
    mutating func leave(_ wanted: [Wanted]) {
        for want in wanted {
            slices[want.sku] = nil
            short.append(want)
        }
    }

    private static func total(of choices: [Int], in book: ClaimBook) -> Int64 {
        choices.reduce(0) { $0.addingSaturated(max(0, book.entries[$1].available)) }
    }

    /// What all its pools have left of a SKU together.
    static func available(_ want: Wanted, in book: ClaimBook) -> Int64 { total(of: want.choices, in: book) }
}
