import Postgres

/// Puts the pools that could serve an order in order, by criteria.
///
/// Quotas are Tijdeman's: of the pools whose share would let them serve this order by now, the one that could least put it
/// off. With orders of one size none is ever a whole order away from its share.
struct SourcingRule {
    let criteria: [SourcingCriterion]
    /// What the order wants of the SKU, in base units.
    let quantity: Int64
    private let merits: [PoolMerits]
    private let due: [Due?]

    /// When a pool is to serve next by its share. Exact, as fractions: the number of the service by which it has to have served.
    private struct Due {
        /// Whether its share lets it serve this order already.
        let isOpen: Bool
        /// How long it can put it off.
        let slack: Int128
        let weight: Int128

        func isBefore(_ other: Due) -> Bool? {
            if isOpen != other.isOpen { return isOpen }
            let (left, right) = (slack * other.weight, other.slack * weight)
            return left == right ? nil : left < right
        }
    }

    /// A rule for pools with these merits.
    init(_ criteria: SourcingCriteria, for quantity: Int64, among merits: [PoolMerits]) {
        self.criteria = criteria.all
        self.quantity = quantity
        self.merits = merits
        due = criteria.all.contains(.quota) ? Self.due(merits, quantity) : []
    }

    /// The pools, the preferred first; those that nothing tells apart stay as they were.
    var order: [Int] {
        merits.indices.sorted { left, right in verdict(left, right)?.isFirst ?? (left < right) }
    }

    /// The criteria by which a pool comes before others.
    func reasons(for pool: Int) -> [SourcingCriterion] {
        let decisive = merits.indices.compactMap { other -> SourcingCriterion? in
            guard other != pool, let verdict = verdict(pool, other), verdict.isFirst else { return nil }
            return verdict.criterion
        }
        return criteria.filter(decisive.contains)
    }

    /// Whether the left one comes first, and by what; nil when nothing tells them apart.
    private func verdict(_ left: Int, _ right: Int) -> (isFirst: Bool, criterion: SourcingCriterion)? {
        for criterion in criteria {
            if let isFirst = isFirst(left, right, by: criterion) { return (isFirst, criterion) }
        }
        return nil
    }

    private func isFirst(_ left: Int, _ right: Int, by criterion: SourcingCriterion) -> Bool? {
        switch criterion {
        case .quota: Self.isFirst(due[left], due[right]) { $0.isBefore($1) }
        case .rotation: Self.isLess(merits[left].turn, merits[right].turn)
        case .earliestExpiry:
            Self.isFirst(merits[left].expiresOn, merits[right].expiresOn) {
                Self.isLess($0.daysSince1970, $1.daysSince1970)
            }
        case .nearest: Self.isFirst(merits[left].rank, merits[right].rank) { Self.isLess($0, $1) }
        }
    }

    /// What has a merit comes before what has none.
    private static func isFirst<Merit>(_ left: Merit?, _ right: Merit?, _ isFirst: (Merit, Merit) -> Bool?) -> Bool? {
        switch (left, right) {
        case (let left?, let right?): isFirst(left, right)
        case (nil, nil): nil
        case (_?, nil): true
        case (nil, _?): false
        }
    }

    private static func isLess<Value: Comparable>(_ left: Value, _ right: Value) -> Bool? {
        left == right ? nil : left < right
    }

    // MARK: Quotas

    /// Weights are at most 10,000 and quantities 10^19 together, so nothing here leaves 128 bits.
    private static func due(_ merits: [PoolMerits], _ quantity: Int64) -> [Due?] {
        let sharing = merits.filter { $0.weight > 0 }
        let weights = sharing.reduce(Int128(0)) { $0 + Int128($1.weight) }
        let total = sharing.reduce(Int128(quantity)) { $0 + Int128($1.taken) }
        let steps = Int128(max(1, 2 * sharing.count - 2))
        return merits.map { merit in
            guard merit.weight > 0 else { return nil }
            let weight = Int128(merit.weight)
            // How far it is behind its share once this order is served, in `weights`-ths of a base unit.
            let lag = (weight * total - Int128(merit.taken) * weights) * steps
            let whole = weights * Int128(quantity)
            return Due(isOpen: lag >= whole, slack: (steps - 1) * whole - lag, weight: weight)
        }
    }
}
