import EventLoop
import PostgresTesting
import Testing

@testable import Postgres

private struct Double: Statement {
    var number: Int64
    static let sql = "SELECT $1 * 2, $2"
    func bind(to parameters: inout Parameters) {
        parameters.append(number)
        parameters.append("x")
    }
    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 {
        let double: Int64 = try row.next()
        _ = try row.next(String.self)
        return double
    }
}

private struct Broken: Command {
    static let sql = "SELEKT"
    func bind(to parameters: inout Parameters) {}
}

private struct DivideBy: Statement {
    var number: Int64
    static let sql = "SELECT 1 / $1"
    func bind(to parameters: inout Parameters) { parameters.append(number) }
    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

@Suite struct ConnectionTests {
    @Test("requests of many tasks are pipelined on one connection, and each gets its own answer")
    func pipelining() async throws {
        try await withConnection { connection in
            let sums = try await withThrowingTaskGroup(of: (Int64, Int64).self) { group in
                for number in 0..<500 as Range<Int64> {
                    group.addTask { (number, try await connection.query(Double(number: number))[0]) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(sums.count == 500)
            #expect(sums.allSatisfy { $0.value == $0.key * 2 })
            let prepared: Int64 = try await connection.value(
                "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1 * 2%'")
            #expect(prepared == 1)
        }
    }

    @Test("an error keeps its code and reaches its own request only, before and after others on the same connection")
    func errorsAreLocal() async throws {
        try await withConnection { connection in
            async let before = connection.query(Double(number: 1))
            async let failing = sqlState { _ = try await connection.query(DivideBy(number: 0)) }
            async let broken = sqlState { try await connection.execute(Broken()) }
            async let after = connection.query(Double(number: 2))
            let found1 = try await before
            #expect(found1 == [2])
            #expect(await failing == SQLState(rawValue: "22012"))
            #expect(await broken == SQLState(rawValue: "42601"))
            let found2 = try await after
            #expect(found2 == [4])
            #expect(await sqlState { try await connection.execute(Broken()) } == SQLState(rawValue: "42601"))
        }
    }

    @Test("an error names the constraint and the table, and its one-line form leaves out the detail, which quotes rows")
    func errorFields() async throws {
        try await withConnection { connection in
            try await connection.execute(sql: "CREATE TEMP TABLE melon (id int CONSTRAINT melon_key PRIMARY KEY)")
            try await connection.execute(sql: "INSERT INTO melon VALUES (4711)")
            do {
                try await connection.execute(sql: "INSERT INTO melon VALUES (4711)")
                Issue.record("a duplicate was accepted")
            } catch PostgresError.server(let error) {
                #expect(error.sqlState == .uniqueViolation)
                #expect(error.constraint == "melon_key")
                #expect(error.table == "melon")
                #expect(error.detail?.contains("4711") == true)
                #expect(!"\(error)".contains("4711"))
            }
        }
    }

    @Test("a batch runs in order in one round trip, and what follows its first error does not run")
    func batches() async throws {
        try await withConnection { connection in
            let (first, second) = try await connection.batch(Double(number: 1), DivideBy(number: 1))
            #expect(first == [2])
            #expect(second == [1])
            try await connection.execute(sql: "CREATE TEMP SEQUENCE ran")
            struct Next: Statement {
                static let sql = "SELECT nextval('ran')"
                func bind(to parameters: inout Parameters) {}
                static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
            }
            let state = await sqlState { _ = try await connection.batch(Next(), DivideBy(number: 0), Next()) }
            #expect(state == SQLState(rawValue: "22012"))
            let found = try await connection.query(Next())
            #expect(found == [2])
        }
    }

    @Test("a statement's declared types are those of the server, and its columns are listed without a server")
    func describing() async throws {
        try await withConnection { connection in
            let (parameters, columns) = try await connection.describe(Double(number: 1))
            #expect(parameters == Double(number: 1).parameterTypes)
            let declared = try Double.columnTypes().map(\.oid)
            #expect(columns == declared)
        }
    }

    @Test("a request beyond its deadline ends the connection, and everybody on it hears so")
    func deadline() async throws {
        try await withConnection { connection in
            async let innocent = connection.execute(sql: "SELECT pg_sleep(20)")
            let underWay = try await eventually { await !connection.isIdle }
            #expect(underWay)
            await #expect {
                try await connection.execute(sql: "SELECT 1", deadline: .now().advanced(by: .milliseconds(50)))
            } throws: {
                if case PostgresError.deadlineExceeded = $0 { true } else { false }
            }
            do {
                _ = try await innocent
                Issue.record("the sleeping request was answered")
            } catch PostgresError.connectionLost {}
            let closed = await connection.closedBy
            #expect(closed != nil)
        }
    }

    @Test("a deadline also cancels what the server was doing")
    func deadlineCancels() async throws {
        try await withConnection { watcher in
            let process = try await withConnection { connection in
                let process = await connection.backendProcess
                _ = try? await connection.execute(
                    sql: "SELECT pg_sleep(60)", deadline: .now().advanced(by: .milliseconds(50)))
                return process
            }
            var parameters = Parameters()
            parameters.append(process)
            let gone = try await eventually {
                try await watcher.value("SELECT count(*) FROM pg_stat_activity WHERE pid = $1", parameters) as Int64
                    == 0
            }
            #expect(gone)
        }
    }

    @Test("cancelling a task ends its wait at once and leaves the connection to the others")
    func cancellation() async throws {
        try await withConnection { holder in
            try await withConnection { connection in
                try await holder.execute(sql: "SELECT pg_advisory_lock(20260617)")
                let task = Task { try await connection.execute(sql: "SELECT pg_advisory_lock(20260617)") }
                #expect(try await eventually { await !connection.isIdle })
                task.cancel()
                // The statement still waits for the lock: only its caller has gone.
                await #expect { try await task.value } throws: {
                    if case PostgresError.cancelled = $0 { true } else { false }
                }
                #expect(await !connection.isIdle)
                try await holder.execute(sql: "SELECT pg_advisory_unlock(20260617)")
                let found = try await connection.query(Double(number: 21))
                #expect(found == [42])
            }
        }
    }

    @Test("a backend that the administrator ends fails what is under way and closes the connection")
    func terminated() async throws {
        try await withConnection { victim in
            let sleeping = Task { try await victim.execute(sql: "SELECT pg_sleep(60)") }
            #expect(try await eventually { await !victim.isIdle })
            let process = await victim.backendProcess
            try await withConnection { killer in
                var parameters = Parameters()
                parameters.append(process)
                try await killer.execute(sql: "SELECT pg_terminate_backend($1)", parameters)
            }
            let state = await sqlState { _ = try await sleeping.value }
            #expect(state == .adminShutdown || state == nil, "the server's word may or may not arrive before the end")
            #expect(try await eventually { await victim.closedBy != nil })
        }
    }

    @Test("an idle connection notices at once that the server closed it")
    func closedWhileIdle() async throws {
        try await withConnection { victim in
            let process = await victim.backendProcess
            try await withConnection { killer in
                var parameters = Parameters()
                parameters.append(process)
                try await killer.execute(sql: "SELECT pg_terminate_backend($1)", parameters)
            }
            #expect(try await eventually { await victim.closedBy != nil })
        }
    }

    @Test("a pipeline that is full refuses, and is of use again when it has drained")
    func bounded() async throws {
        var limits = ConnectionLimits()
        limits.pipelineDepth = 2
        try await withConnection { keeper in
            try await keeper.execute(sql: "SELECT pg_advisory_lock(4711)")
            try await withConnection(limits: limits) { connection in
                async let first = connection.execute(sql: "SELECT pg_advisory_lock_shared(4711)")
                async let second = connection.execute(sql: "SELECT 1")
                let full = try await eventually { await connection.depth == 2 }
                #expect(full)
                await #expect {
                    try await connection.execute(sql: "SELECT 1")
                } throws: {
                    if case PostgresError.misuse = $0 { true } else { false }
                }
                try await keeper.execute(sql: "SELECT pg_advisory_unlock(4711)")
                _ = try await (first, second)
                let found = try await connection.query(Double(number: 1))
                #expect(found == [2])
            }
        }
    }

    @Test("text in the wrong hands stays text: values are bound, never read as SQL")
    func injection() async throws {
        try await withConnection { connection in
            let nasty = "'; DROP TABLE balance; --"
            var parameters = Parameters()
            parameters.append(nasty)
            let back: String = try await connection.value("SELECT $1", parameters)
            #expect(back == nasty)
        }
    }

    @Test("a NUL in text is refused by the server with its code, and the connection lives")
    func nul() async throws {
        try await withConnection { connection in
            var parameters = Parameters()
            parameters.append("a\0b")
            #expect(
                await sqlState { let _: String = try await connection.value("SELECT $1", parameters) }
                    == SQLState(rawValue: "22021"))
            let found = try await connection.query(Double(number: 1))
            #expect(found == [2])
        }
    }
}
