import EventLoop
public import Postgres

/// Recomputes every counter from the ledger and the orders, and holds the audit log against its seals, in one snapshot, and
/// names each difference.
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
        try await pool.transaction(throwing: StockError.self, .repeatableRead, .readOnly) { transaction in
            let deadline = MonotonicInstant.now().advanced(by: deadline)
            let (extents, balances, pools, totals, states, strays, recipients, unnumbered, numbers, lease) =
                try await transaction.batch(
                    LedgerExtent(), BalanceDifferences(limit: Self.maximumDifferences),
                    PoolDifferences(limit: Self.maximumDifferences),
                    OrderTotalDifferences(limit: Self.maximumDifferences),
                    OrderStateDifferences(limit: Self.maximumDifferences), StrayLines(limit: Self.maximumDifferences),
                    StrayRecipients(limit: Self.maximumDifferences),
                    UnnumberedEvents(limit: Self.maximumDifferences),
                    NumbersWithoutEvent(limit: Self.maximumDifferences),
                    LeaseDifferences(),
                    deadline: deadline)
            let (adjustments, reversals) = try await transaction.batch(
                AdjustmentDifferences(limit: Self.maximumDifferences),
                ReversalDifferences(limit: Self.maximumDifferences), deadline: deadline)
            guard let extent = extents.first else { throw PostgresError.misuse("count(*) gave no row") }
            let audit = try await AuditVerification(limit: Self.maximumDifferences, known: known).run(
                in: transaction, deadline: deadline)
            return VerificationReport(
                extent: extent, audit: audit.extent,
                differences: balances + pools.flatMap { $0 } + totals + states + strays + recipients + unnumbered
                    + numbers + lease + adjustments + reversals + audit.differences)
        }
    }
}
