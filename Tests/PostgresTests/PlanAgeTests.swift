import Testing

@testable import Postgres

/// Puts as many rows into the crate as there are numbers.
private struct PutMany: Command {
    let numbers: [Int64]

    static let sql = "INSERT INTO crate SELECT * FROM unnest($1::bigint[])"

    func bind(to parameters: inout Parameters) { parameters.append(numbers) }
}

/// Looks one row up.
private struct Find: Statement {
    let number: Int64

    static let sql = "SELECT n FROM crate WHERE n = $1"

    func bind(to parameters: inout Parameters) { parameters.append(number) }
    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

/// Plans that were made for a table that was small are not kept until it is large.
@Suite struct PlanAgeTests {
    @Test("plans are old once what was inserted has doubled, and no sooner than that matters")
    func doubling() {
        var age = PlanAge()
        age.note(inserted: 99)
        #expect(!age.isOld)
        age.note(inserted: 1)
        #expect(age.isOld)
        age.renew()
        #expect(!age.isOld)
        age.note(inserted: 99)
        #expect(!age.isOld)
        age.note(inserted: 1)
        #expect(age.isOld)
    }

    /// A connection with an empty table that has a key, all of whose plans are kept.
    private func withCrate(_ body: (Connection) async throws -> Void) async throws {
        try await withConnection { connection in
            try await connection.execute(sql: "SET plan_cache_mode = force_generic_plan")
            try await connection.execute(sql: "CREATE TEMP TABLE crate (n int8 PRIMARY KEY)")
            try await connection.execute(sql: "ANALYZE crate")
            _ = try await connection.query(Find(number: 1))
            try await body(connection)
        }
    }

    /// How the session now looks a row up by the statement that is prepared.
    private func plan(_ connection: Connection) async throws -> String {
        let name: String = try await connection.value(
            "SELECT name FROM pg_prepared_statements WHERE statement = '\(Find.sql)'")
        return try await connection.query(sql: "EXPLAIN (COSTS OFF) EXECUTE \(name)(1)") {
            row throws(DecodingFailure) in
            try row.next(String.self)
        }.joined(separator: "\n")
    }

    /// Whether the session was told to forget its plans. What it has planned does not tell: it plans anew also when many others
    /// create and drop tables.
    private func hasForgotten(_ connection: Connection) async throws -> Bool {
        try await connection.value(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement = '\(DiscardPlans.sql)'") as Int64 == 1
    }

    @Test("a table that was empty is looked up by its index when it has grown")
    func growing() async throws {
        try await withCrate { connection in
            #expect(try await plan(connection).contains("Seq Scan"))
            try await connection.execute(PutMany(numbers: Array(1...20_000)))
            #expect(try await connection.query(Find(number: 7)) == [7])
            #expect(try await hasForgotten(connection))
            #expect(try await plan(connection).contains("Index"))
        }
    }

    @Test("within a transaction nothing is forgotten, and a failed one can be ended")
    func transactions() async throws {
        try await withCrate { connection async throws in
            await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { transaction in
                    try await transaction.execute(PutMany(numbers: Array(1...20_000)))
                    #expect(try await !hasForgotten(connection))
                    try await transaction.execute(PutMany(numbers: [1]))
                }
            }
            #expect(try await connection.query(Find(number: 7)).isEmpty)
            #expect(try await hasForgotten(connection))
            #expect(try await connection.value("SELECT count(*) FROM crate") as Int64 == 0)
        }
    }
}
