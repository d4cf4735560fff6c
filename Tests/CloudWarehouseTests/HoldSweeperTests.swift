import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Ending holds", .onDatabase)
struct HoldSweeperTests {
    private static func key(_ number: Int) -> OrderIdentity {
        .key(OrderKey(source: Melons.source, reference: OrderReference(rawValue: "\(number)")!))
    }

    /// Unpaid orders of one melon each, of which those with these numbers have ended.
    private static func hold(_ count: Int, overdue: ClosedRange<Int>, in base: TestBase) async throws {
        try await base.withIntake { intake in
            for number in 1...count {
                _ = try await intake.desk.place(
                    Melons.order("\(number)", melons: 1, payment: .due(withinSeconds: 3_600)))
            }
        }
        try await end(overdue, in: base)
    }

    private static func end(
        _ numbers: ClosedRange<Int>, since time: String = "1 second", in base: TestBase
    ) async throws {
        try await base.run(
            script: """
                UPDATE customer_order SET hold_ends_at = now() - interval '\(time)'
                WHERE reference::int BETWEEN \(numbers.lowerBound) AND \(numbers.upperBound);
                UPDATE order_line SET expires_at = placed.hold_ends_at FROM customer_order AS placed
                WHERE placed.id = order_id AND claim = 'held' AND placed.hold_ends_at < now()
                """)
    }

    /// A sweeper, with an intake that ends what it finds.
    private static func withSweeper(
        in base: TestBase, limits: HoldLimits = HoldLimits(), _ body: (HoldSweeper) async throws -> Void
    ) async throws {
        try await base.withIntake { intake in
            try await body(HoldSweeper(pool: base.pool, desk: intake.desk, limits: limits))
        }
    }

    private static func states(_ base: TestBase) async throws -> [String] {
        try await base.owner.query(sql: "SELECT state FROM customer_order ORDER BY reference::int") {
            row throws(DecodingFailure) in try row.next(String.self)
        }
    }

