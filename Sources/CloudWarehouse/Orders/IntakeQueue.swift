import EventLoop

/// The orders that wait for a batch, in the order of their coming, each with whoever waits for its answer.
struct IntakeQueue<Waiter> {
    typealias Entry = (order: PlaceOrder, waiter: Waiter)

    private var waiting: [(entry: Entry, deadline: MonotonicInstant)] = []
    private let limits: IntakeLimits

    init(limits: IntakeLimits) {
        self.limits = limits
    }

    var isEmpty: Bool { waiting.isEmpty }
    var count: Int { waiting.count }

    /// When the first order has waited for too long; nil if none waits.
    var deadline: MonotonicInstant? { waiting.first?.deadline }

    /// Takes an order in, or says that the queue is full.
    mutating func add(_ order: PlaceOrder, _ waiter: Waiter, at now: MonotonicInstant) -> Bool {
        guard waiting.count < limits.queuedOrders else { return false }
        waiting.append(((order, waiter), now.advanced(by: limits.queueDeadline)))
        return true
    }

    /// Removes the orders that have waited for too long; no batch will have them.
    mutating func takeExpired(at now: MonotonicInstant) -> [Entry] {
        take(waiting.firstIndex { $0.deadline > now } ?? waiting.count)
    }

    /// Removes all of them.
    mutating func takeAll() -> [Entry] {
        take(waiting.count)
    }

    /// The next batch: the oldest orders, as many as a batch may have, and always one if there is one.
    mutating func takeBatch() -> [Entry] {
        var count = 0
        var lines = 0
        while count < min(waiting.count, limits.batchOrders) {
            lines += waiting[count].entry.order.lines.count
            guard count == 0 || lines <= limits.batchLines else { break }
            count += 1
        }
        return take(count)
    }

    private mutating func take(_ count: Int) -> [Entry] {
        let taken = waiting.prefix(count).map(\.entry)
        waiting.removeFirst(count)
        return taken
    }
}
