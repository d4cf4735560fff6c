import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// A COMMIT that takes effect, and whose reply nobody hears.
@Suite("A lost reply to COMMIT", .onDatabase)
struct LostCommitTests {
    /// Runs an intake whose connections go through a proxy, which has lost nothing yet.
    private func withProxy(
        _ base: TestBase, attempts: Int, _ body: (OrderIntake, LossyProxy) async throws -> Void
    ) async throws {
        let server = try #require(try base.serverPort)
        let proxy = try LossyProxy(before: server)
        let pool = try base.servicePool {
            $0.setting("host", to: "127.0.0.1").setting("port", to: "\(proxy.port)").setting("sslmode", to: "disable")
        }
        var limits = IntakeLimits()
        limits.attempts = attempts
        try await base.withIntake(limits: limits, of: pool) { try await body($0, proxy) }
        await pool.shutDown()
        proxy.close()
    }

    private func expectOnce(_ base: TestBase) async throws {
        #expect(try await base.number("SELECT count(*) FROM customer_order") == 1)
        #expect(try await base.number("SELECT sum(cardinality(subjects)) FROM outbox") == 1)
        #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 2))
        #expect(try await base.differences().isEmpty)
    }

    @Test("the order is looked up and answered as placed, and it is placed once")
    func lookedUp() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await withProxy(base, attempts: 3) { intake, proxy in
                proxy.loseNextCommit()
                let placed = try await intake.place(Melons.order("1", melons: 2))
                #expect(proxy.lost == 1)
                #expect(placed.total == Fen(rawValue: 1_980))
                let again = try await intake.place(Melons.order("1", melons: 2))
                #expect(again == placed)
                let stored = try await base.number("SELECT count(*) FROM customer_order WHERE id = '\(placed.id)'")
                #expect(stored == 1)
            }
            try await expectOnce(base)
        }
    }

    @Test("an intake that may not look it up says that it does not know, and the repetition gives the order")
    func unknown() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await withProxy(base, attempts: 1) { intake, proxy in
                proxy.loseNextCommit()
                await #expect { try await intake.place(Melons.order("1", melons: 2)) } throws: { error in
                    guard case OrderError.outcomeUnknown = error else { return false }
                    return true
                }
                #expect(proxy.lost == 1)
                #expect(try await base.number("SELECT count(*) FROM customer_order") == 1)
                let placed = try await intake.place(Melons.order("1", melons: 2))
                #expect(placed.total == Fen(rawValue: 1_980))
            }
            try await expectOnce(base)
        }
    }
}
