public import EventLoop
public import Postgres

/// Wakes those who wait for events. However many wait, the database is asked by one, four times a second, and while nobody waits
/// not at all: it needs no LISTEN, and any server may number.
public actor EventWatch {
    /// Why a wait is over.
    public enum Waking: Hashable, Sendable {
        /// There are events that were not there before, or it is not known whether there are.
        case news
        /// There are none, and the time is over: to read would be in vain.
        case time
    }

    private struct Waiter {
        let number: Int64
        let until: MonotonicInstant
        let continuation: CheckedContinuation<Waking, Never>
    }

    /// Where those who wait take a place first, so that there are not too many of them.
    public nonisolated let places: EventPlaces
    private let pool: Pool
    private let loop: EventLoop
    private let pause: Duration
    private var waiters: [Waiter] = []
    private var isLooking = false

    /// The loop of the pool's connections.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// A watch over the events of the base that the connections of `pool` belong to; those of several loops share their places.
    public init(pool: Pool, places: EventPlaces = EventPlaces(), pause: Duration = .milliseconds(250)) {
        self.pool = pool
        self.places = places
        loop = pool.loop
        self.pause = pause
    }

    /// Waits until there is an event of a greater number, or until then.
    ///
    /// - Parameter place: That of whoever waits, who has one wait at a time.
    public func wait(at place: EventPlace, beyond number: Int64, until: MonotonicInstant) async -> Waking {
        defer { withExtendedLifetime(place) {} }
        return await withCheckedContinuation { admit(Waiter(number: number, until: until, continuation: $0)) }
    }

    private func admit(_ waiter: Waiter) {
        waiters.append(waiter)
        guard !isLooking else { return }
        isLooking = true
        // Not a child of whoever waits: others wait for it too. It ends with the last of them, each of whom has an end.
        Task(executorPreference: loop) { await self.look() }
    }

    private func look() async {
        while !waiters.isEmpty {
            let answer = try? await pool.query(NewestEventNumber(), deadline: .now().advanced(by: .seconds(1)))
            let now = MonotonicInstant.now()
            wake { waiter in
                // Where the database does not answer, those who wait find out when they ask.
                guard let answer else { return waiter.until <= now ? .news : nil }
                // Nothing was ever numbered where there is no lease.
                if waiter.number < answer.first ?? 0 { return .news }
                return waiter.until <= now ? .time : nil
            }
            if waiters.isEmpty { break }
            do throws(EventLoopError) { try await loop.sleep(until: now.advanced(by: pause)) } catch {
                wake { _ in .news }
            }
        }
        isLooking = false
    }

    private func wake(_ reason: (Waiter) -> Waking?) {
        let all = waiters
        waiters = []
        for waiter in all {
            if let waking = reason(waiter) {
                waiter.continuation.resume(returning: waking)
            } else {
                waiters.append(waiter)
            }
        }
    }
}
