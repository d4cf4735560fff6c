/// The pools that a batch has locked: what each has left, and what the batch has changed in it so far.
struct ClaimBook {
    /// One pool.
    struct Entry {
        let key: PoolKey
        /// What may still be claimed.
        private(set) var available: Int64
        /// What the batch adds to its counters.
        private(set) var change = PoolCounters()

        init(key: PoolKey, available: Int64) {
            self.key = key
            self.available = available
        }

        fileprivate mutating func add(_ counters: PoolCounters) {
            change = change + counters
            available -= counters.held + counters.committed
        }
    }

    private(set) var entries: [Entry] = []
    private var indices: [PoolKey: Int] = [:]
    private var shelves: [ID<SKU>: [Int]] = [:]

    /// The pools in key order.
    init(_ pools: [(key: PoolKey, available: Int64)]) {
        entries.reserveCapacity(pools.count)
        for pool in pools {
            indices[pool.key] = entries.count
            shelves[pool.key.sku, default: []].append(entries.count)
            entries.append(Entry(key: pool.key, available: pool.available))
        }
    }

    /// The indices of a SKU's pools, in key order.
    func shelf(of sku: ID<SKU>) -> [Int] { shelves[sku] ?? [] }

    /// Whether the batch has locked that pool.
    func has(_ pool: PoolKey) -> Bool { indices[pool] != nil }

    /// Makes a claim of `quantity` base units at a pool into another: by the difference of what each counts.
    mutating func move(_ quantity: Int64, at key: PoolKey, from old: ClaimState, to new: ClaimState) {
        guard old != new else { return }
        guard let index = indices[key] else { preconditionFailure("a claim on a pool that the batch has not locked") }
        entries[index].add((new.counters + old.counters * -1) * quantity)
    }

    /// What the batch changes, in key order.
    var changes: [(key: PoolKey, change: PoolCounters)] {
        entries.lazy.filter { $0.change != PoolCounters() }.map { (key: $0.key, change: $0.change) }
    }
}
