public import EventLoop
public import Postgres

/// Wakes those who wait for events. However many wait, the database is asked by one, four times a second, and while nobody waits
/// not at all: it needs no LISTEN, and any server may number.
public actor EventWatch {
    private struct Waiter {
        let number: Int64
        let until: MonotonicInstant
        let continuation: CheckedContinuation<Bool, Never>
    }

    private let pool: Pool
    private let loop: EventLoop
    private let pause: Duration
    private let waitingAtMost: Int
    private var waiters: [Waiter] = []
    private var isLooking = false

    /// The loop of the pool's connections.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// A watch over the events of the base that the connections of `pool` belong to.
    public init(pool: Pool, pause: Duration = .milliseconds(250), waitingAtMost: Int = 1_024) {
        self.pool = pool
        loop = pool.loop
        self.pause = pause
        self.waitingAtMost = waitingAtMost
    }

    /// Waits until there is an event of a greater number, or until then; false where too many wait already.
    public func wait(beyond number: Int64, until: MonotonicInstant) async -> Bool {
        await withCheckedContinuation { admit(Waiter(number: number, until: until, continuation: $0)) }
    }

    private func admit(_ waiter: Waiter) {
        guard waiters.count < waitingAtMost else { return waiter.continuation.resume(returning: false) }
        waiters.append(waiter)
        guard !isLooking else { return }
        isLooking = true
        // Not a child of whoever waits: others wait for it too. It ends with the last of them, each of whom has an end.
        Task(executorPreference: loop) { await self.look() }
    }

    private func look() async {
        while !waiters.isEmpty {
            // Where the database does not answer, those who wait find out when they ask.
            let newest = try? await pool.query(NewestEventNumber(), deadline: .now().advanced(by: .seconds(1))).first
            let now = MonotonicInstant.now()
            let isDone = { (waiter: Waiter) in waiter.number < newest ?? 0 || waiter.until <= now }
            let done = waiters.filter(isDone)
            waiters.removeAll(where: isDone)
            for waiter in done { waiter.continuation.resume(returning: true) }
            if waiters.isEmpty { break }
            do throws(EventLoopError) { try await loop.sleep(until: now.advanced(by: pause)) } catch {
                for waiter in waiters { waiter.continuation.resume(returning: true) }
                waiters = []
            }
        }
        isLooking = false
    }
}
