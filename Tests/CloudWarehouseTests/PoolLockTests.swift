import Postgres
import PostgresTesting
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

    @Test(
        "a batch that waits for what somebody else has locked holds nothing meanwhile, and then has all that it needs")
    func waiting() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10, rice: 1_000)
            let rice = try await base.owner.query(sql: "SELECT id FROM sku WHERE code = 'rice'") {
                row throws(DecodingFailure) in try row.next(ID<SKU>.self)
            }[0]
            let order = OrderCommand.place(try Melons.order("1", melons: 1, rice: 1))
            var running: Task<[OrderVerdict], any Error>?
            try await base.owner.withTransaction { transaction in
                try await transaction.connection.execute(
                    sql: "SELECT FROM pool WHERE sku_id = '\(rice)' FOR NO KEY UPDATE")
                running = Task {
                    try await OrderBatch(
                        commands: [order], recipientKeys: nil, awaited: (obstacle: .sku(rice), patience: .seconds(25))
                    ).run(on: base.pool).verdicts
                }
                let blocked = """
                    SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
                    """
                let waits = try await eventually { try await base.number(blocked) > 0 }
                #expect(waits)
                let melons = BatchScope([.place(try Melons.order("2", melons: 1))])
                try await base.pool.withTransaction { other async throws in
                    #expect(try await other.query(LockPools(scope: melons)).count == 1, "nobody has the melons")
                }
            }
            let verdicts = try await running?.value
            #expect(verdicts?.map(DecidedShop.words) == ["placed 992"])
        }
    }
}
