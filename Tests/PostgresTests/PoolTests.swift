import EventLoop
import Logging
import PostgresTesting
import Testing

@testable import Postgres

private func small(_ connections: Int, waiters: Int = 100) -> PoolLimits {
    var limits = PoolLimits()
    limits.connections = connections
    limits.waiters = waiters
    return limits
}

@Suite struct PoolTests {
    @Test("many tasks share few connections, and no connection is with two at once")
    func sharing() async throws {
        try await withPool(limits: small(3)) { pool in
            let inUse = Lock<[Int32: Int]>([:])
            let most = Lock(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<60 {
                    group.addTask { @Sendable in
                        try await pool.withConnection { connection in
                            let process = await connection.backendProcess
                            let holders = inUse.withLock { table in
                                table[process, default: 0] += 1
                                return table[process]!
                            }
                            most.withLock { $0 = max($0, holders) }
                            _ = try await connection.execute(sql: "SELECT pg_sleep(0.001)")
                            inUse.withLock { $0[process]! -= 1 }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(most.withLock { $0 } == 1)
            #expect(inUse.withLock { $0.count } <= 3)
        }
    }

    @Test(
        "an exhausted pool: a deadline passes for the waiter, the bound refuses the next, and both find it of use later"
    )
    func exhaustion() async throws {
        try await withPool(limits: small(1, waiters: 1)) { pool in
            try await pool.withConnection { _ in
                let waiting = Task {
                    try await pool.withConnection(deadline: .now().advanced(by: .seconds(20))) { _ in }
                }
                let queued = try await eventually { await pool.status.waiting == 1 }
                #expect(queued)
                await #expect {
                    try await pool.withConnection { _ in }
                } throws: {
                    if case PostgresError.pool(.tooManyWaiters) = $0 { true } else { false }
                }
                waiting.cancel()
                await #expect {
                    try await waiting.value
                } throws: {
                    if case PostgresError.cancelled = $0 { true } else { false }
                }
                await #expect {
                    try await pool.withConnection(deadline: .now().advanced(by: .milliseconds(30))) { _ in }
                } throws: {
                    if case PostgresError.pool(.deadlineExceeded(lastFailure: nil)) = $0 { true } else { false }
                }
                let status = await pool.status
                #expect(status.waiting == 0)
            }
            try await pool.withConnection { _ = try await $0.execute(sql: "SELECT 1") }
        }
    }

    @Test("tasks cancelled in whatever moment leave no connection lent and nobody waiting")
    func cancelledAtRandom() async throws {
        try await withPool(limits: small(2)) { pool in
            for round in 0..<60 {
                let tasks = (0..<6).map { _ in
                    Task { try await pool.withConnection { _ = try await $0.execute(sql: "SELECT pg_sleep(0.002)") } }
                }
                for (index, task) in tasks.enumerated() where (index + round) % 2 == 0 {
                    for _ in 0..<(round % 7) { await Task.yield() }
                    task.cancel()
                }
                for task in tasks { _ = await task.result }
            }
            #expect(await pool.status.waiting == 0)
            // Both are to be had at once: none was lost.
            try await pool.withConnection { _ in
                try await pool.withConnection { _ = try await $0.execute(sql: "SELECT 1") }
            }
        }
    }

    @Test(
        "what a cancelled task has left running is not inherited: the next one gets a connection, and the server stops it"
    )
    func abandoned() async throws {
        try await withConnection { watcher in
            try await withPool(limits: small(1)) { pool in
                let process = Lock<Int32>(0)
                let abandoned = Task {
                    try await pool.withConnection { connection in
                        let own = await connection.backendProcess
                        process.withLock { $0 = own }
                        _ = try await connection.execute(sql: "SELECT pg_sleep(60)")
                    }
                }
                let runs = try await eventually {
                    try await watcher.isRunning("SELECT pg_sleep(60)", in: process.withLock { $0 })
                }
                #expect(runs)
                abandoned.cancel()
                // On the connection that was left, this would wait for 60 s, and its deadline come first.
                let next = try await pool.withConnection { connection in
                    try await connection.execute(sql: "SELECT 1", deadline: .now().advanced(by: .seconds(20)))
                    return await connection.backendProcess
                }
                await #expect(throws: PostgresError.self) { try await abandoned.value }
                let left = process.withLock { $0 }
                #expect(next != left)
                let gone = try await eventually { try await watcher.hasGone(left) }
                #expect(gone)
            }
        }
    }

    @Test("what a cancelled task has left is waited for if it ends soon, and the connection is kept")
    func abandonedBriefly() async throws {
        var patient = ConnectionLimits()
        patient.abandonedDeadline = .seconds(20)
        try await withPool(limits: small(1), connectionLimits: patient) { pool in
            let process = Lock<Int32>(0)
            let abandoned = Task {
                try await pool.withConnection { connection in
                    let own = await connection.backendProcess
                    process.withLock { $0 = own }
                    _ = try await connection.execute(sql: "SELECT pg_sleep(0.2)")
                }
            }
            #expect(try await eventually { process.withLock { $0 } != 0 })
            abandoned.cancel()
            await #expect(throws: PostgresError.self) { try await abandoned.value }
            let next = try await pool.withConnection { await $0.backendProcess }
            #expect(next == process.withLock { $0 })
        }
    }

    @Test("a pool that is shut down refuses, and waits for the connection that is still lent")
    func shutDown() async throws {
        try await withPool(limits: small(1)) { pool in
            let order = Lock<[String]>([])
            let held = Task {
                try await pool.withConnection { connection in
                    order.withLock { $0.append("lent") }
                    _ = try await connection.execute(sql: "SELECT pg_sleep(0.1)")
                    order.withLock { $0.append("back") }
                }
            }
            let lent = try await eventually { order.withLock { $0 == ["lent"] } }
            #expect(lent)
            await pool.shutDown()
            order.withLock { $0.append("down") }
            try await held.value
            #expect(order.withLock { $0 } == ["lent", "back", "down"])
            await #expect {
                try await pool.withConnection { _ in }
            } throws: {
                if case PostgresError.pool(.closed) = $0 { true } else { false }
            }
        }
    }

