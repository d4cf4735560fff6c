import EventLoop
import PostgresTesting
import Testing

@testable import Postgres

@Suite struct RetryTests {
    @Test(
        "a transaction that fails for a passing reason again and again is given up after so many runs, with that reason",
        arguments: [SQLState.serializationFailure, .deadlockDetected])
    func bounded(state: SQLState) async throws {
        var limits = PoolLimits()
        limits.transactionRetries = 3
        try await withPool(limits: limits) { pool in
            let runs = Lock(0)
            let failure = await sqlState {
                try await pool.withTransaction { tx in
                    let run = runs.withLock { runs in
                        runs += 1
                        return runs
                    }
                    // Far beyond the limit it would succeed, so that a missing bound fails this test instead of hanging it.
                    guard run <= 20 else { return }
                    _ = try await tx.connection.execute(
                        sql: "DO $$ BEGIN RAISE EXCEPTION 'passing' USING ERRCODE = '\(state)'; END $$")
                }
            }
            #expect(failure == state)
            #expect(runs.withLock { $0 } == 4, "once, and three times again")
        }
    }
}
