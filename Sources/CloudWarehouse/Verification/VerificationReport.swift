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

    /// How much of the audit log is sealed.
    public struct AuditExtent: Hashable, Sendable {
        /// Rows that the seals hold.
        public let sealed: Int64
        /// Rows after the last seal. Whether these were altered, deleted or reordered cannot be told yet.
        public let unsealed: Int64
        /// The last seal; kept outside the database, it tells a later verification whether the chain's end was cut.
        public let last: SealMark?
    }

    /// How much it looked at.
    public let extent: Extent
    /// How much of the audit log it could vouch for.
    public let audit: AuditExtent
    /// What is not as it should be; empty when everything is explained.
    public let differences: [Difference]
}