    @Test(
        "orders whose time is over are released, and told of once; others, paid ones too, stay; a second turn finds nothing"
    )
    func releases() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await Self.hold(5, overdue: 1...3, in: base)
            _ = try await base.change(.pay, Self.key(2))
            _ = try await base.change(.cancel, Self.key(4))
            let events = "FROM outbox WHERE kind = 'orders.expired'"
            try await Self.withSweeper(in: base) { sweeper async throws in
                #expect(try await sweeper.turn().released == 2)
                #expect(try await Self.states(base) == ["released", "committed", "released", "cancelled", "held"])
                #expect(try await base.melonCounters() == PoolCounters(sellable: 10, held: 1, committed: 1))
                #expect(try await base.number("SELECT sum(cardinality(subjects)) \(events)") == 2)
                #expect(try await sweeper.turn().released == 0)
                #expect(try await base.number("SELECT sum(cardinality(subjects)) \(events)") == 2)
                try await Self.end(5...5, in: base)
                #expect(try await sweeper.turn().released == 1, "one that ends later is met later")
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "an order is written with the end of its hold, which stays when it is paid; one that is paid at once has none")
    func writesEnd() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await Self.hold(1, overdue: 0...0, in: base)
            let ends = """
                SELECT count(*) FROM customer_order
                WHERE hold_ends_at - placed_at = interval '1 hour' OR state = 'committed' AND hold_ends_at IS NULL
                """
            #expect(try await base.number(ends) == 1)
            let held = """
                SELECT count(*) FROM order_line JOIN customer_order AS placed ON placed.id = order_id
                WHERE expires_at = hold_ends_at
                """
            #expect(try await base.number(held) == 1)
            _ = try await base.change(.pay, Self.key(1))
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("paid", melons: 1))
            }
            #expect(try await base.number(ends) == 2)
        }
    }

    @Test("who pays after the hold has ended gets what is still there, and nobody gets it twice")
    func paidLate() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(3)
            try await Self.hold(3, overdue: 1...3, in: base)
            try await Self.withSweeper(in: base) { sweeper async throws in
                #expect(try await sweeper.turn().released == 3)
            }
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("quick", melons: 2))
            }
            #expect(try await base.change(.pay, Self.key(1)).order.state == .committed)
            #expect(try await base.change(.pay, Self.key(2)).order.state == .paidShort)
            #expect(try await base.change(.pay, Self.key(2)).isRepeated)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 3, committed: 3))
            #expect(try await base.differences().isEmpty)
            _ = try await base.stock.receive(Melons.receipt("RK-2", melons: 1), by: base.principal)
            let claimed = try await base.change(.claim, Self.key(2), by: base.principal)
            #expect(claimed.order.state == .committed && !claimed.isRepeated)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 4, committed: 4))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("one turn does so much and no more; the next one goes on")
    func bounded() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(20)
            try await Self.hold(9, overdue: 2...8, in: base)
            var limits = HoldLimits()
            (limits.ordersPerLook, limits.releasesPerLook, limits.looksPerTurn) = (4, 2, 2)
            limits.allLooksPerTurn = 0
            try await Self.withSweeper(in: base, limits: limits) { sweeper async throws in
                #expect(try await sweeper.turn().released == 4)
                let told = "SELECT sum(cardinality(subjects)) FROM outbox WHERE kind = 'orders.expired'"
                #expect(try await base.number(told) == 4)
                #expect(try await Self.states(base).filter { $0 == "held" }.count == 5)
                #expect(try await sweeper.turn().released == 3)
            }
            #expect(try await Self.states(base).filter { $0 == "held" }.count == 2)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 20, held: 2))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("holds that ended while no sweeper ran are found, however old they are")
    func old() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await Self.hold(3, overdue: 1...3, in: base)
            try await base.run(
                script: """
                    UPDATE order_line SET order_id = overlay(order_id::text placing '0180' from 1 for 4)::uuid,
                        expires_at = expires_at - interval '1 year';
                    UPDATE customer_order SET id = overlay(id::text placing '0180' from 1 for 4)::uuid,
                        hold_ends_at = hold_ends_at - interval '1 year';
                    """)
            try await Self.expectAllWalked(in: base)
        }
    }

    @Test("holds of which nobody wrote down when they end are found too")
    func withoutEnd() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await Self.hold(3, overdue: 1...3, in: base)
            try await base.run(script: "UPDATE customer_order SET hold_ends_at = NULL")
            try await Self.expectAllWalked(in: base)
        }
    }

    /// Expects three holds to be met by the walk through all orders alone, two orders a turn.
    private static func expectAllWalked(in base: TestBase) async throws {
        var limits = HoldLimits()
        (limits.ordersPerLook, limits.allLooksPerTurn) = (2, 1)
        try await withSweeper(in: base, limits: limits) { sweeper async throws in
            #expect(try await sweeper.turn().released == 2)
            #expect(try await sweeper.turn().released == 1)
            #expect(try await sweeper.turn().released == 0)
        }
        #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
        #expect(try await base.differences().isEmpty)
    }

    @Test(
        "an order that appears long after its hold has ended is found by the next walk that looks back so far, and by no other",
        arguments: [(Duration.zero, 1), (.seconds(3_600), 0)])
    func late(lateInterval: Duration, released: Int) async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await Self.hold(2, overdue: 1...1, in: base)
            var limits = HoldLimits()
            limits.lateInterval = lateInterval
            try await Self.withSweeper(in: base, limits: limits) { sweeper async throws in
                #expect(try await sweeper.turn().released == 1)
                // The second walk looks back in any case.
                #expect(try await sweeper.turn().released == 0)
                try await Self.end(2...2, since: "1 minute", in: base)
                #expect(try await sweeper.turn().released == released)
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, held: Int64(1 - released)))
        }
    }

    @Test("an order that is being paid is passed over, not waited for; what becomes of it, the next turn sees")
    func passesOver() async throws {
        try await TestBase.with(connections: 4) { base in
            try await base.stockMelons(10)
            try await Self.hold(2, overdue: 1...2, in: base)
            try await Self.withSweeper(in: base) { sweeper async throws in
                try await base.owner.withTransaction { transaction in
                    try await transaction.connection.execute(
                        sql: "SELECT FROM customer_order WHERE reference = '1' FOR NO KEY UPDATE")
                    #expect(try await sweeper.turn().released == 1)
                }
                #expect(try await Self.states(base) == ["held", "released"])
                #expect(try await sweeper.turn().released == 1, "its payer gave up")
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
        }
    }

    @Test("an order that was paid or cancelled between the look and the lock is left as it is")
    func meanwhile() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await Self.hold(3, overdue: 1...3, in: base)
            let found = try await base.owner.query(sql: "SELECT id FROM customer_order") {
                row throws(DecodingFailure) in try row.next(ID<CustomerOrder>.self)
            }
            _ = try await base.change(.pay, Self.key(1))
            _ = try await base.change(.cancel, Self.key(2))
            var released: Set<ID<CustomerOrder>> = []
            try await base.withIntake { released = await $0.desk.release(found).released }
            #expect(released.count == 1)
            #expect(try await Self.states(base) == ["committed", "cancelled", "released"])
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 1))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an order whose hold lasts is not ended, whoever asks for it: the time is looked at under the lock")
    func notYet() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await Self.hold(2, overdue: 2...2, in: base)
            let found = try await base.owner.query(sql: "SELECT id FROM customer_order") {
                row throws(DecodingFailure) in try row.next(ID<CustomerOrder>.self)
            }
            try await base.withIntake { #expect(await $0.desk.release(found).released.count == 1) }
            #expect(try await Self.states(base) == ["held", "released"])
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, held: 1))
        }
    }

    @Test("of paying and ending the same hold at once, either may come first; the payment has the goods in any case")
    func race() async throws {
        // No transaction is run again, so a deadlock would be seen.
        try await TestBase.with(connections: 6, retries: 0) { base in
            try await base.stockMelons(60)
            try await Self.hold(60, overdue: 1...60, in: base)
            var limits = HoldLimits()
            limits.releasesPerLook = 3
            try await base.withIntake { sweeping in
                try await base.withIntake { paying in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for desk in [sweeping.desk, paying.desk] {
                            let sweeper = HoldSweeper(pool: base.pool, desk: desk, limits: limits)
                            group.addTask {
                                while try await base.number("SELECT count(*) FROM customer_order WHERE state = 'held'")
                                    > 0
                                { _ = try await sweeper.turn() }
                            }
                        }
                        // From the end, so that both meet.
                        for number in (1...60).reversed() {
                            group.addTask {
                                let paid = try await base.change(.pay, Self.key(number), at: paying.desk)
                                #expect(paid.order.state == .committed && !paid.isRepeated)
                            }
                        }
                        try await group.waitForAll()
                    }
                }
            }
            #expect(try await Self.states(base).allSatisfy { $0 == "committed" })
            #expect(try await base.melonCounters() == PoolCounters(sellable: 60, committed: 60))
            let told = "SELECT sum(cardinality(subjects)) FROM outbox WHERE kind = 'orders.paid'"
            #expect(try await base.number(told) == 60)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "an order whose rows contradict each other stays as it is, keeps no other from ending and is passed by from then on",
        arguments: [
            "UPDATE order_line SET position = 3 WHERE position = 2",
            "DELETE FROM pool USING sku WHERE sku_id = sku.id AND code = 'rice'",
        ])
    func damaged(damage: String) async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10, rice: 1_000)
            try await Self.hold(3, overdue: 1...3, in: base)
            try await base.withIntake { intake in
                let order = try Melons.order("4", melons: 1, rice: 500, payment: .due(withinSeconds: 3_600))
                _ = try await intake.desk.place(order)
                try await Self.end(4...4, in: base)
                try await base.run(script: damage)
                let look = HoldLook(limits: HoldLimits(), desk: intake.desk)
                let outcome = try await look.run(after: nil, on: base.pool)
                #expect(outcome.released == 3)
                #expect(outcome.look.firstHeld == nil, "the next walk begins behind it")
            }
            #expect(try await Self.states(base) == ["released", "released", "released", "held"])
            for change in [ChangeOrder.Change.pay, .cancel, .edit(try Melons.order("4", melons: 2).lines)] {
                await #expect { try await base.change(change, Self.key(4)) } throws: {
                    if case IntakeError.refused(.damaged) = $0 { true } else { false }
                }
            }
            #expect(try await Self.states(base).last == "held")
        }
    }

    @Test("a walk that one turn does not end goes on at once: only at its end the sweeper rests")
    func busy() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(20)
            try await Self.hold(9, overdue: 1...9, in: base)
            var limits = HoldLimits()
            (limits.ordersPerLook, limits.releasesPerLook, limits.looksPerTurn) = (4, 2, 2)
            (limits.interval, limits.pause) = (.seconds(3_600), .milliseconds(1))
            try await Self.withSweeper(in: base, limits: limits) { sweeper async throws in
                async let running: Void = sweeper.run()
                let isDone = try await eventually {
                    try await base.number("SELECT count(*) FROM customer_order WHERE state = 'held'") == 0
                }
                #expect(isDone)
                await sweeper.close()
                await running
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 20))
        }
    }

    @Test("a sweeper that runs ends what is overdue, and returns when it is closed")
    func runs() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10)
            try await Self.hold(2, overdue: 1...2, in: base)
            try await Self.withSweeper(in: base) { sweeper async throws in
                async let running: Void = sweeper.run()
                while try await base.number("SELECT count(*) FROM customer_order WHERE state = 'held'") > 0 {
                    await Task.yield()
                }
                await sweeper.close()
                await running
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
        }
    }
}
