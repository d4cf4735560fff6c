import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Cancelling and paying orders", .onDatabase)
struct OrderChangeTests {
    private static func key(_ reference: String) -> OrderIdentity {
        .key(OrderKey(source: Melons.source, reference: OrderReference(rawValue: reference)!))
    }

    @Test("a cancelled order gives back what it claims, by id and by reference, paid or not, and tells of it once")
    func cancel() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10, rice: 1_000)
            try await base.withIntake { intake in
                let paid = try await intake.desk.place(Melons.order("1", melons: 3, rice: 250))
                _ = try await intake.desk.place(Melons.order("2", melons: 2, payment: .due(withinSeconds: 60)))
                let before = try await base.number("SELECT sum(version)::bigint FROM pool")
                let cancelled = try await base.change(.cancel, .id(paid.id)).order
                #expect(cancelled.state == .cancelled && cancelled.id == paid.id && cancelled.total == paid.total)
                #expect(try await base.number("SELECT sum(version)::bigint FROM pool") == before + 2)
                #expect(try await base.melonCounters() == PoolCounters(sellable: 10, held: 2))
                #expect(try await base.change(.cancel, Self.key("2")).order.state == .cancelled)
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
            let open = "SELECT count(*) FROM order_line WHERE claim <> 'released' OR expires_at IS NOT NULL"
            #expect(try await base.number(open) == 0)
            #expect(try await base.number("SELECT count(*) FROM outbox WHERE kind = 'orders.cancelled'") == 2)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'order.cancel'") == 0)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("cancelling again changes nothing and gives the same answer; a person's cancelling is in the audit log, once")
    func again() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("1", melons: 3))
                let first = try await base.change(.cancel, Self.key("1"), by: base.principal).order
                let pool = try await base.number("SELECT version FROM pool WHERE sellable = 10")
                for _ in 0..<3 {
                    let again = try await base.change(.cancel, Self.key("1"), by: base.principal)
                    #expect(again == ChangedOrder(order: first, isRepeated: true))
                }
                #expect(try await base.number("SELECT version FROM pool WHERE sellable = 10") == pool)
                let repeated = try await intake.desk.place(Melons.order("1", melons: 3))
                #expect(repeated.id == first.id, "the reference stays the order's")
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
            #expect(try await base.number("SELECT count(*) FROM outbox WHERE kind = 'orders.cancelled'") == 1)
            #expect(
                try await base.number(
                    "SELECT count(*) FROM audit WHERE action = 'order.cancel' AND actor = 'tester' AND subject = (SELECT id::text FROM customer_order)"
                ) == 1)
        }
    }

    @Test(
        "an order that is picked or beyond is not cancelled, and nothing of it changes", arguments: OrderState.allCases)
    func refused(state: OrderState) async throws {
        guard case .refused(let refusal) = state.after(.cancel) else { return }
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake { intake in _ = try await intake.desk.place(Melons.order("1", melons: 3)) }
            try await base.owner.execute(sql: "UPDATE customer_order SET state = '\(state.rawValue)'")
            await #expect { try await base.change(.cancel, Self.key("1")) } throws: { error in
                guard case IntakeError.refused(.stays(refusal)) = error else { return false }
                return true
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 3))
            #expect(try await base.number("SELECT count(*) FROM outbox") == 1)
        }
    }

    @Test("a paid hold is a commitment that does not end; what was given up is not paid any more")
    func pay() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("1", melons: 3, payment: .due(withinSeconds: 60)))
                _ = try await intake.desk.place(Melons.order("2", melons: 1, payment: .due(withinSeconds: 60)))
            }
            for _ in 0..<2 { #expect(try await base.change(.pay, Self.key("1")).order.state == .committed) }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, held: 1, committed: 3))
            #expect(try await base.number("SELECT count(*) FROM order_line WHERE expires_at IS NULL") == 1)
            #expect(try await base.number("SELECT count(*) FROM outbox WHERE kind = 'orders.paid'") == 1)
            _ = try await base.change(.cancel, Self.key("2"))
            await #expect { try await base.change(.pay, Self.key("2")) } throws: { error in
                guard case IntakeError.refused(.stays(.notPayable(.cancelled))) = error else { return false }
                return true
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 3))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an order that is not there and one that is another source's are refused alike, and stay as they are")
    func foreign() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake { intake in
                let placed = try await intake.desk.place(Melons.order("1", melons: 3))
                let other = OrderSource(rawValue: "other")!
                let named: [(OrderIdentity, OrderSource?)] = [
                    (.id(placed.id), other), (Self.key("1"), other), (.id(.sample), nil), (Self.key("2"), nil),
                ]
                for (order, source) in named {
                    await #expect { try await base.change(.cancel, order, from: source) } throws: { error in
                        guard case IntakeError.refused(.unknownOrder) = error else { return false }
                        return true
                    }
                }
                #expect(try await base.change(.cancel, .id(placed.id), from: Melons.source).order.state == .cancelled)
            }
        }
    }

    @Test("two who cancel the same order at two servers, both before either is through, give it back once")
    func atOnce() async throws {
        try await TestBase.with(connections: 6, retries: 0) { base in
            try await base.stockMelons(100)
            try await base.withIntake { first in
                _ = try await first.desk.place(Melons.order("1", melons: 3))
                // What a second giving back would eat up without any CHECK noticing it.
                _ = try await first.desk.place(Melons.order("2", melons: 90))
                try await base.withIntake { second in
                    let answers = try await withThrowingTaskGroup(of: ChangedOrder.self) { group in
                        try await base.owner.withTransaction { _ in
                            // Whoever cancels now waits for the pool.
                            _ = try await base.number("SELECT held FROM pool WHERE sellable = 100 FOR NO KEY UPDATE")
                            for intake in [first, second] {
                                group.addTask {
                                    try await base.change(
                                        .cancel, Self.key("1"), by: base.principal, at: intake.desk)
                                }
                            }
                            for intake in [first, second] { #expect(try await eventually { await intake.waits }) }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    #expect(answers.map(\.order.state) == [.cancelled, .cancelled])
                    #expect(answers[0].order == answers[1].order)
                    #expect(answers.filter(\.isRepeated).count == 1)
                }
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 100, committed: 90))
            #expect(try await base.number("SELECT count(*) FROM outbox WHERE kind = 'orders.cancelled'") == 1)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'order.cancel'") == 1)
        }
    }

    @Test("placing, paying and cancelling on the same two SKUs for a while: no deadlock, nothing lost, all explained")
    func besideTheIntake() async throws {
        // No transaction is run again, so a deadlock would be seen.
        try await TestBase.with(connections: 6, retries: 0) { base in
            try await base.stockMelons(60, rice: 60)
            try await base.withIntake { intake in
                try await base.withIntake { other in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for buyer in 0..<12 {
                            group.addTask {
                                for attempt in 0..<25 {
                                    try await Self.buy(base, intake, other.desk, buyer: buyer, attempt: attempt)
                                }
                            }
                        }
                        try await group.waitForAll()
                    }
                }
            }
            #expect(try await base.number("SELECT count(*) FROM customer_order WHERE state = 'committed'") > 0)
            #expect(try await base.differences().isEmpty)
            let told = "SELECT COALESCE(sum(cardinality(subjects)), 0) FROM outbox WHERE kind = 'orders.cancelled'"
            let cancelled = try await base.number("SELECT count(*) FROM customer_order WHERE state = 'cancelled'")
            #expect(try await base.number(told) == cancelled && cancelled > 50)
        }
    }

    /// Orders both SKUs, and then, by turns, pays, calls off at another server, or does both; every fifth order stays.
    private static func buy(
        _ base: TestBase, _ intake: OrderIntake, _ other: OrderDesk, buyer: Int, attempt: Int
    ) async throws {
        let reference = "\(buyer)-\(attempt)"
        let order = try Melons.order(reference, melons: 1, rice: 1, payment: .due(withinSeconds: 60))
        do throws(IntakeError) { _ = try await intake.desk.place(order) } catch .refused(.soldOut) { return }
        if attempt % 2 == 0 { _ = try await base.change(.pay, key(reference), at: intake.desk) }
        if attempt % 5 != 0 { _ = try await base.change(.cancel, key(reference), by: base.principal, at: other) }
    }

    @Test("a lock on an order makes nobody wait who places another under its reference")
    func uniqueKeyUnderLock() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake { intake in _ = try await intake.desk.place(Melons.order("1", melons: 3)) }
            try await base.pool.withTransaction { transaction in
                let scope = BatchScope([.change(try ChangeOrder(.pay, Self.key("1"), by: nil))])
                _ = try await transaction.query(LockOrders<Waiting>(scope: scope))
                await #expect {
                    try await base.run(
                        script: """
                            SET LOCAL lock_timeout = '2s';
                            INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at)
                            SELECT gen_random_uuid(), source, reference, fingerprint, state, total_fen, placed_at
                            FROM customer_order
                            """)
                } throws: { error in
                    (error as? PostgresError)?.sqlState == .uniqueViolation
                }
            }
        }
    }

    @Test("every update of an order and of its lines is HOT")
    func hot() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(1_000)
            try await base.withIntake { intake in
                for number in 0..<40 { _ = try await intake.desk.place(Melons.order("\(number)", melons: 1)) }
            }
            for number in 0..<40 where number % 4 == 0 {
                _ = try await base.change(.cancel, Self.key("\(number)"))
            }
            // The server's counters come late; each session tells them at once when it asks.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        try await base.pool.withConnection { connection in
                            _ = try await connection.query(sql: "SELECT pg_stat_force_next_flush()::text IS NULL") {
                                row throws(DecodingFailure) in try row.next(Bool.self)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            for table in ["customer_order", "order_line"] {
                let updates = "FROM pg_stat_user_tables WHERE relid = '\(table)'::regclass"
                #expect(try await base.number("SELECT n_tup_upd \(updates)") == 10)
                #expect(try await base.number("SELECT n_tup_upd - n_tup_hot_upd \(updates)") == 0)
            }
        }
    }
}
