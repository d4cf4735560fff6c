import EventLoop
public import Postgres

/// Recomputes every counter from the ledger and the orders, holds the orders against what they promise and the audit log
/// against its seals, in one snapshot, and names each difference.
///
/// It knows nothing of repairs: what is true is told by the ledger and the orders alone.
public struct Verification: Sendable {
    /// The most differences that are named of each kind.
    public static let maximumDifferences: Int32 = 1_000

    private let pool: Pool
    private let deadline: Duration
    private let known: SealMark?

    /// The verification of the base that the connections of `pool` belong to; its queries may take `deadline`.
    ///
    /// - Parameter known: A seal of the audit log that was noted outside the database. Without one, rows that were cut off
    ///   the end together with their seals, or a chain that was forged as a whole, are not noticed.
    public init(pool: Pool, deadline: Duration = .seconds(600), known: SealMark? = nil) {
        self.pool = pool
        self.deadline = deadline
        self.known = known
    }

    /// Reads everything in one REPEATABLE READ snapshot, which waits for nobody and makes nobody wait.
    public func run() async throws(StockError) -> VerificationReport {
        try await findings().report
    }

    /// What it found, with the keys of the rows that are wrong.
    func findings() async throws(StockError) -> Findings {
        try await pool.transaction(throwing: StockError.self, .repeatableRead, .readOnly) { transaction in
            let deadline = MonotonicInstant.now().advanced(by: deadline)
            let limit = Self.maximumDifferences
            let (extents, balances, pools, counts) = try await transaction.batch(
                LedgerExtent(), BalanceDifferences(limit: limit), PoolDifferences(limit: limit),
                BuyerCountDifferences(limit: limit), deadline: deadline)
            guard let extent = extents.first else { throw PostgresError.misuse("count(*) gave no row") }
            let orders = try await Self.orders(in: transaction, limit, deadline)
            let (adjustments, reversals, unnumbered, numbers, lease) = try await transaction.batch(
                AdjustmentDifferences(limit: limit), ReversalDifferences(limit: limit), UnnumberedEvents(limit: limit),
                NumbersWithoutEvent(limit: limit), LeaseDifferences(),
                deadline: deadline)
            let (layout, inbounds, loadings, transfers, transferred, stockCounts) = try await transaction.batch(
                LayoutDifferences(limit: limit), InboundDifferences(limit: limit), LoadingDifferences(limit: limit),
                TransferDifferences(limit: limit), TransferredDifferences(limit: limit),
                StockCountDifferences(limit: limit), deadline: deadline)
            let fulfilment = try await Self.fulfilment(in: transaction, limit, deadline)
            let audit = try await AuditVerification(limit: limit, known: known).run(in: transaction, deadline: deadline)
            return Findings(
                extent: extent, audit: audit.extent, balances: balances, pools: pools, counts: counts,
                contradictions: orders.contradictions,
                others: orders.others + adjustments + reversals + unnumbered + numbers + lease + layout + inbounds
                    + loadings + transfers + transferred + stockCounts + fulfilment + audit.differences)
        }
    }

    /// What waves and parcels do not explain.
    private static func fulfilment(
        in transaction: Transaction, _ limit: Int32, _ deadline: MonotonicInstant
    ) async throws(PostgresError) -> [Difference] {
        let (allocations, lines, parcels, picks) = try await transaction.batch(
            AllocationDifferences(limit: limit), BoundLineDifferences(limit: limit), ParcelDifferences(limit: limit),
            PickDifferences(limit: limit), deadline: deadline)
        return allocations + lines.flatMap { $0 } + parcels + picks.flatMap { $0 }
    }

    /// What the orders promise and do not keep: where they contradict themselves, and the rest.
    private static func orders(
        in transaction: Transaction, _ limit: Int32, _ deadline: MonotonicInstant
    ) async throws(PostgresError) -> (contradictions: [Difference], others: [Difference]) {
        let (sums, states, lines, parts, repeated) = try await transaction.batch(
            OrderSumDifferences(limit: limit), OrderStateDifferences(limit: limit), LineDifferences(limit: limit),
            PartDifferences(limit: limit), RepeatedOrders(limit: limit), deadline: deadline)
        let (strayLines, strayTerms, strayRecipients, gaps) = try await transaction.batch(
            StrayLines(limit: limit), StrayTerms(limit: limit), StrayRecipients(limit: limit),
            RecipientGaps(limit: limit), deadline: deadline)
        let contradictions = [sums, states, lines, parts].flatMap { $0.flatMap { $0 } } + strayLines
        return (contradictions, repeated + strayTerms + strayRecipients + gaps)
    }

    /// What a verification found: what counts wrongly by the rows, and the rest.
    struct Findings: Sendable {
        let extent: VerificationReport.Extent
        let audit: VerificationReport.AuditExtent
        let balances: [WrongBalance]
        let pools: [WrongPool]
        let counts: [WrongBuyerCount]
        /// Orders that contradict themselves: as long as there are any, claims explain no counter.
        let contradictions: [Difference]
        let others: [Difference]

        var report: VerificationReport {
            VerificationReport(
                extent: extent, audit: audit,
                differences: balances.map(\.difference) + pools.flatMap(\.differences) + counts.map(\.difference)
                    + contradictions + others)
        }
    }
}
