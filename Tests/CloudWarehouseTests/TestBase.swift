import CloudWarehouse
import EventLoop
import FoundationEssentials
import Logging
import Postgres
import Schema
import Testing

/// Where the tests find PostgreSQL; without it, what needs a database is skipped.
enum TestDatabase {
    static let ownerURL = ProcessInfo.processInfo.environment["YUNCANG_TEST_OWNER_URL"]
    static let serviceURL = ProcessInfo.processInfo.environment["YUNCANG_TEST_SERVICE_URL"]
    static var isGiven: Bool { ownerURL != nil && serviceURL != nil }
}

extension Trait where Self == ConditionTrait {
    /// Runs only when a PostgreSQL was given.
    static var onDatabase: Self {
        .enabled(if: TestDatabase.isGiven, "YUNCANG_TEST_OWNER_URL and YUNCANG_TEST_SERVICE_URL are not set")
    }
}

/// A base of one test's own: a schema, migrated as the owner, and a pool of the service's connections to it.
struct TestBase: Sendable {
    let schema: String
    let owner: Connection
    let pool: Pool
    let catalog: Catalog
    let stock: Stock
    let principal: Principal

    /// Makes a base for `body` and drops it afterwards.
    static func with(connections: Int = 2, _ body: (TestBase) async throws -> Void) async throws {
        let loop = try EventLoop.start(name: "test")
        let schema = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let ownerOptions = try ConnectionOptions(#require(TestDatabase.ownerURL)).session("search_path", schema)
        let serviceOptions = try ConnectionOptions(#require(TestDatabase.serviceURL)).session("search_path", schema)
        let owner = try await Connection.connect(ownerOptions, on: loop)
        var limits = PoolLimits()
        limits.connections = connections
        let pool = Pool(serviceOptions, limits: limits, on: loop, logger: Logger(label: "test"))
        let base = TestBase(
            schema: schema, owner: owner, pool: pool, catalog: Catalog(pool: pool), stock: Stock(pool: pool),
            principal: try Principal(name: "tester", origin: "here"))
        let outcome: Result<Void, any Error>
        do {
            try await base.migrate()
            try await body(base)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await pool.shutDown()
        try await owner.execute(sql: "DROP SCHEMA IF EXISTS \(schema) CASCADE")
        await owner.close()
        await loop.shutDown()
        try outcome.get()
    }

    private func migrate() async throws {
        try await owner.execute(sql: "CREATE SCHEMA \(schema)")
        for migration in Schema.base {
            try await run(script: migration.sql)
        }
        for month in try await owner.query(MonthsFromNow(timeZone: "Asia/Shanghai")) {
            try await run(script: Partitions.script(for: month, existing: []))
        }
    }

    /// Runs a script as the owner, as one transaction.
    func run(script: String) async throws {
        try await owner.run(script: script, deadline: .now().advanced(by: .seconds(30)))
    }

    /// One number that a query gives, read as the owner.
    func number(_ sql: String) async throws -> Int64 {
        let rows = try await owner.query(sql: sql) { row throws(DecodingFailure) in try row.next(Int64.self) }
        return try #require(rows.first)
    }

    /// Runs an intake for as long as `body` runs.
    func withIntake(
        limits: IntakeLimits = IntakeLimits(), _ body: (OrderIntake) async throws -> Void
    ) async throws {
        let intake = OrderIntake(pool: pool, limits: limits)
        async let running: Void = intake.run()
        do {
            try await body(intake)
        } catch {
            await intake.close()
            await running
            throw error
        }
        await intake.close()
        await running
    }

    /// The differences that a verification names.
    func differences() async throws -> [Difference] {
        try await Verification(pool: pool).run().differences
    }
}
