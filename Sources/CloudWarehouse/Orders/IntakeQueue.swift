/// The orders that wait for a batch, in the order of their coming, each with whoever waits for its answer.
struct IntakeQueue<Waiter> {
    private var waiting: [(order: PlaceOrder, waiter: Waiter)] = []
    private let limits: IntakeLimits

    init(limits: IntakeLimits) {
        self.limits = limits
    }

    var isEmpty: Bool { waiting.isEmpty }
    var count: Int { waiting.count }

    /// Takes an order in, or says that the queue is full.
    mutating func add(_ order: PlaceOrder, _ waiter: Waiter) -> Bool {
        guard waiting.count < limits.queuedOrders else { return false }
        waiting.append((order, waiter))
        return true
    }

    /// The next batch: the oldest orders, as many as a batch may have, and always one if there is one.
    mutating func takeBatch() -> [(order: PlaceOrder, waiter: Waiter)] {
        var count = 0
        var lines = 0
        while count < min(waiting.count, limits.batchOrders) {
            lines += waiting[count].order.lines.count
            guard count == 0 || lines <= limits.batchLines else { break }
            count += 1
        }
        let batch = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        return batch
    }
}
