import EventLoop
import PostgresTesting
import Testing

@testable import Postgres

private struct Oops: Error {}

/// BEGIN with what is read, and what is written with COMMIT.
@Suite struct ShortTransactionTests {
    /// A connection with a table of its own.
    private func withCrate(_ body: (Connection) async throws -> Void) async throws {
        try await withConnection { connection in
            try await connection.execute(sql: "CREATE TEMP TABLE crate (n int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            try await body(connection)
        }
    }

    private func count(_ connection: Connection) async throws -> Int64 {
        try await connection.value("SELECT count(*) FROM crate")
    }

    private func pipeline(_ add: (inout Pipeline) -> Void) -> Pipeline {
        var pipeline = Pipeline()
        add(&pipeline)
        return pipeline
    }

    /// Whether nothing is open, nothing written, and the next transaction works.
    private func expectUsable(_ connection: Connection) async throws {
        #expect(try await count(connection) == 0)
        let written = try await connection.withShortTransaction(opening: Pipeline()) { _, _ in
            (7, closing: pipeline { $0.add(Put(number: 7)) })
        }
        #expect(written == 7)
        #expect(try await count(connection) == 1)
        #expect(await connection.isIdle)
    }

    @Test("each statement's rows are found where it was put in; a place that was not asked for gives none")
    func places() async throws {
        try await withCrate { connection in
            var opening = Pipeline()
            let (first, level, second) = (
                opening.add(Numbers(number: 0)), opening.add(Level()), opening.add(Numbers(number: 10))
            )
            let unasked: Pipeline.Place<Quotient>? = nil
            try await connection.withShortTransaction(opening: opening) { transaction, answers in
                #expect(try answers.rows(of: first) == [1, 2, 3])
                #expect(try answers.rows(of: level) == ["read committed"])
                #expect(try answers.rows(of: second) == [11, 12, 13])
                #expect(try answers.rows(of: unasked).isEmpty)
                var more = Pipeline()
                let quotient = more.add(Quotient(divisor: 4))
                let answer = try await transaction.run(more).rows(of: quotient)
                #expect(answer == [3])
                return ((), closing: Pipeline())
            }
        }
    }

    @Test("what the closing writes is there when it has returned, time after time on the same connection")
    func committed() async throws {
        try await withCrate { connection in
            for number in Int64(1)...3 {
                let read = try await connection.withShortTransaction(opening: pipeline { $0.add(Numbers(number: 1)) }) {
                    _, _ in (number, closing: pipeline { $0.add(Put(number: number)) })
                }
                #expect(read == number)
                #expect(try await count(connection) == number)
            }
        }
    }

    @Test("an error in the opening: the body does not run, nothing stays open")
    func opening() async throws {
        try await withCrate { connection in
            let opening = pipeline {
                $0.add(Put(number: 1))
                $0.add(Quotient(divisor: 0))
                $0.add(Put(number: 2))
            }
            let state = await sqlState {
                try await connection.withShortTransaction(opening: opening) { _, _ in
                    Issue.record("the body ran")
                    return ((), closing: Pipeline())
                }
            }
            #expect(state == SQLState(rawValue: "22012"))
            try await expectUsable(connection)
        }
    }

    @Test("an error in the body, its own or a statement's: rolled back, nothing stays open")
    func body() async throws {
        try await withCrate { connection in
            await #expect(throws: Oops.self) {
                try await connection.withShortTransaction(opening: pipeline { $0.add(Put(number: 1)) }) {
                    _, _ -> ((), closing: Pipeline) in throw Oops()
                }
            }
            let state = await sqlState {
                try await connection.withShortTransaction(opening: pipeline { $0.add(Put(number: 1)) }) {
                    transaction, _ in
                    _ = try await transaction.query(Quotient(divisor: 0))
                    return ((), closing: Pipeline())
                }
            }
            #expect(state == SQLState(rawValue: "22012"))
            try await expectUsable(connection)
        }
    }

