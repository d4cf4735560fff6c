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

    init(of wanted: [Wanted], in book: ClaimBook) {
        if wanted.count == 1, let first = wanted[0].choices.first, book.entries[first].available >= wanted[0].quantity {
            slices[wanted[0].sku] = [Slice(entry: first, quantity: wanted[0].quantity)]
            return
        }
        let possible = wanted.filter { want in
            let enough = Self.total(of: want.choices, in: book) >= want.quantity
            if !enough { short.append(want) }
            return enough
        }
        if let parcel = Self.parcel(of: possible, in: book) {
            slices = parcel
            return
        }
        manner = .split
        for want in possible { slices[want.sku] = Self.serve(want, from: want.choices, in: book) }
    }

    /// Everything from one warehouse: the first in the order of the preferred pools that has it all, one of which serves
    /// each SKU from a single pool coming before one that does not.
    private static func parcel(of wanted: [Wanted], in book: ClaimBook) -> [ID<SKU>: [Slice]]? {
        guard let first = wanted.first else { return [:] }
        var tried: [ID<Warehouse>] = []
        var divided: [ID<SKU>: [Slice]]?
        for choice in first.choices {
            let warehouse = book.entries[choice].key.warehouse
            guard !tried.contains(warehouse) else { continue }
            tried.append(warehouse)
            guard let served = serve(wanted, from: warehouse, in: book) else { continue }
            if served.values.allSatisfy({ $0.count == 1 }) { return served }
            divided = divided ?? served
        }
        return divided
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
