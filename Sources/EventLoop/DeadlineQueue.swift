internal import HeapModule

/// A deadline that was asked for; good for cancelling it.
public struct Timer: Hashable, Sendable {
    let number: UInt64
}

/// Deadlines and what to do when they pass, in the order of their time, and of their asking where times are equal.
struct DeadlineQueue<Body> {
    private struct Entry: Comparable {
        let instant: MonotonicInstant
        let number: UInt64

        static func < (left: Entry, right: Entry) -> Bool {
            (left.instant, left.number) < (right.instant, right.number)
        }
    }

    /// Cancelled entries stay in the heap until they come up, or until they are more than half of it.
    private static var staleAllowed: Int { 64 }

    private var heap = Heap<Entry>()
    private var bodies: [UInt64: Body] = [:]
    private var nextNumber: UInt64 = 0

    /// How many deadlines are waiting.
    var count: Int { bodies.count }
    /// How many entries the heap holds, cancelled ones included.
    var storedEntries: Int { heap.count }

    mutating func insert(at instant: MonotonicInstant, _ body: Body) -> Timer {
        nextNumber += 1
        bodies[nextNumber] = body
        heap.insert(Entry(instant: instant, number: nextNumber))
        return Timer(number: nextNumber)
    }

    /// Forgets a deadline; one that has passed or was cancelled before is no error.
    mutating func cancel(_ timer: Timer) {
        guard bodies.removeValue(forKey: timer.number) != nil else { return }
        if heap.count > 2 * bodies.count + Self.staleAllowed {
            heap = Heap(heap.unordered.filter { bodies[$0.number] != nil })
        }
    }

    /// The next deadline, if there is one.
    mutating func next() -> MonotonicInstant? {
        while let entry = heap.min {
            if bodies[entry.number] != nil { return entry.instant }
            heap.removeMin()
        }
        return nil
    }

    /// Takes out the earliest deadline that is not after `now`.
    mutating func popExpired(at now: MonotonicInstant) -> Body? {
        while let entry = heap.min, entry.instant <= now {
            heap.removeMin()
            if let body = bodies.removeValue(forKey: entry.number) { return body }
        }
        return nil
    }

    /// Forgets every deadline.
    mutating func removeAll() {
        heap = Heap()
        bodies = [:]
    }
}
