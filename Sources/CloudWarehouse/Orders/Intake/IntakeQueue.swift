import EventLoop

/// A command that waits for its batch, and whoever waits for its answer.
struct IntakeEntry<Waiter> {
    let command: OrderCommand
    let waiter: Waiter
    /// When it has waited for too long.
    let deadline: MonotonicInstant
    /// Whether a run before may have committed it, so that nobody can say that it is not done.
    var isInDoubt = false
    /// Its place in the order of coming.
    var number: UInt64 = 0
    /// What it has waited for; nil until it had to wait.
    var obstacle: IntakeSnapshot.Obstacle?
}

/// The commands that wait for a batch, in the order of their coming.
struct IntakeQueue<Waiter> {
    typealias Entry = IntakeEntry<Waiter>

    private var waiting: [Entry] = []
    private let limits: IntakeLimits

    init(limits: IntakeLimits) {
        self.limits = limits
    }

    var isEmpty: Bool { waiting.isEmpty }
    var count: Int { waiting.count }

    /// When the first one has waited for too long; nil if none waits.
    var deadline: MonotonicInstant? { waiting.first?.deadline }

    /// Takes a command in, behind the others.
    mutating func add(_ entry: Entry) {
        waiting.append(entry)
    }

    /// Removes those that have waited for too long; no batch will have them.
    mutating func takeExpired(at now: MonotonicInstant) -> [Entry] {
        take(waiting.firstIndex { $0.deadline > now } ?? waiting.count)
    }

    /// Removes all of them.
    mutating func takeAll() -> [Entry] {
        take(waiting.count)
    }

    /// The next batch: the oldest, as many as a batch may have, and always one if there is one.
    mutating func takeBatch() -> [Entry] {
        take(limits.batch(of: waiting))
    }

    private mutating func take(_ count: Int) -> [Entry] {
        let taken = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        return taken
    }
}

/// What a batch has room for.
struct BatchRoom {
    private var orders: Int
    private var lines: Int
    private var isEmpty = true

    init(_ limits: IntakeLimits) {
        orders = limits.batchOrders
        lines = limits.batchLines
    }

    /// Whether the batch has room for one more, which then is taken; the first one always has. Once one has none, none has.
    mutating func admits(_ command: OrderCommand) -> Bool {
        orders -= 1
        lines -= command.lineCount
        defer { isEmpty = false }
        return orders >= 0 && (isEmpty || lines >= 0)
    }
}

extension IntakeLimits {
    /// How many of the first of these commands go into one batch.
    func batch<Waiter>(of entries: [IntakeEntry<Waiter>]) -> Int {
        var room = BatchRoom(self)
        return entries.firstIndex { !room.admits($0.command) } ?? entries.count
    }
}

extension IntakeEntry: Sendable where Waiter: Sendable {}
