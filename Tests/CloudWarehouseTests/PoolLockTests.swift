import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("What a batch locks", .onDatabase)
struct PoolLockTests {
    /// What another session is told that does not wait.
    private static func state(of lock: String, in base: TestBase) async -> SQLState? {
        do {
            _ = try await base.owner.execute(sql: "SELECT FROM pool FOR \(lock) NOWAIT")
            return nil
        } catch {
            return error.sqlState
        }
    }

    @Test(
        "pools that are locked for claims keep out whoever would change them, and let in whoever refers to them",
        arguments: [true, false])
    func strength(byKey: Bool) async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            let key = try #require(
                try await base.pool.withTransaction { try await $0.query(LockPools(skus: [Melons.melon])) }.first?.key)
            try await base.pool.withTransaction { transaction in
                if byKey {
                    _ = try await transaction.query(LockPoolsByKey(keys: [key]))
                } else {
                    _ = try await transaction.query(LockPools(skus: [Melons.melon]))
                }
                #expect(await Self.state(of: "NO KEY UPDATE", in: base) == .lockNotAvailable)
                #expect(await Self.state(of: "SHARE", in: base) == .lockNotAvailable)
                // A foreign key's lock: it would deadlock against FOR UPDATE.
                #expect(await Self.state(of: "KEY SHARE", in: base) == nil)
            }
            #expect(await Self.state(of: "NO KEY UPDATE", in: base) == nil)
        }
    }
}
