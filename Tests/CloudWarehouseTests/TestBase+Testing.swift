import Testing
import WarehouseTesting

@testable import CloudWarehouse

extension Trait where Self == ConditionTrait {
    /// Runs only when a PostgreSQL was given.
    static var onDatabase: Self {
        .enabled(if: TestDatabase.isGiven, Comment(rawValue: TestDatabase.absent))
    }
}

extension TestBase {
    /// The counters of the melons' only pool.
    func melonCounters() async throws -> PoolCounters {
        let levels = try await stock.levels(of: Melons.melon)
        #expect(levels.count == 1)
        return try #require(levels.first).counters
    }
}

extension OrderIntake {
    /// Whether something waits for a row that somebody else has locked.
    var waits: Bool { waiting != nil }
}
