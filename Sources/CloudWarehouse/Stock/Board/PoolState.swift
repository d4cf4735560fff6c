/// What one pool holds as of a version: of two states the one with the higher version is the newer.
public struct PoolState: Hashable, Sendable {
    /// Which pool.
    public let key: PoolKey
    /// What it holds.
    public let counters: PoolCounters
    /// Grows with every change of the pool.
    public let version: Int64
}

extension PoolState {
    /// The state once ``ClaimFromPools`` has added a change; the same without one.
    func claimed(_ change: PoolCounters?) -> PoolState {
        guard let change else { return self }
        return PoolState(key: key, counters: counters + change, version: version + 1)
    }
}
