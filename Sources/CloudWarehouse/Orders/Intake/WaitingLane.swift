import EventLoop

/// The commands that wait for rows which somebody else has locked, apart from the others, so that nobody waits with them.
///
/// Those that wait for the same row stand together, in the order of their coming, and what is placed of a SKU that is waited
/// for stands behind them at once.
struct WaitingLane<Waiter> {
    typealias Entry = IntakeEntry<Waiter>
    typealias Obstacle = IntakeSnapshot.Obstacle

    private var groups: [(obstacle: Obstacle, entries: [Entry])] = []
    private var obstacles: [SKUCode: Obstacle] = [:]
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// When the first of all has waited for too long; nil if none waits.
    var deadline: MonotonicInstant? { groups.lazy.compactMap(\.entries.first?.deadline).min() }

    /// What a command would have to wait for, as far as it can be told without asking the database.
    func obstacle(of command: OrderCommand) -> Obstacle? {
        guard !obstacles.isEmpty, case .place(let order) = command else { return nil }
        return order.lines.lazy.compactMap { obstacles[$0.sku] }.first
    }

    /// Has a command wait behind the others that wait for the same row; `code` is the SKU's, if the row is a pool's.
    mutating func add(_ entry: Entry, for obstacle: Obstacle, code: SKUCode?) {
        if let code { obstacles[code] = obstacle }
        if let index = groups.firstIndex(where: { $0.obstacle == obstacle }) {
            groups[index].entries.append(entry)
        } else {
            groups.append((obstacle, [entry]))
        }
        count += 1
    }

    /// The commands at the front of the next group, as many as a batch may have, and what they wait for. The rest of the group
    /// goes to the end: every row has its turn.
    mutating func takeBatch(_ limits: IntakeLimits) -> (obstacle: Obstacle, entries: [Entry])? {
        guard !groups.isEmpty else { return nil }
        var (obstacle, entries) = groups.removeFirst()
        let batch = Array(entries.prefix(limits.batch(of: entries)))
        entries.removeFirst(batch.count)
        count -= batch.count
        groups.append((obstacle, entries))
        return (obstacle, batch)
    }

    /// The row could not be had: these are the first to try again when it has its turn.
    mutating func putBack(_ entries: some Collection<Entry>, for obstacle: Obstacle) {
        guard let index = groups.firstIndex(where: { $0.obstacle == obstacle }) else {
            preconditionFailure("a group of the lane is gone before its batch is over")
        }
        groups[index].entries.insert(contentsOf: entries, at: 0)
        count += entries.count
    }

    /// A batch that waited for this row is over: if no other waits for it, it is not waited for any more.
    mutating func finished(_ obstacle: Obstacle) {
        guard let index = groups.firstIndex(where: { $0.obstacle == obstacle }), groups[index].entries.isEmpty else {
            return
        }
        groups.remove(at: index)
        obstacles = obstacles.filter { $0.value != obstacle }
    }

    /// Removes those that have waited for too long. Their groups stay until they have had their turn.
    mutating func takeExpired(at now: MonotonicInstant) -> [Entry] {
        take { $0.deadline <= now }
    }

    /// Removes all of them.
    mutating func takeAll() -> [Entry] {
        take { _ in true }
    }

    private mutating func take(_ isTaken: (Entry) -> Bool) -> [Entry] {
        var taken: [Entry] = []
        for index in groups.indices {
            taken.append(contentsOf: groups[index].entries.filter(isTaken))
            groups[index].entries.removeAll(where: isTaken)
        }
        count -= taken.count
        return taken
    }
}
