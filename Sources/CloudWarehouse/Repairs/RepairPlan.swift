/// What a repair would post, and what it leaves to people.
public struct RepairPlan: Sendable {
    let balances: [WrongBalance]
    let pools: [WrongPool]
    let counts: [WrongBuyerCount]
    /// What no counter can mend, with what is to be done about it.
    public let cases: [Case]
    /// Whether there may be more than is named here, since of one kind there was as much as is named of any.
    public let isCut: Bool

    /// Something that needs a person.
    public struct Case: Hashable, Sendable {
        /// What differs.
        public let difference: Difference
        /// What is to be done.
        public let remedy: Remedy
    }

    init(_ findings: Verification.Findings, limit: Int = Int(Verification.maximumDifferences)) {
        self.init(
            balances: findings.balances, pools: findings.pools, counts: findings.counts,
            isDoubtful: !findings.contradictions.isEmpty,
            others: findings.contradictions + findings.others,
            isCut: max(findings.balances.count, findings.pools.count, findings.counts.count) >= limit)
    }

    init(
        balances: [WrongBalance], pools: [WrongPool], counts: [WrongBuyerCount], isDoubtful: Bool = false,
        others: [Difference] = [], isCut: Bool = false
    ) {
        var cases: [Case] = []
        func isRepairable(_ remedy: Remedy?, _ differences: [Difference]) -> Bool {
            guard let remedy else { return true }
            cases += differences.map { Case(difference: $0, remedy: remedy) }
            return false
        }
        self.balances = balances.filter { isRepairable($0.remedy, [$0.difference]) }
        self.pools = pools.filter { isRepairable($0.remedy(isDoubtful: isDoubtful), $0.differences) }
        self.counts = counts.filter { isRepairable($0.remedy(isDoubtful: isDoubtful), [$0.difference]) }
        self.cases = cases + others.map { Case(difference: $0, remedy: $0.remedy) }
        self.isCut = isCut
    }

    /// What it would post, the ledger's counters first.
    public var entries: [RepairEntry] {
        balances.map(\.entry) + pools.flatMap(\.entries) + counts.map(\.entry)
    }
}
