import CloudWarehouse
import HTTPTypes
import Logging
import Postgres
import Testing
import WarehouseTesting

@Suite("A database that is gone", .onDatabase, .serialized)
struct DatabaseGoneTests {
    private static let order = Question.order(#"{"source":"s","reference":"1","lines":[{"sku":"melon","quantity":1}]}"#)
    private static let questions = [
        order, .get("/v1/stock"), .get("/v1/stock/melon"), .get("/v1/owners"), .get("/v1/warehouses"),
        .get("/v1/warehouses/main/locations"), .get("/v1/products"), .get("/v1/lots"), .get("/v1/movements"),
        .get("/v1/lots?sku=melon"),
        .get("/v1/products/melon"),
        .put(#"{"name":"甜瓜","owner":"yimaqiao","unit":"piece"}"#, to: "/v1/products/melon"),
        .post(
            #"""
            {"reference":"1","warehouse":"main","location":"A-01","lines":[
                {"sku":"melon","owner":"yimaqiao","quantity":1}]}
            """#, to: "/v1/inbounds"),
    ]
    /// What somebody could learn of the inside by.
    private static let internals = [
        "postgres", "sql", "SELECT", "INSERT", "relation", "column", "pool_", "schema", "127.0.0.1", "yuncang_",
        "socket",
        "refused", "errno", "/var", "Error", "COMMIT",
    ]

    private func expectUnavailable(_ answer: Answer) throws {
        #expect(try answer.problem(status: 503) == "unavailable")
        #expect(answer[.retryAfter] == "1")
        expectNothingOfTheInside(in: answer)
    }

    private func expectNothingOfTheInside(in answer: Answer) {
        // The one code with such a word in its name.
        let said = answer.text.lowercased().replacing("internal_error", with: "").replacing("internal-error", with: "")
            .replacing("internal error", with: "")
        for word in Self.internals { #expect(!said.contains(word.lowercased()), "\(word) in \(answer.text)") }
    }

    /// A pool whose server is nowhere: nobody listens at port 1.
    private func poolWithoutServer(of base: TestBase) -> Pool {
        var limits = PoolLimits()
        limits.leaseDeadline = .milliseconds(200)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let options = ConnectionOptions.nowhere
        return Pool(options, limits: limits, on: base.pool.loop, logger: logger)
    }

    /// Ends both of the pool's connections at the server's side.
    private func cutConnections(of pool: Pool) async throws {
        let suicide = { @Sendable (connection: Connection) async in
            _ = try? await connection.query(sql: "SELECT pg_terminate_backend(pg_backend_pid())") {
                row throws(DecodingFailure) in try row.next(Bool.self)
            }
        }
        try await pool.withConnection { first in
            try await pool.withConnection { second in await suicide(second) }
            await suicide(first)
        }
    }

    @Test(
        "every route that needs it answers 503, when to come back, and nothing of the inside", arguments: Door.allCases)
    func neverThere(door: Door) async throws {
        try await Shop.with(door, pool: poolWithoutServer(of:)) { shop in
            for question in Self.questions { try expectUnavailable(try await shop.ask(question)) }
            #expect(try await shop.ask(.get("/livez")).status == 200)
        }
    }

    @Test("a base whose tables are gone is not told about either", arguments: Door.allCases)
    func tablesGone(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(1)
            try await shop.base.run(script: "ALTER TABLE pool RENAME TO pool_elsewhere")
            // Nothing that passes by itself.
            let answer = try await shop.ask(Self.order)
            #expect(try answer.problem(status: 500) == "internal_error")
            expectNothingOfTheInside(in: answer)
            #expect(try await shop.ask(.get("/v1/stock/melon")).status == 200, "what was read can be told all the same")
            try await shop.base.run(script: "ALTER TABLE pool_elsewhere RENAME TO pool")
            #expect(try await shop.ask(Self.order).status == 201, "and it serves again when they are back")
        }
    }

    @Test("connections that are cut are made anew, and no order is lost or doubled", arguments: Door.allCases)
    func connectionsCut(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let first = try await shop.ask(Self.order)
            #expect(first.status == 201)
            try await cutConnections(of: shop.base.pool)
            let again = try await shop.ask(Self.order)
            #expect(again.body == first.body)
            #expect(try await shop.base.number("SELECT count(*) FROM customer_order") == 1)
        }
    }
}

extension ConnectionOptions {
    fileprivate static let nowhere = try! ConnectionOptions("postgres://yuncang_service@127.0.0.1:1/yuncang")
}
