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

    @Test("pools locked for claims keep out whoever would change them, and let in whoever refers to them")
    func strength() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            let scope = BatchScope([.place(try Melons.order("1", melons: 1))])
            try await base.pool.withTransaction { transaction in
                #expect(try await transaction.query(LockPools(scope: scope)).count == 1)
                #expect(await Self.state(of: "NO KEY UPDATE", in: base) == .lockNotAvailable)
                #expect(await Self.state(of: "SHARE", in: base) == .lockNotAvailable)
                // A foreign key's lock: it would deadlock against FOR UPDATE.
                #expect(await Self.state(of: "KEY SHARE", in: base) == nil)
                try await base.pool.withTransaction { other async throws in
                    #expect(try await other.query(LockPools(scope: scope)).isEmpty, "passed over")
                }
            }
            #expect(await Self.state(of: "NO KEY UPDATE", in: base) == nil)
        }
    }
}
