import EventLoop
import Testing

@testable import Postgres

private struct SourceFailed: Error {}

@Suite struct CopyTests {
    @Test("rows go in by COPY and come out again, also many more than fit the socket")
    func inAndOut() async throws {
        try await withConnection { connection in
            try await connection.execute(sql: "CREATE TEMP TABLE t (id int8, name text)")
            let loaded = try await connection.copyIn("COPY t (id, name) FROM STDIN (FORMAT csv)") { sink in
                for block in 0..<200 {
                    let rows = (0..<500).map { "\(block * 500 + $0),甜瓜 \"\"no\"\" \($0)\n" }.joined()
                    try await sink.write(Array(rows.utf8))
                }
            }
            #expect(loaded == 100_000)
            let bytes = Lock(0)
            try await connection.copyOut("COPY (SELECT id, name FROM t ORDER BY id) TO STDOUT") { row in
                bytes.withLock { $0 += row.count }
            }
            let expected: Int64 = try await connection.value(
                "SELECT sum(octet_length(id::text) + octet_length(name) + 2) FROM t", as: Int64.self)
            #expect(bytes.withLock { $0 } == Int(expected))
        }
    }

    @Test("a bad row fails the whole load with its code, a failing source with its own error, and neither leaves a row")
    func failures() async throws {
        try await withConnection { connection in
            try await connection.execute(sql: "CREATE TEMP TABLE t (id int8)")
            let state = await sqlState {
                _ = try await connection.copyIn("COPY t (id) FROM STDIN") { sink in
                    try await sink.write(Array("1\nmelon\n".utf8))
                }
            }
            #expect(state == SQLState(rawValue: "22P02"))
            await #expect(throws: SourceFailed.self) {
                _ = try await connection.copyIn("COPY t (id) FROM STDIN") { sink in
                    try await sink.write(Array("2\n".utf8))
                    throw SourceFailed()
                }
            }
            let count: Int64 = try await connection.value("SELECT count(*) FROM t")
            #expect(count == 0)
        }
    }

    @Test("what is no COPY is refused, and the connection is of use afterwards")
    func notCopy() async throws {
        try await withConnection { connection in
            await #expect(throws: PostgresError.self) { _ = try await connection.copyIn("SELECT 1") { _ in } }
            await #expect(throws: PostgresError.self) { try await connection.copyOut("SELECT 1") { _ in } }
            #expect(
                await sqlState { _ = try await connection.copyIn("COPY nowhere FROM STDIN") { _ in } }
                    == .undefinedTable)
            let one: Int32 = try await connection.value("SELECT 1")
            #expect(one == 1)
        }
    }

    @Test("a reader that gives up in the midst of COPY closes the connection, since the server goes on sending")
    func readerGivesUp() async throws {
        try await withConnection { connection in
            await #expect(throws: SourceFailed.self) {
                try await connection.copyOut("COPY (SELECT generate_series(1, 100000)) TO STDOUT") { _ in
                    throw SourceFailed()
                }
            }
            #expect(await connection.closedBy != nil)
        }
    }

    @Test("a script runs as one: its last statement's failure undoes its first")
    func scripts() async throws {
        try await withConnection { connection in
            let deadline = MonotonicInstant.now().advanced(by: .seconds(10))
            try await connection.run(
                script: "CREATE TEMP TABLE s (n int); INSERT INTO s VALUES (1);", deadline: deadline)
            let state = await sqlState {
                try await connection.run(
                    script: "INSERT INTO s VALUES (2); SELECT 1/0; INSERT INTO s VALUES (3)", deadline: deadline)
            }
            #expect(state == SQLState(rawValue: "22012"))
            let count: Int64 = try await connection.value("SELECT count(*) FROM s")
            #expect(count == 1)
        }
    }
}

extension Connection {
    fileprivate func value(_ sql: String, as type: Int64.Type) async throws -> Int64 {
        try await value("SELECT (\(sql))::int8")
    }
}
