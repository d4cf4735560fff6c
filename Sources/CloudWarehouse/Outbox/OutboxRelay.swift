import EventLoop
import FoundationEssentials
import Logging
public import Postgres

internal import class CoreMetrics.Counter

/// Numbers committed events, so that whoever reads them can resume.
///
/// The ids of events are of the time at which their transactions began: one that commits late has a smaller id than those
/// that are numbered already. So no look starts where the last one ended: each reaches back for a while and takes whatever
/// has no number, and a look at everything that is not settled follows now and then.
///
/// Any number of relays may run; one of them holds the lease, the others stand by until it is released or expires.
/// Somebody has to run ``run()`` and to end it by ``close()``.
public actor OutboxRelay {
    /// What came of one look.
    public enum Pass: Hashable, Sendable {
        /// Another relay holds the lease.
        case standsBy
        /// So many events were numbered.
        case numbered(Int)
    }

    private let pool: Pool
    private let limits: RelayLimits
    private let numberedEvents = Counter(label: "yuncang_relay_events_total")
    private let failedLooks = Counter(label: "yuncang_relay_failures_total")
    private nonisolated let loop: EventLoop
    private let holder = ID<RelayHolder>(rawValue: UUID())
    /// When everything was looked at last; nil if it has to be.
    private var sweptAt: Timestamp?
    private var nap: Task<EventLoopError?, Never>?
    private var isClosing = false

    /// The loop of the pool's connections.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// A relay of the base that the connections of `pool` belong to.
    public init(pool: Pool, limits: RelayLimits = RelayLimits()) {
        self.pool = pool
        self.limits = limits
        loop = pool.loop
    }

    /// Numbers events as they come until the relay is closed; to be run once, and not to be cancelled.
    public func run() async {
        var failures = 0
        while !isClosing {
            do throws(PostgresError) {
                let pass = try await pass()
                failures = 0
                if case .numbered(let count) = pass { numberedEvents.increment(by: count) }
                if pass == .numbered(Int(limits.batch)) { continue }
                await rest(limits.pause)
            } catch {
                if failures == 0 { pool.logger.warning("events are not numbered", metadata: ["cause": "\(error)"]) }
                failures += 1
                failedLooks.increment()
                await rest(max(limits.pause, Backoff().delay(afterFailures: failures, jitter: .random(in: 0..<1))))
            }
        }
        await release()
    }

    /// Finishes the look that is under way and gives the lease to whoever stands by; then ``run()`` returns.
    public func close() {
        isClosing = true
        nap?.cancel()
    }

    /// Looks once, and numbers up to a batch of what it finds, in one transaction.
    public func pass() async throws(PostgresError) -> Pass {
        let (limits, holder, sweptAt) = (limits, holder, sweptAt)
        do {
            let (pass, swept) = try await pool.withTransaction { transaction in
                try await Self.look(limits, as: holder, sweptAt: sweptAt, in: transaction)
            }
            self.sweptAt = swept
            return pass
        } catch {
            // The next look is at everything, since nobody knows what this one has done.
            self.sweptAt = nil
            throw error as? PostgresError ?? .misuse("\(error)")
        }
    }

    private static func look(
        _ limits: RelayLimits, as holder: ID<RelayHolder>, sweptAt: Timestamp?, in transaction: Transaction
    ) async throws -> (Pass, sweptAt: Timestamp?) {
        let (clock, leases) = try await transaction.batch(DatabaseClock(), LockRelayLease())
        guard let now = clock.first, var lease = leases.first else {
            throw PostgresError.misuse("there is no lease for the outbox")
        }
        if lease.isTaken(from: holder, at: now) { return (.standsBy, nil) }
        // Whoever takes it over does not know what its holder has overlooked.
        let isNew = lease.holder != holder
        let sweeps = isNew || sweptAt.map { $0.advanced(by: limits.sweep) <= now } ?? true
        let recent = ID<OutboxEvent>(firstAt: now.advanced(by: .zero - limits.recent))
        let numbered = try await transaction.execute(
            NumberEvents(
                from: sweeps ? lease.settledBefore : max(lease.settledBefore, recent), after: lease.lastNumber,
                limit: limits.batch))
        let hasSwept = sweeps && numbered < limits.batch
        let writes = isNew || numbered > 0 || hasSwept || lease.isWaning(at: now, of: limits.lease)
        if writes {
            lease.holder = holder
            lease.expiresAt = now.advanced(by: limits.lease)
            lease.lastNumber += Int64(numbered)
            let settled = ID<OutboxEvent>(firstAt: now.advanced(by: .zero - limits.settled))
            if hasSwept { lease.settledBefore = max(lease.settledBefore, settled) }
            try await transaction.execute(UpdateRelayLease(lease: lease))
        }
        return (.numbered(numbered), hasSwept ? now : sweeps ? nil : sweptAt)
    }

    private func release() async {
        do throws(PostgresError) {
            _ = try await pool.query(ReleaseRelayLease(holder: holder))
        } catch {
            pool.logger.notice("the outbox's lease was not released", metadata: ["cause": "\(error)"])
        }
    }

    private func rest(_ pause: Duration) async {
        guard !isClosing else { return }
        let nap = Task<EventLoopError?, Never>(executorPreference: loop) { [loop] in
            do throws(EventLoopError) { try await loop.sleep(until: .now().advanced(by: pause)) } catch { return error }
            return nil
        }
        self.nap = nap
        // On a loop that has stopped there is no time to wait for, and no connection.
        if await nap.value == .stopped { isClosing = true }
    }
}
