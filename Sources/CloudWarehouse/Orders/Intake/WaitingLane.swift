import EventLoop

/// The commands that wait for rows which somebody else has locked, apart from the others, so that nobody waits with them.
///
/// Those that wait for the same row stand together, in the order of their coming, and what is placed of a SKU that is waited
/// for stands behind them at once. Each row is waited for in its turn, and in every turn whatever is free is decided: which
/// row a command stands for says only what is waited for on its account.
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

    /// Which of these commands may go on, and which would overtake somebody here who came before.
    func split(_ entries: ArraySlice<Entry>) -> (free: [Entry], behind: [(entry: Entry, obstacle: Obstacle)]) {
        var firsts: [Obstacle: UInt64] = [:]
        for (obstacle, waiting) in groups { firsts[obstacle] = waiting.first?.number }
        var (free, behind): ([Entry], [(entry: Entry, obstacle: Obstacle)]) = ([], [])
        for entry in entries {
            let needed = [entry.obstacle].compactMap { $0 } + entry.command.lines.compactMap { obstacles[$0.sku] }
            if let obstacle = needed.first(where: { firsts[$0].map { $0 < entry.number } ?? false }) {
                behind.append((entry, obstacle))
            } else {
                free.append(entry)
            }
        }
        return (free, behind)
    }

    /// Has commands wait, among those that wait for the same row and in the order of their coming, whenever they came into the
    /// lane; `codes` are the SKUs' whose pools are waited for, as far as they are not known here.
    mutating func add(_ waiting: [(entry: Entry, obstacle: Obstacle)], codes: [ID<SKU>: SKUCode] = [:]) {
        var unsorted: Set<Int> = []
        for (entry, obstacle) in waiting {
            if case .sku(let sku) = obstacle, let code = codes[sku] { obstacles[code] = obstacle }
            var entry = entry
            entry.obstacle = obstacle
            guard let index = groups.firstIndex(where: { $0.obstacle == obstacle }) else {
                groups.append((obstacle, [entry]))
                continue
            }
            if let last = groups[index].entries.last, last.number > entry.number { unsorted.insert(index) }
            groups[index].entries.append(entry)
        }
        for index in unsorted { groups[index].entries.sort { $0.number < $1.number } }
        count += waiting.count
    }

    /// The next turn: what is waited for in it, and what may be decided then, in the order of its coming. Nil when none waits.
    ///
    /// Those that wait for this row come first, as many as a batch may have; of those that wait for another each row has its
    /// share of what room is left. A row that nobody waits for any more is forgotten, but not before its turn is over.
    mutating func takeTurn(_ limits: IntakeLimits) -> (obstacle: Obstacle, entries: [Entry])? {
        groups.removeAll { $0.entries.isEmpty }
        let waited = Set(groups.map(\.obstacle))
        obstacles = obstacles.filter { waited.contains($0.value) }
        guard !groups.isEmpty else { return nil }
        groups.append(groups.removeFirst())
        let own = groups.count - 1
        var room = BatchRoom(limits)
        var entries = takeFront(of: own, atMost: .max, &room)
        let share = max(1, (limits.batchOrders - entries.count) / max(1, own))
        for index in 0..<own { entries += takeFront(of: index, atMost: share, &room) }
        count -= entries.count
        entries.sort { $0.number < $1.number }
        return (groups[own].obstacle, entries)
    }

    private mutating func takeFront(of index: Int, atMost most: Int, _ room: inout BatchRoom) -> [Entry] {
        var taken = 0
        for entry in groups[index].entries.prefix(most) where room.admits(entry.command) { taken += 1 }
        let front = Array(groups[index].entries.prefix(taken))
        groups[index].entries.removeFirst(taken)
        return front
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
