/// The events that wait for one client: of each key the newest only, so that a slow client skips what is superseded
/// instead of having it pile up. Pure.
///
/// A key keeps its place in the queue when its event is superseded: what changes all the time gets its turn, too. An event
/// is sent with its id only if it is older than all that wait, so that ids may be positions of a feed: a client that comes
/// again with the last one has seen everything up to it, and may see some newer events twice.
public struct EventBuffer<Key: Hashable & Sendable>: Sendable {
    private struct Entry {
        var event: ServerSentEvent
        /// Whether it took the place of an older event of its key.
        var supersedes: Bool
    }

    private let limit: Int
    private let overflow: ServerSentEvent
    private var hasOverflowed = false
    private var queue: [Key] = []
    private var start = 0
    private var waiting: [Key: Entry] = [:]

    /// A buffer in which events of up to `limit` keys wait.
    ///
    /// - Parameter overflow: What stands for all of them once there are more: it tells the client to read everything anew.
    public init(limit: Int, overflow: ServerSentEvent) {
        precondition(limit > 0, "a buffer without room")
        self.limit = limit
        self.overflow = overflow
    }

    /// Whether nothing waits.
    public var isEmpty: Bool { waiting.isEmpty && !hasOverflowed }
    /// How many events wait.
    public var count: Int { waiting.count + (hasOverflowed ? 1 : 0) }

    /// Adds the newest event of a key.
    public mutating func put(_ event: ServerSentEvent, for key: Key) {
        guard waiting.updateValue(Entry(event: event, supersedes: true), forKey: key) == nil else { return }
        guard waiting.count <= limit else { return overflows() }
        waiting[key]?.supersedes = false
        queue.append(key)
    }

    /// Takes out the event that has waited for longest, as it is to be sent.
    public mutating func next() -> [UInt8]? {
        if hasOverflowed {
            hasOverflowed = false
            return overflow.bytes()
        }
        guard start < queue.count, let entry = waiting.removeValue(forKey: queue[start]) else { return nil }
        start += 1
        if start == queue.count {
            queue.removeAll(keepingCapacity: true)
            start = 0
        } else if start > limit {
            queue.removeFirst(start)
            start = 0
        }
        return entry.event.bytes(withID: !entry.supersedes || waiting.isEmpty)
    }

    private mutating func overflows() {
        (queue, start, waiting) = ([], 0, [:])
        hasOverflowed = true
    }
}
