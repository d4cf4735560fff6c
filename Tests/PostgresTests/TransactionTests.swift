import EventLoop
import PostgresTesting
import Testing

@testable import Postgres

private struct Oops: Error {}

@Suite struct TransactionTests {
    @Test("a transaction is committed when its body returns and rolled back when it throws, with the body's own error")
    func commitAndRollBack() async throws {
        try await withConnection { connection in
            try await connection.execute(sql: "CREATE TEMP TABLE t (n int)")
            try await connection.withTransaction { tx in
                _ = try await tx.connection.execute(sql: "INSERT INTO t VALUES (1)")
            }
            await #expect(throws: Oops.self) {
                try await connection.withTransaction { tx in
                    _ = try await tx.connection.execute(sql: "INSERT INTO t VALUES (2)")
                    throw Oops()
                }
            }
            let count: Int64 = try await connection.value("SELECT count(*) FROM t")
            #expect(count == 1)
        }
    }

    @Test("a body that swallows a statement's failure does not get a commit")
    func swallowedFailure() async throws {
        try await withConnection { connection in
            await #expect {
                try await connection.withTransaction { tx in
                    _ = try? await tx.connection.execute(sql: "SELECT 1/0")
                }
            } throws: {
                if case PostgresError.rolledBack = $0 { true } else { false }
            }
        }
    }

    @Test("a cancelled transaction is rolled back, and the connection is of use afterwards")
    func cancelled() async throws {
        var patient = ConnectionLimits()
        patient.abandonedDeadline = .seconds(20)
        try await withConnection { holder in
            try await withConnection(limits: patient) { connection in
                try await holder.execute(sql: "SELECT pg_advisory_lock(20260618)")
                try await connection.execute(sql: "CREATE TEMP TABLE t (n int)")
                let task = Task {
                    try await connection.withTransaction { tx in
                        _ = try await tx.connection.execute(sql: "INSERT INTO t VALUES (1)")
                        _ = try await tx.connection.execute(sql: "SELECT pg_advisory_xact_lock(20260618)")
                    }
                }
                let waits = try await eventually {
                    try await holder.value(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 20260618 AND NOT granted"
                    )
                        as Int64 == 1
                }
                #expect(waits)
                task.cancel()
                // Asked after the cancellation, on the same loop: so that has arrived.
                #expect(await !connection.isIdle)
                // The rollback comes after the statement, which somebody has to let go.
                try await holder.execute(sql: "SELECT pg_advisory_unlock(20260618)")
                await #expect(throws: PostgresError.self) { try await task.value }
                let count: Int64 = try await connection.value("SELECT count(*) FROM t")
                #expect(count == 0)
            }
        }
    }

    @Test("a cancelled transaction whose statement goes on is rolled back by the end of its session, and soon")
    func cancelledWhileRunning() async throws {
        try await withConnection { watcher in
            try await withConnection { connection in
                let process = await connection.backendProcess
                let task = Task {
                    try await connection.withTransaction { tx in
                        _ = try await tx.connection.execute(sql: "SELECT pg_sleep(60)")
                    }
                }
                let runs = try await eventually { try await watcher.isRunning("SELECT pg_sleep(60)", in: process) }
                #expect(runs)
                task.cancel()
                await #expect { try await task.value } throws: {
                    if case PostgresError.cancelled = $0 { true } else { false }
                }
                #expect(await connection.closedBy != nil)
                let gone = try await eventually { try await watcher.hasGone(process) }
                #expect(gone)
            }
        }
    }

    @Test("two serializable transactions that cannot both have been first: one is run again, and both count")
    func serializationFailureIsRetried() async throws {
        try await withPool { pool in
            try await withTable("serial_retry", "n int8 NOT NULL", rows: "(0)") { table in
                let runs = Lock(0)
                let bump: @Sendable () async throws -> Void = {
                    try await pool.withTransaction(.serializable) { tx in
                        let now: Int64 = try await tx.connection.value("SELECT n FROM \(table)")
                        runs.withLock { $0 += 1 }
                        // Both have read before either writes.
                        _ = try await eventually { runs.withLock { $0 } >= 2 }
                        var parameters = Parameters()
                        parameters.append(now + 1)
                        _ = try await tx.connection.execute(sql: "UPDATE \(table) SET n = $1", parameters)
                    }
                }
                async let one: Void = bump()
                async let other: Void = bump()
                _ = try await (one, other)
                let total: Int64 = try await pool.withConnection { try await $0.value("SELECT n FROM \(table)") }
                #expect(total == 2)
                #expect(runs.withLock { $0 } == 3, "the one that came second is run once more")
            }
        }
    }

    @Test("a deadlock's victim is run again")
    func deadlockIsRetried() async throws {
        try await withPool { pool in
            try await withTable("deadlock_retry", "id int PRIMARY KEY, n int8 NOT NULL", rows: "(1, 0), (2, 0)") {
                table in
                let ready = Lock(0)
                let swap: @Sendable (Int, Int) async throws -> Void = { first, second in
                    try await pool.withTransaction { tx in
                        _ = try await tx.connection.execute(sql: "UPDATE \(table) SET n = n + 1 WHERE id = \(first)")
                        ready.withLock { $0 += 1 }
                        _ = try await eventually { ready.withLock { $0 } >= 2 }
                        _ = try await tx.connection.execute(sql: "UPDATE \(table) SET n = n + 1 WHERE id = \(second)")
                    }
                }
                async let one: Void = swap(1, 2)
                async let other: Void = swap(2, 1)
                _ = try await (one, other)
                let total: Int64 = try await pool.withConnection {
                    try await $0.value("SELECT sum(n)::int8 FROM \(table)")
                }
                #expect(total == 4)
                let updates = ready.withLock { $0 }
                #expect(updates >= 3, "there was no deadlock: this tested nothing")
            }
        }
    }

    @Test("other errors are not run again")
    func othersAreNotRetried() async throws {
        try await withPool { pool in
            let runs = Lock(0)
            let state = await sqlState {
                try await pool.withTransaction { tx in
                    runs.withLock { $0 += 1 }
                    _ = try await tx.connection.execute(sql: "SELECT 1/0")
                }
            }
            #expect(state == SQLState(rawValue: "22012"))
            let count = runs.withLock { $0 }
            #expect(count == 1)
        }
    }

    @Test("a backend ended in the midst of COMMIT leaves the outcome unknown: neither failure nor success")
    func killedDuringCommit() async throws {
        try await withConnection { connection in
            // The sleep at commit comes from a deferred trigger; the product's own schema has none.
            try await connection.execute(sql: "CREATE TEMP TABLE slow (n int)")
            try await connection.execute(
                sql:
                    "CREATE FUNCTION pg_temp.nap() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(30); RETURN NULL; END'"
            )
            try await connection.execute(
                sql:
                    "CREATE CONSTRAINT TRIGGER nap AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pg_temp.nap()"
            )
            let process = await connection.backendProcess
            let committing = Task {
                try await connection.withTransaction { tx in
                    _ = try await tx.connection.execute(sql: "INSERT INTO slow VALUES (1)")
                }
            }
            try await withConnection { killer in
                var parameters = Parameters()
                parameters.append(process)
                let inCommit = try await eventually {
                    try await killer.value(
                        "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND query = 'COMMIT' AND state = 'active'",
                        parameters) as Int64 == 1
                }
                #expect(inCommit)
                // Cancelling the task must not make it give up on COMMIT's answer.
                committing.cancel()
                try await killer.execute(sql: "SELECT pg_terminate_backend($1)", parameters)
            }
            await #expect { try await committing.value } throws: {
                if case PostgresError.commitOutcomeUnknown = $0 { true } else { false }
            }
        }
    }

    @Test(
        "what an answer to COMMIT means",
        arguments: [
            ("COMMIT", nil, "committed"), ("ROLLBACK", nil, "rolled back"),
            (
                "COMMIT",
                ServerError(sqlState: SQLState(rawValue: "01000"), severity: .warning, message: "committed locally"),
                "unknown"
            ),
            (
                "COMMIT", ServerError(sqlState: SQLState(rawValue: "57P01"), severity: .warning, message: "shutdown"),
                "unknown"
            ),
            (
                "COMMIT", ServerError(sqlState: SQLState(rawValue: "00000"), severity: .notice, message: "hello"),
                "committed"
            ),
        ] as [(String, ServerError?, String)])
    func verdicts(tag: String, notice: ServerError?, meaning: String) {
        let verdict =
            switch CommitVerdict.of(tag: tag, notices: notice.map { [$0] } ?? []) {
            case nil: "committed"
            case .rolledBack?: "rolled back"
            case .commitOutcomeUnknown?: "unknown"
            default: "?"
            }
        #expect(verdict == meaning)
    }

    @Test(
        "what a failed COMMIT means",
        arguments: [
            (PostgresError.server(ServerError(sqlState: .serializationFailure, message: "")), false),
            (.server(ServerError(sqlState: .adminShutdown, severity: .fatal, message: "")), true),
            (.server(ServerError(sqlState: .queryCanceled, message: "")), true),
            (.connectionLost(""), true), (.deadlineExceeded, true), (.misuse(""), false),
        ])
    func failedCommits(error: PostgresError, unknown: Bool) {
        let isUnknown = if case .commitOutcomeUnknown = CommitVerdict.of(failure: error) { true } else { false }
        #expect(isUnknown == unknown)
    }
}

/// A table that every connection sees, dropped at the end.
func withTable(_ name: String, _ columns: String, rows: String, _ body: (String) async throws -> Void) async throws {
    let table = "\(name)_\(UInt32.random(in: 0...UInt32.max))"
    try await withConnection { connection in
        try await connection.execute(sql: "CREATE TABLE \(table) (\(columns))")
        try await connection.execute(sql: "INSERT INTO \(table) VALUES \(rows)")
        do {
            try await body(table)
        } catch {
            try await connection.execute(sql: "DROP TABLE \(table)")
            throw error
        }
        try await connection.execute(sql: "DROP TABLE \(table)")
    }
}
