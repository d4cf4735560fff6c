public import EventLoop
public import Logging

/// Connections with the same options, given out one task at a time.
///
/// The decisions are ``PoolMachine``'s; this carries them out on a loop.
public actor Pool {
    /// How the pool is doing.
    public struct Status: Sendable {
        /// Connections that are up, idle or leased.
        public var connected: Int
        /// Of those, in somebody's hands.
        public var leased: Int
        /// Tasks that wait for one.
        public var waiting: Int
        /// Why the last attempt to connect failed; `nil` once one has succeeded.
        public var lastFailure: ConnectFailure?
    }

    /// The loop that the connections are on.
    public nonisolated let loop: EventLoop
    /// The bounds that it keeps.
    public nonisolated let limits: PoolLimits
    /// The loop, as the executor.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private typealias Lease = Result<(id: Int, connection: Connection), PostgresError>
    private let options: ConnectionOptions
    private let connectionLimits: ConnectionLimits
    /// Where it tells of failures.
    public nonisolated let logger: Logger
    private var machine: PoolMachine
    private var connections: [Int: Connection] = [:]
    private var waiters: [Int: (continuation: CheckedContinuation<Lease, Never>, timer: Timer)] = [:]
    private var nextWaiter = 0
    private var closers: [CheckedContinuation<Void, Never>] = []
    private var finished = false
    /// What refuses those who wait when the loop stops, since no deadline would; from the first of them on.
    private var ending: Ending?

    /// A pool that makes its first connection when it is first asked for one.
    public init(
        _ options: ConnectionOptions, limits: PoolLimits = PoolLimits(),
        connectionLimits: ConnectionLimits = ConnectionLimits(), on loop: EventLoop, logger: Logger
    ) {
        self.options = options
        self.limits = limits
        self.connectionLimits = connectionLimits
        self.loop = loop
        self.logger = logger
        machine = PoolMachine(connectionsAtMost: limits.connections, waitersAtMost: limits.waiters)
    }

    /// How the pool is doing now.
    public var status: Status {
        Status(
            connected: machine.connected, leased: machine.leased, waiting: machine.waiting,
            lastFailure: machine.lastFailure)
    }

    /// Lends a connection for as long as `body` runs.
    ///
    /// - Throws: ``PostgresError/pool(_:)`` when none is to be had by `deadline`, ``PostgresError/cancelled``, or what
    ///   `body` threw.
    public nonisolated func withConnection<Value>(
        deadline: MonotonicInstant? = nil, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        let (id, connection) = try await lease(deadline: deadline)
        do {
            let value = try await body(connection)
            await giveBack(id, connection)
            return value
        } catch {
            await giveBack(id, connection)
            throw error
        }
    }

    /// Runs `body` in a transaction on a connection of its own, again if it failed by 40001 or 40P01.
    ///
    /// `body` may run several times, so it must have no effect but in the database.
    ///
    /// - Throws: As ``Connection/withTransaction(_:_:_:)``; after the last retry the server's error itself.
    public nonisolated func withTransaction<Value>(
        _ isolation: Isolation = .readCommitted, _ access: Access = .readWrite, deadline: MonotonicInstant? = nil,
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        try await withConnection(deadline: deadline) { connection in
            try await retryingTransactions { try await connection.withTransaction(isolation, access, body) }
        }
    }

    /// Runs `transaction` again, within bounds, for as long as it fails by 40001 or 40P01.
    nonisolated func retryingTransactions<Value>(_ transaction: () async throws -> Value) async throws -> Value {
        var runs = 0
        while true {
            do {
                return try await transaction()
            } catch let error as PostgresError where error.isRetryable && runs < limits.transactionRetries {
                runs += 1
                let pause = limits.retryBackoff.delay(afterFailures: runs, jitter: .random(in: 0..<1))
                do throws(EventLoopError) { try await loop.sleep(until: .now().advanced(by: pause)) } catch {
                    throw PostgresError.cancelled
                }
            }
        }
    }

    /// Runs one statement on whichever connection is free.
    public nonisolated func query<S: Statement>(
        _ statement: S, deadline: MonotonicInstant? = nil
    ) async throws(PostgresError) -> [S.Row] {
        let (id, connection) = try await lease(deadline: deadline)
        do throws(PostgresError) {
            let rows = try await connection.query(statement, deadline: deadline)
            await giveBack(id, connection)
            return rows
        } catch {
            await giveBack(id, connection)
            throw error
        }
    }

    /// Gives out nothing more, and waits until every connection is back and closed.
    public func shutDown() async {
        carryOut(machine.close())
        await withCheckedContinuation { whenFinished($0) }
    }

    private func whenFinished(_ continuation: CheckedContinuation<Void, Never>) {
        guard !finished else { return continuation.resume() }
        closers.append(continuation)
    }

    // MARK: Leases

    private func lease(deadline: MonotonicInstant?) async throws(PostgresError) -> (id: Int, connection: Connection) {
        nextWaiter += 1
        let waiter = nextWaiter
        let deadline = deadline ?? loop.now.advanced(by: limits.leaseDeadline)
        let lease = await withTaskCancellationHandler {
            await withCheckedContinuation { ask(waiter, until: deadline, $0) }
        } onCancel: {
            loop.execute { self.assumeIsolated { $0.left(waiter) } }
        }
        return try lease.get()
    }

    /// Looks for a cancellation again: the one that came before the continuation was there found nobody to resume.
    private func ask(_ waiter: Int, until deadline: MonotonicInstant, _ continuation: CheckedContinuation<Lease, Never>)
    {
        guard !Task.isCancelled else { return continuation.resume(returning: .failure(.cancelled)) }
        let timer = loop.schedule(at: deadline) { [weak self] in
            self?.assumeIsolated { $0.carryOut($0.machine.waiterExpired(waiter)) }
        }
        waiters[waiter] = (continuation, timer)
        carryOut(machine.asked(waiter))
        if ending == nil || loop.hasStopped {
            ending = loop.whenStopped { [weak self] in self?.assumeIsolated { $0.loopStopped() } }
        }
    }

    private func loopStopped() {
        let failure = ConnectFailure(kind: .stopped, message: "the event loop was shut down")
        for waiter in waiters.keys where machine.waiterLeft(waiter) { answer(waiter, .failure(.connect(failure))) }
    }

    private func left(_ waiter: Int) {
        guard machine.waiterLeft(waiter) else { return }
        answer(waiter, .failure(.cancelled))
    }

    private func answer(_ waiter: Int, _ lease: Lease) {
        guard let (continuation, timer) = waiters.removeValue(forKey: waiter) else {
            preconditionFailure("waiter \(waiter) of the pool is answered, and has gone")
        }
        loop.cancel(timer)
        continuation.resume(returning: lease)
    }

    private func giveBack(_ id: Int, _ connection: Connection) async {
        let healthy = await connection.settle()
        carryOut(machine.released(id, healthy: healthy))
    }

    // MARK: Carrying out

    private func carryOut(_ actions: [PoolMachine.Action]) {
        for action in actions {
            switch action {
            case .give(let id, let waiter): give(id, to: waiter)
            case .connect(let id): connect(id)
            case .retryLater(let failures): retryLater(failures)
            case .refuse(let waiter, let refusal): answer(waiter, .failure(.pool(refusal)))
            case .close(let id):
                let connection = connections.removeValue(forKey: id)
                Task { await connection?.close() }
            case .finished:
                finished = true
                for closer in closers { closer.resume() }
                closers = []
            }
        }
    }

    private func give(_ id: Int, to waiter: Int) {
        guard let connection = connections[id] else {
            preconditionFailure("the pool gave away connection \(id), which is gone")
        }
        answer(waiter, .success((id, connection)))
    }

    private func connect(_ id: Int) {
        // Not a child of whoever asked: the connection outlives that task. Its time is bounded by connectDeadline.
        Task {
            do throws(PostgresError) {
                let connection = try await Connection.connect(options, limits: connectionLimits, on: loop)
                await connection.onClose { [weak self] error in
                    self?.assumeIsolated { $0.broke(id, error) }
                }
                connections[id] = connection
                carryOut(machine.connected(id))
            } catch {
                let failure: ConnectFailure
                if case .connect(let known) = error {
                    failure = known
                } else {
                    failure = ConnectFailure(kind: .unreachable, message: "\(error)")
                }
                logger.warning("no connection to PostgreSQL", metadata: ["reason": "\(failure.message)"])
                carryOut(machine.connectFailed(id, failure))
            }
        }
    }

    private func broke(_ id: Int, _ error: PostgresError) {
        guard connections.removeValue(forKey: id) != nil else { return }
        logger.warning("a connection to PostgreSQL broke", metadata: ["reason": "\(error)"])
        carryOut(machine.broke(id))
    }

    private func retryLater(_ failures: Int) {
        let pause = limits.backoff.delay(afterFailures: failures, jitter: .random(in: 0..<1))
        loop.schedule(at: loop.now.advanced(by: pause)) { [weak self] in
            self?.assumeIsolated { $0.carryOut($0.machine.retryDue()) }
        }
    }
}
