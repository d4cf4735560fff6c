/// The counters of a pool, or a change of them, in base units.
///
/// In a pool each is at least 0, and held, committed and allotted together are at most sellable; the database holds both
/// as CHECKs. Nothing is ever clamped.
public struct PoolCounters: Hashable, Sendable {
    /// Good, released, and long enough to live.
    public var sellable: Int64 = 0
    /// Claimed by unpaid orders.
    public var held: Int64 = 0
    /// Claimed by paid orders, until they are shipped.
    public var committed: Int64 = 0
    /// Ring-fenced for sessions.
    public var allotted: Int64 = 0

    /// Counters with these values.
    public init(sellable: Int64 = 0, held: Int64 = 0, committed: Int64 = 0, allotted: Int64 = 0) {
        self.sellable = sellable
        self.held = held
        self.committed = committed
        self.allotted = allotted
    }

    /// What an order may still claim.
    public var available: Int64 { sellable - held - committed - allotted }

    static func + (left: Self, right: Self) -> Self {
        PoolCounters(
            sellable: left.sellable + right.sellable, held: left.held + right.held,
            committed: left.committed + right.committed, allotted: left.allotted + right.allotted)
    }

    static func * (left: Self, right: Int64) -> Self {
        PoolCounters(
            sellable: left.sellable * right, held: left.held * right, committed: left.committed * right,
            allotted: left.allotted * right)
    }
}
