import EventLoop
public import Postgres

/// Recomputes every counter from the ledger and the orders, in one snapshot, and names each difference.
public struct Verification: Sendable {
    /// The most differences that are named of each kind.
    public static let maximumDifferences: Int32 = 1_000

    private let pool: Pool
    private let deadline: Duration

    /// The verification of the base that the connections of `pool` belong to; each of its queries may take `deadline`.
    public init(pool: Pool, deadline: Duration = .seconds(600)) {
        self.pool = pool
        self.deadline = deadline
    }

    /// Reads everything in one REPEATABLE READ snapshot, which waits for nobody and makes nobody wait.
    public func run() async throws(StockError) -> VerificationReport {
        try await pool.transaction(throwing: StockError.self, .repeatableRead, .readOnly) { transaction in
            let deadline = MonotonicInstant.now().advanced(by: deadline)
            let (extents, balances, pools, totals, states, strays, recipients) = try await transaction.batch(
                LedgerExtent(), BalanceDifferences(limit: Self.maximumDifferences),
                PoolDifferences(limit: Self.maximumDifferences), OrderTotalDifferences(limit: Self.maximumDifferences),
                OrderStateDifferences(limit: Self.maximumDifferences), StrayLines(limit: Self.maximumDifferences),
                StrayRecipients(limit: Self.maximumDifferences),
                deadline: deadline)
            guard let extent = extents.first else { throw PostgresError.misuse("count(*) gave no row") }
            return VerificationReport(
                extent: extent, differences: balances + pools.flatMap { $0 } + totals + states + strays + recipients)
        }
    }
}
