import EventLoop
public import Postgres

/// Brings counters to what the ledger and the orders explain, and records each: nothing that has happened is rewritten.
///
/// What no counter can mend is left to people, and never touched.
public struct Repair: Sendable {
    private let pool: Pool
    private let deadline: Duration
    /// How long it waits for what somebody else has locked, before it gives up and changes nothing.
    private static let patience = Int64(10_000)

    /// The repair of the base that the connections of `pool` belong to; its queries may take `deadline`.
    public init(pool: Pool, deadline: Duration = .seconds(600)) {
        self.pool = pool
        self.deadline = deadline
    }

    /// What it would post, as one snapshot has it; changes nothing.
    public func plan() async throws(StockError) -> RepairPlan {
        RepairPlan(try await Verification(pool: pool, deadline: deadline).findings())
    }

    /// Posts what is planned, as far as it is still so: each difference is read again under the locks.
    ///
    /// Orders for the SKUs of these pools wait meanwhile; those for others do not.
    /// - Parameter note: What went wrong, if anybody knows.
    /// - Returns: What was posted, in one transaction; without entries when nothing was left to do.
    public func carryOut(
        _ plan: RepairPlan, note: AdjustmentNote? = nil, by principal: Principal
    ) async throws(StockError) -> RepairReport {
        guard !plan.entries.isEmpty else { return .nothing }
        let deadline = MonotonicInstant.now().advanced(by: deadline)
        let (report, skus) = try await pool.transaction(throwing: StockError.self) {
            (transaction) async throws -> (RepairReport, Set<ID<SKU>>) in
            let now = try await transaction.now()
            _ = try await transaction.query(SetLockTimeout(milliseconds: Self.patience))
            let made = try await Self.lock(plan, in: transaction, deadline)
            let found = try await Self.reread(plan, made, in: transaction, deadline)
            let entries = found.entries
            guard !entries.isEmpty else { return (.nothing, []) }
            var ids = IDGenerator(at: now)
            let repair = InsertRepair(id: ids.next(), principal: principal, note: note, at: now)
            let numbered = entries.map { (audit: ids.next(AuditEntry.self), entry: $0) }
            // The pools come last: they are the rows that everybody wants.
            _ = try await transaction.batch(
                repair, InsertRepairEntries(repair: repair, entries: numbered),
                RepairBalances(balances: found.balances), RepairBuyerCounts(counts: found.counts),
                RepairPools(pools: found.pools))
            return (RepairReport(id: repair.id, repairedAt: now, entries: entries), Set(found.pools.map(\.key.sku)))
        }
        await StockNews(pool: pool, feed: nil).tell(of: skus)
        return report
    }

    /// The rows that were missing, and that the transaction has made, of nothing.
    private struct Made {
        let pools: Set<PoolKey>
        let balances: Set<BalanceKey>
    }

    /// Locks the pools in key order, then the balances in theirs: whatever an intake, a delivery or a correction had under way
    /// is committed by then together with its counters, or not seen at all.
    ///
    /// A buyer's count is written under the locks of its SKU's pools. What is missing is made first, since a row that is not
    /// there cannot be locked: where that meets a delivery that makes the same, one of the two is run again.
    private static func lock(
        _ plan: RepairPlan, in transaction: Transaction, _ deadline: MonotonicInstant
    ) async throws(PostgresError) -> Made {
        let guarding = try await transaction.query(
            SKUsGuardingCounts(counts: plan.counts.map(\.key)), deadline: deadline)
        let skus = Set(guarding).union(plan.pools.map(\.key.sku))
        let (pools, _, balances, _) = try await transaction.batch(
            InsertMissingPools(keys: plan.pools.filter { $0.stored == nil }.map(\.key)),
            LockPoolsOfSKUs(skus: Array(skus)),
            InsertMissingBalances(balances: plan.balances.filter { $0.stored == nil }),
            LockBalances(keys: plan.balances.map(\.key)), deadline: deadline)
        return Made(pools: Set(pools), balances: Set(balances))
    }

    /// What is wrong of the plan's rows, read by statements that began under the locks.
    private static func reread(
        _ plan: RepairPlan, _ made: Made, in transaction: Transaction, _ deadline: MonotonicInstant
    ) async throws(PostgresError) -> RepairPlan {
        let (balances, pools, counts) = try await transaction.batch(
            BalanceDifferences(only: plan.balances.map(\.key), limit: .max),
            PoolDifferences(only: plan.pools.map(\.key), limit: .max),
            BuyerCountDifferences(only: plan.counts.map(\.key), limit: .max), deadline: deadline)
        // A pool of nothing that was missing is wrong no more, and yet it was made.
        let wrong = Set(pools.map(\.key))
        let empty = plan.pools.filter { made.pools.contains($0.key) && !wrong.contains($0.key) }
        return RepairPlan(
            balances: balances.map { made.balances.contains($0.key) ? $0.missing : $0 },
            pools: pools.map { made.pools.contains($0.key) ? $0.missing(of: $0.expected) : $0 }
                + empty.map { $0.missing(of: PoolCounters()) },
            counts: counts)
    }
}

extension WrongPool {
    /// The same, as it was before the repair made the row.
    fileprivate func missing(of expected: PoolCounters) -> WrongPool {
        WrongPool(key: key, name: name, isKnown: isKnown, stored: nil, expected: expected)
    }
}

extension WrongBalance {
    /// The same, as it was before the repair made the row.
    fileprivate var missing: WrongBalance {
        WrongBalance(key: key, owner: owner, name: name, stored: nil, expected: expected, allocated: 0)
    }
}

/// What a repair posted.
public struct RepairReport: Sendable {
    /// The record of it; nil when nothing was posted.
    public let id: ID<Repair>?
    /// When, by the database's clock.
    public let repairedAt: Timestamp?
    /// The counters, as they were under the locks.
    public let entries: [RepairEntry]

    static let nothing = RepairReport(id: nil, repairedAt: nil, entries: [])
}
