public import Postgres

/// What has become of an order line's claim on its pool.
///
/// A claim counts in its pool as ``counters`` says, and moving it from one state to another changes the pool by the
/// difference. The intake writes by this table, and `verify` adds up by it.
public enum ClaimState: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// The order is not paid.
    case held
    /// The order is paid.
    case committed
    /// The order is paid, and the goods are not there: it claims nothing, and waits.
    case short
    /// The goods lie in the parcel.
    case picked
    /// The goods have left, and the pool's sellable has sunk with them.
    case shipped
    /// The claim was given up.
    case released

    /// What one base unit of such a claim counts in its pool.
    public var counters: PoolCounters {
        switch self {
        case .held: PoolCounters(held: 1)
        case .committed, .picked: PoolCounters(committed: 1)
        case .short, .shipped, .released: PoolCounters()
        }
    }

    /// Whether its goods are to be found in a pool yet.
    var isUnclaimed: Bool { self == .short || self == .released }
}
