import EventLoop
import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// What becomes of orders whose pool somebody else keeps locked.
@Suite("Orders that cannot be decided in time", .onDatabase)
struct IntakeDeadlineTests {
    /// Runs `body` while the pools of the base are locked.
    private func whileLocked(_ base: TestBase, _ body: () async throws -> Void) async throws {
        try await base.owner.withTransaction { transaction in
            try await transaction.connection.execute(sql: "SELECT FROM pool FOR NO KEY UPDATE")
            try await body()
        }
    }

    /// The transaction that waits for a lock of the base's owner.
    private func blocked(by base: TestBase) async throws -> String? {
        let sql = """
            SELECT virtualtransaction FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
            """
        return try await base.owner.query(sql: sql) { row throws(DecodingFailure) in try row.next(String.self) }.first
    }

    private func outcome(of order: Task<PlacedOrder, any Error>) async -> IntakeError? {
        do {
            _ = try await order.value
            return nil
        } catch {
            return error as? IntakeError
        }
    }

    @Test("an order whose pool stays locked for too long is sent away, those behind it too, and never placed")
    func expiry() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10)
            var limits = IntakeLimits()
            limits.queueDeadline = .milliseconds(20)
            limits.lockPatience = .milliseconds(10)
            limits.retryAfterSeconds = 7
            try await base.withIntake(limits: limits) { intake in
                try await whileLocked(base) {
                    for reference in ["first", "second"] {
                        await #expect { try await intake.desk.place(Melons.order(reference, melons: 1)) } throws: {
                            guard case IntakeError.busy(retryAfterSeconds: 7) = $0 else { return false }
                            return true
                        }
                    }
                }
                let over = try await eventually { await !intake.waits }
                #expect(over)
                #expect(try await base.number("SELECT count(*) FROM customer_order") == 0)
            }
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("first", melons: 1))
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 1))
        }
    }

    @Test("an order that waits for too long before anybody runs the intake is sent away too")
    func expiryBeforeRun() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            var limits = IntakeLimits()
            limits.queueDeadline = .zero
            try await base.withIntake(limits: limits) { intake in
                await #expect { try await intake.desk.place(Melons.order("1", melons: 1)) } throws: { error in
                    guard case IntakeError.busy = error else { return false }
                    return true
                }
            }
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 0)
        }
    }

    @Test(
        "closing ends though a pool stays locked: what waits is sent away, the batch rolled back, nothing placed later")
    func closing() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            var limits = IntakeLimits()
            limits.closeDeadline = .milliseconds(50)
            let intake = OrderIntake(pool: base.pool, limits: limits)
            let hasEnded = Lock(false)
            let running = Task {
                await intake.run()
                hasEnded.withLock { $0 = true }
            }
            try await whileLocked(base) {
                let first = Task { try await intake.desk.place(Melons.order("first", melons: 1)) }
                let stuck = try await eventually { try await blocked(by: base) != nil }
                #expect(stuck)
                let second = Task { try await intake.desk.place(Melons.order("second", melons: 1)) }
                while await intake.queued == 0 { await Task.yield() }
                await intake.close()
                // The lock is held until the intake has ended; the batch's own deadline is later than this patience.
                let ended = try await eventually(within: .seconds(20)) { hasEnded.withLock { $0 } }
                #expect(ended)
                for order in [first, second] {
                    guard case .closing? = await outcome(of: order) else {
                        Issue.record("not answered as closing")
                        continue
                    }
                }
                await running.value
                let gone = try await eventually { try await blocked(by: base) == nil }
                #expect(gone)
            }
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 0)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
        }
    }

    @Test("what waits for a lock waits in one transaction after another, none for long")
    func lockTimeout() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            var limits = IntakeLimits()
            limits.lockPatience = .milliseconds(20)
            try await base.withIntake(limits: limits) { intake in
                var order: Task<PlacedOrder, any Error>?
                try await whileLocked(base) {
                    order = Task { try await intake.desk.place(Melons.order("1", melons: 1)) }
                    // Two transactions that waited: the first has failed.
                    var seen: Set<String> = []
                    let again = try await eventually {
                        if let transaction = try await blocked(by: base) { seen.insert(transaction) }
                        return seen.count > 1
                    }
                    #expect(again)
                }
                _ = try await order?.value
            }
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 1)
        }
    }
}
