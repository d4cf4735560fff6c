import EventLoop
import Logging
import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("What happens to a base's own tasks when their loop is shut down", .onDatabase, .timeLimit(.minutes(1)))
struct LoopEndTests {
    @Test("the relay, the sweeper and the sealer end instead of trying for ever")
    func endless() async throws {
        try await TestBase.with { base in
            let loop = try EventLoop.start(name: "test")
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let pool = try base.servicePool(on: loop)
            let relay = OutboxRelay(pool: pool)
            let sweeper = HoldSweeper(pool: pool, desk: OrderIntake(pool: pool).desk)
            let sealer = AuditSealer(pool: pool, logger: logger)
            let tasks = [
                Task { await relay.run() }, Task { await sweeper.run() }, Task { await sealer.run() },
            ]
            let leased = try await eventually {
                try await base.number("SELECT count(*) FROM relay_lease WHERE expires_at > now()") == 1
            }
            #expect(leased)
            await loop.shutDown()
            for task in tasks { await task.value }
            await pool.shutDown()
        }
    }
}
