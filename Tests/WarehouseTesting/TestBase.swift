package import CloudWarehouse
package import EventLoop
internal import FoundationEssentials
internal import Logging
package import Postgres
internal import Schema

/// A base of one test's own: a schema, migrated as the owner, and a pool of the service's connections to it.
package struct TestBase: Sendable {
    /// What its tokens call it.
    package static let key = BaseKey(rawValue: "gaoqing")!

    /// The name of its schema.
    package let schema: String
    /// A connection of the role that owns it.
    package let owner: Connection
    /// Connections of the role that serves.
    package let pool: Pool
    /// Its services.
    package let catalog: Catalog
    /// Its services.
    package let stock: Stock
    /// Its services.
    package let tokens: Tokens
    /// Its services, with ``Recipients/keys``.
    package let orders: Orders
    /// Who does what the test does.
    package let principal: Principal

    /// Makes a base for `body` and drops it afterwards.
    ///
    /// - Parameter retries: How often a transaction is run again that failed for a passing reason; nil for the pool's usual.
    package static func with(connections: Int = 2, retries: Int? = nil, _ body: (TestBase) async throws -> Void)
        async throws
    {
        let loop = try EventLoop.start(name: "test")
        let schema = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let ownerOptions = try ConnectionOptions(TestDatabase.url(TestDatabase.ownerURL)).session("search_path", schema)
        let serviceOptions = try ConnectionOptions(TestDatabase.url(TestDatabase.serviceURL)).session(
            "search_path", schema)
        let owner = try await Connection.connect(ownerOptions, on: loop)
        var limits = PoolLimits()
        limits.connections = connections
        if let retries { limits.transactionRetries = retries }
        let pool = Pool(serviceOptions, limits: limits, on: loop, logger: Logger(label: "test"))
        let base = TestBase(
            schema: schema, owner: owner, pool: pool, catalog: Catalog(pool: pool), stock: Stock(pool: pool),
            tokens: Tokens(pool: pool, base: key, timeZone: "Asia/Shanghai"),
            orders: Orders(pool: pool, recipientKeys: Recipients.keys),
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

    /// Another pool of the service's connections to this base, to be shut down by whoever asks for it; `change` says what is
    /// different about its options. It is on the base's own loop unless another is given.
    package func servicePool(
        on loop: EventLoop? = nil, _ change: (ConnectionOptions) -> ConnectionOptions = { $0 }
    ) throws -> Pool {
        let options = try ConnectionOptions(TestDatabase.url(TestDatabase.serviceURL)).session("search_path", schema)
        return Pool(
            change(options), on: loop ?? pool.loop, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// The port at which the service finds the server.
    package var serverPort: UInt16? {
        get throws {
            let options = try ConnectionOptions(TestDatabase.url(TestDatabase.serviceURL))
            return options.effectiveValue(of: "port").flatMap(UInt16.init)
        }
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

    /// A query that should have given a row gave none.
    package struct NoRow: Error {}

    /// Runs a script as the owner, as one transaction.
    package func run(script: String) async throws {
        try await owner.run(script: script, deadline: .now().advanced(by: .seconds(30)))
    }

    /// One number that a query gives, read as the owner.
    package func number(_ sql: String) async throws -> Int64 {
        let rows = try await owner.query(sql: sql) { row throws(DecodingFailure) in try row.next(Int64.self) }
        guard let first = rows.first else { throw NoRow() }
        return first
    }

    /// Runs an intake for as long as `body` runs, through the base's own pool unless another is given.
    package func withIntake(
        limits: IntakeLimits = IntakeLimits(), of pool: Pool? = nil, feed: StockFeed? = nil,
        recipientKeys: RecipientKeys? = nil, _ body: (OrderIntake) async throws -> Void
    ) async throws {
        let intake = OrderIntake(pool: pool ?? self.pool, limits: limits, feed: feed, recipientKeys: recipientKeys)
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
    package func differences() async throws -> [Difference] {
        try await Verification(pool: pool).run().differences
    }
}