    @Test("while connecting fails, the next attempt comes when the delay is over, and no sooner")
    func pausesBetweenAttempts() async throws {
        var limits = small(1)
        limits.backoff.first = .seconds(3_600)
        limits.backoff.longest = .seconds(3_600)
        let attempts = AttemptLog()
        try await withLoop { loop in
            // Nobody listens on this port, which the kernel says at once.
            let pool = try Pool(
                ConnectionOptions("host=127.0.0.1 port=1 user=nobody dbname=nowhere"), limits: limits, on: loop,
                logger: Logger(label: "test", factory: { _ in attempts }))
            for _ in 0..<3 {
                await #expect {
                    try await pool.withConnection(deadline: .now().advanced(by: .milliseconds(100))) { _ in }
                } throws: {
                    if case PostgresError.pool(.deadlineExceeded(lastFailure: .some)) = $0 { true } else { false }
                }
            }
            #expect(attempts.count == 1)
            await pool.shutDown()
        }
    }

    @Test(
        "the delay between attempts doubles up to its bound, and jitter takes off at most half",
        arguments: [
            (1, 0.0, 50), (2, 0.0, 100), (3, 0.0, 200), (8, 0.0, 5_000), (1_000_000, 0.0, 5_000), (1, 0.9999, 25),
            (3, 0.5, 150),
        ])
    func delays(failures: Int, jitter: Double, milliseconds: Int) {
        let delay = Backoff().delay(afterFailures: failures, jitter: jitter)
        let exact = Duration.milliseconds(milliseconds)
        #expect(delay >= exact && delay < exact + .milliseconds(1))
    }
}

/// Counts what the pool warns of.
private final class AttemptLog: LogHandler {
    private let messages = Lock(0)
    var count: Int { messages.withLock { $0 } }
    var logLevel: Logger.Level {
        get { .warning }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) { messages.withLock { $0 += 1 } }
}
