/// What a new state of one order, or of several, writes, decided without a database.
struct OrderChange {
    /// A line's claim as it is.
    struct Line {
        let order: ID<CustomerOrder>
        let position: Int16
        let pool: PoolKey
        let quantity: Quantity
        let claim: ClaimState
    }

    /// What each claim becomes that is not so already.
    let claims: SetClaims
    /// What each pool changes by, in key order; a pool that stays as it is, is not among them.
    let pools: [(key: PoolKey, change: PoolCounters)]

    /// The change of the orders of these lines to a state: each claim by the difference of ``ClaimState/counters``.
    init(lines: [Line], to state: OrderState) {
        let changed = lines.filter { $0.claim != state.claim }
        claims = SetClaims(claims: changed.map { (order: $0.order, position: $0.position, claim: state.claim) })
        var pools: [PoolKey: PoolCounters] = [:]
        for line in changed {
            let change = (state.claim.counters + line.claim.counters * -1) * line.quantity.rawValue
            pools[line.pool] = (pools[line.pool] ?? PoolCounters()) + change
        }
        self.pools = pools.filter { $0.value != PoolCounters() }.map { (key: $0.key, change: $0.value) }
            .sorted { $0.key < $1.key }
    }
}
