package import CloudWarehouse
internal import Logging
package import Postgres

extension TestBase {
    /// The same base, whose stock tells a feed of its changes.
    private init(_ base: TestBase, telling feed: StockFeed) {
        self.init(
            schema: base.schema, owner: base.owner, pool: base.pool, catalog: base.catalog,
            stock: Stock(pool: base.pool, timeZone: "Asia/Shanghai", feed: feed), tokens: base.tokens,
            orders: Orders(pool: base.pool, recipientKeys: Recipients.keys), principal: base.principal)
    }

    /// Keeps boards for as long as `body` runs, and begins once they have been read; `body` gets a base that tells the feed.
    ///
    /// It does not listen unless told to, nor ask again within a test's time unless `limits` say so.
    package func withFeed(
        _ boards: [StockBoard] = [StockBoard()], of pool: Pool? = nil, listens: Bool = false,
        limits: BoardLimits = .tests, watcher: (@Sendable (StockFeed.News) -> Void)? = nil,
        _ body: (TestBase, StockFeed) async throws -> Void
    ) async throws {
        let feed = StockFeed(
            boards, pool: pool ?? self.pool,
            listening: listens ? (try TestDatabase.serviceOptions(), schema) : nil, limits: limits,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), watcher: watcher)
        async let running: Void = feed.run()
        await feed.reread([])
        do {
            try await body(TestBase(self, telling: feed), feed)
        } catch {
            await feed.close()
            await running
            throw error
        }
        await feed.close()
        await running
    }
}

extension BoardLimits {
    /// Nobody asks within a test's time.
    package static var tests: BoardLimits {
        var limits = BoardLimits()
        limits.pollInterval = .seconds(3_600)
        limits.safetyInterval = .seconds(3_600)
        limits.readDeadline = .seconds(1)
        return limits
    }
}

extension TestDatabase {
    /// How the role that serves connects.
    package static func serviceOptions() throws -> ConnectionOptions { try ConnectionOptions(url(serviceURL)) }
    /// How the role that owns schemas and tables connects.
    package static func ownerOptions() throws -> ConnectionOptions { try ConnectionOptions(url(ownerURL)) }
}
