import Postgres

/// By what rules a batch chooses among pools, and what its choices so far have changed for the next ones.
struct SourcingBook {
    /// The rules of the SKUs that have a choice.
    let criteria: [ID<SKU>: SourcingCriteria]
    private let zones: [DeliveryZone]
    private var regions: [ID<CustomerOrder>: String]
    private var merits: [PoolKey: PoolMerits]
    private var lastTurns: [ID<SKU>: Int64] = [:]
    /// What is to be added to what orders were given from each pool, and its new turn.
    private(set) var changes: [PoolKey: (taken: Int64, turn: Int64)] = [:]

    init(_ snapshot: IntakeSnapshot) {
        criteria = snapshot.criteria
        zones = snapshot.zones
        regions = snapshot.regions
        merits = snapshot.merits
        for (key, merit) in merits { lastTurns[key.sku] = max(lastTurns[key.sku] ?? 0, merit.turn) }
    }

    /// Where an order of the batch goes.
    mutating func goes(_ order: ID<CustomerOrder>, to region: String?) {
        if !zones.isEmpty, let region { regions[order] = region }
    }

    /// The rule by which an order chooses among these pools of a SKU; nil where there is none, or nothing to choose.
    func rule(for order: ID<CustomerOrder>, _ sku: ID<SKU>, _ quantity: Int64, among pools: [PoolKey]) -> SourcingRule?
    {
        guard pools.count > 1, let criteria = criteria[sku] else { return nil }
        let ranks = regions[order].map { DeliveryZone.ranks(of: zones, in: $0) } ?? [:]
        return SourcingRule(
            criteria, for: quantity,
            among: pools.map { pool in
                var merit = merits[pool] ?? PoolMerits()
                merit.rank = ranks[pool.warehouse]
                return merit
            })
    }

    /// An order was given so much from a pool. What it gives back later was its turn all the same.
    mutating func gave(_ quantity: Int64, from pool: PoolKey) {
        guard criteria[pool.sku]?.countsChoices == true else { return }
        let turn = (lastTurns[pool.sku] ?? 0) + 1
        lastTurns[pool.sku] = turn
        var merit = merits[pool] ?? PoolMerits()
        merit.taken = Self.sum(merit.taken, quantity)
        merit.turn = turn
        merits[pool] = merit
        changes[pool] = (Self.sum(changes[pool]?.taken ?? 0, quantity), turn)
    }

    /// More than can be counted is counted as the most that can.
    private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }
}