    @Test("a body that swallows a statement's failure does not get a commit")
    func swallowed() async throws {
        try await withCrate { connection in
            await #expect {
                try await connection.withShortTransaction(opening: pipeline { $0.add(Put(number: 1)) }) {
                    transaction, _ in
                    _ = try? await transaction.query(Quotient(divisor: 0))
                    return ((), closing: Pipeline())
                }
            } throws: {
                if case PostgresError.rolledBack = $0 { true } else { false }
            }
            try await expectUsable(connection)
        }
    }

    @Test("an error in the closing, before COMMIT: all of it is rolled back, nothing stays open, and it is no doubt")
    func closing() async throws {
        try await withCrate { connection in
            let closing = pipeline {
                $0.add(Put(number: 1))
                $0.add(Quotient(divisor: 0))
            }
            let state = await sqlState {
                try await connection.withShortTransaction(opening: Pipeline()) { _, _ in ((), closing: closing) }
            }
            #expect(state == SQLState(rawValue: "22012"))
            try await expectUsable(connection)
        }
    }

    @Test("an error of COMMIT itself: it is not done, and nothing stays open")
    func refusedCommit() async throws {
        try await withCrate { connection in
            let twice = pipeline { for _ in 0..<2 { $0.add(Put(number: 1)) } }
            let state = await sqlState {
                try await connection.withShortTransaction(opening: Pipeline()) { _, _ in ((), closing: twice) }
            }
            #expect(state == .uniqueViolation)
            try await expectUsable(connection)
        }
    }

    @Test("a backend ended in the midst of COMMIT leaves the outcome unknown, also for a task that was cancelled")
    func killedDuringCommit() async throws {
        let key = Int32.random(in: 1 ... .max)
        try await withConnection { holder in
            try await holder.execute(sql: "SELECT pg_advisory_lock(\(key))")
            try await withCrate { connection in
                try await connection.execute(
                    sql:
                        "CREATE FUNCTION pg_temp.nap() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(\(key)); RETURN NULL; END'"
                )
                try await connection.execute(
                    sql:
                        "CREATE CONSTRAINT TRIGGER nap AFTER INSERT ON crate DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pg_temp.nap()"
                )
                let committing = Task {
                    try await connection.withShortTransaction(opening: Pipeline()) { _, _ in
                        ((), closing: pipeline { $0.add(Put(number: 1)) })
                    }
                }
                let waiting = "FROM pg_locks WHERE locktype = 'advisory' AND objid = \(key) AND NOT granted"
                let inCommit = try await eventually {
                    try await holder.value("SELECT count(*) \(waiting)") as Int64 == 1
                }
                #expect(inCommit)
                committing.cancel()
                _ = try await holder.value("SELECT bool_and(pg_terminate_backend(pid)) \(waiting)") as Bool
                await #expect { try await committing.value } throws: {
                    if case PostgresError.commitOutcomeUnknown = $0 { true } else { false }
                }
            }
        }
    }

    @Test("a deadlock's victim is run again as a whole, with what it read anew")
    func retried() async throws {
        try await withPool { pool in
            try await withTable("short_retry", "id int PRIMARY KEY, n int8 NOT NULL", rows: "(1, 0), (2, 0)") { table in
                let runs = Lock(0)
                let bump: @Sendable (Int, Int) async throws -> Void = { first, second in
                    var opening = Pipeline()
                    let place = opening.add(Numbers(number: 0))
                    try await pool.withShortTransaction(opening: opening) { transaction, answers in
                        #expect(try answers.rows(of: place) == [1, 2, 3])
                        _ = try await transaction.connection.execute(
                            sql: "UPDATE \(table) SET n = n + 1 WHERE id = \(first)")
                        runs.withLock { $0 += 1 }
                        _ = try await eventually { runs.withLock { $0 } >= 2 }
                        _ = try await transaction.connection.execute(
                            sql: "UPDATE \(table) SET n = n + 1 WHERE id = \(second)")
                        return ((), closing: Pipeline())
                    }
                }
                async let one: Void = bump(1, 2)
                async let other: Void = bump(2, 1)
                _ = try await (one, other)
                let total: Int64 = try await pool.withConnection {
                    try await $0.value("SELECT sum(n)::int8 FROM \(table)")
                }
                #expect(total == 4)
                #expect(runs.withLock { $0 } >= 3, "there was no deadlock: this tested nothing")
            }
        }
    }

    @Test("40001 is run again, and what still fails so is thrown in the end")
    func serializationFailure() async throws {
        var limits = PoolLimits()
        limits.transactionRetries = 2
        try await withPool(limits: limits) { pool in
            let runs = Lock(0)
            func run(failing times: Int) async -> SQLState? {
                runs.withLock { $0 = 0 }
                return await sqlState {
                    try await pool.withShortTransaction(opening: Pipeline()) { transaction, _ in
                        let run = runs.withLock { runs in
                            runs += 1
                            return runs
                        }
                        if run <= times {
                            _ = try await transaction.connection.execute(
                                sql: "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$")
                        }
                        return ((), closing: Pipeline())
                    }
                }
            }
            #expect(await run(failing: 2) == nil)
            #expect(runs.withLock { $0 } == 3)
            #expect(await run(failing: 9) == .serializationFailure)
            #expect(runs.withLock { $0 } == 3)
        }
    }
}
