public import Postgres

/// What a verification found.
public struct VerificationReport: Sendable {
    /// How many rows there are.
    public struct Extent: Hashable, Sendable {
        /// When the snapshot was taken, by the database's clock.
        public let at: Timestamp
        /// Rows of the ledger.
        public let movements: Int64
        /// Rows of balances.
        public let balances: Int64
        /// Pools.
        public let pools: Int64
        /// Orders.
        public let orders: Int64
        /// What all orders cost together.
        public let total: Fen
    }

    /// How much it looked at.
    public let extent: Extent
    /// What is not as it should be; empty when everything is explained.
    public let differences: [Difference]
}
