import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Repair", .onDatabase)
struct RepairTests {
    /// One counter of each kind is wrong.
    private static let everything = """
        UPDATE balance SET on_hand = on_hand + 4 WHERE on_hand = 10;
        UPDATE pool SET sellable = sellable + 7, held = held + 1, committed = committed - 2 WHERE sellable = 10;
        UPDATE pool SET committed = 0 WHERE sellable = 5;
        UPDATE buyer_count SET taken = 0;
        """

    @Test("a plan shows what would be posted, and changes nothing")
    func planned() async throws {
        try await TestBase.with { base in
            try await base.placeEveryKind()
            try await base.run(script: Self.everything)
            let before = try await base.fingerprintOfCounters()
            let plan = try await Repair(pool: base.pool).plan()
            #expect(
                plan.entries.map { "\($0.table).\($0.column) \($0.stored ?? -1) \($0.delta)" } == [
                    "balance.on_hand 14 -4", "pool.committed 0 3", "pool.sellable 17 -7", "pool.held 3 -1",
                    "pool.committed 6 2", "buyer_count.taken 0 450",
                ])
            #expect(try await base.fingerprintOfCounters() == before)
            #expect(try await base.number("SELECT count(*) FROM repair") == 0)
        }
    }

    @Test("what is posted is recorded with who, why, and what stood there before; versions grow")
    func recorded() async throws {
        try await TestBase.with { base in
            try await base.placeEveryKind()
            try await base.run(script: Self.everything)
            let versions = try await base.number("SELECT sum(version)::bigint FROM pool")
            let repair = Repair(pool: base.pool)
            let note = AdjustmentNote(rawValue: "恢复备份后数目不对")
            let report = try await repair.carryOut(try await repair.plan(), note: note, by: base.principal)
            #expect(report.entries.count == 6)
            #expect(try await base.differences().isEmpty)
            #expect(try await base.number("SELECT sum(version)::bigint FROM pool") == versions + 2)
            let told = try await base.number(
                """
                SELECT count(*) FROM repair WHERE id = '\(try #require(report.id))' AND actor = 'tester' AND origin = 'here'
                    AND note = '恢复备份后数目不对'
                """)
            #expect(told == 1)
            let exact = try await base.number(
                """
                SELECT count(*) FROM repair_entry
                JOIN pool ON pool.sku_id::text = row_key ->> 'sku_id' AND pool.warehouse_id::text = row_key ->> 'warehouse_id'
                    AND pool.owner_id::text = row_key ->> 'owner_id'
                WHERE table_name = 'pool' AND column_name = 'sellable' AND stored = 17 AND repair_entry.expected = 10
                    AND delta = -7 AND pool.sellable = 10
                """)
            #expect(exact == 1)
            let audited = try await base.number(
                """
                SELECT count(*) FROM repair_entry JOIN audit ON action = 'stock.repair' AND subject = repair_id::text
                    AND (detail ->> 'entry')::integer = position AND detail -> 'row' = row_key
                    AND detail ->> 'table' = table_name AND detail ->> 'column' = column_name
                    AND (detail ->> 'expected')::bigint = repair_entry.expected
                """)
            #expect(audited == 6)
        }
    }

    @Test("a balance of which more is bound than there is is left to people, and others are repaired")
    func boundGoods() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(10, rice: 5_000)
            try await base.place([Melons.order("1", melons: 2)])
            try await base.released()
            try await base.run(
                script: """
                    UPDATE movement SET quantity = 1 WHERE quantity = 10;
                    UPDATE balance SET on_hand = 4000 WHERE on_hand = 5000;
                    """)
            let repair = Repair(pool: base.pool)
            let plan = try await repair.plan()
            #expect(plan.cases.filter { $0.difference.table == "balance" }.map(\.remedy) == [.boundGoods])
            let report = try await repair.carryOut(plan, by: base.principal)
            #expect(report.entries.map(\.expected) == [5_000])
            #expect(try await base.number("SELECT on_hand FROM balance WHERE allocated > 0") == 10)
        }
    }

    @Test("what has been put right meanwhile is not posted")
    func changedMeanwhile() async throws {
        try await TestBase.with { base in
            try await base.placeEveryKind()
            let before = try await base.fingerprintOfCounters()
            try await base.run(script: "UPDATE pool SET held = 0 WHERE held = 2")
            let repair = Repair(pool: base.pool)
            let plan = try await repair.plan()
            #expect(plan.entries.count == 1)
            try await base.run(script: "UPDATE pool SET held = 2 WHERE sellable = 10")
            let report = try await repair.carryOut(plan, by: base.principal)
            #expect(report.id == nil && report.entries.isEmpty)
            #expect(try await base.fingerprintOfCounters() == before)
            #expect(try await base.number("SELECT count(*) FROM repair") == 0)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'stock.repair'") == 0)
        }
    }

    @Test("what a transaction under way does is waited for, and comes on top of what is posted")
    func underWay() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10)
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("1", melons: 3))
            }
            try await base.run(script: "UPDATE pool SET committed = 9")
            let repair = Repair(pool: base.pool)
            let plan = try await repair.plan()
            #expect(plan.entries.map(\.delta) == [-6])
            // An intake that has counted an order, and has not committed yet.
            try await base.owner.execute(sql: "BEGIN")
            try await base.owner.execute(sql: "UPDATE pool SET committed = committed + 1")
            try await base.owner.execute(
                sql: """
                    INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at)
                    SELECT '00000000-0000-7000-8000-00000000000a', source, '2', fingerprint, state, 990, placed_at
                    FROM customer_order
                    """)
            try await base.owner.execute(
                sql: """
                    INSERT INTO order_line (order_id, position, sku_id, warehouse_id, owner_id, quantity, price_fen,
                        price_per, amount_fen, claim)
                    SELECT '00000000-0000-7000-8000-00000000000a', 1, sku_id, warehouse_id, owner_id, 1, 990, 1, 990, claim
                    FROM order_line
                    """)
            async let carried = repair.carryOut(plan, by: base.principal)
            let waits = try await eventually {
                try await base.number(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'tuple' AND relation = 'pool'::regclass") > 0
            }
            #expect(waits)
            try await base.owner.execute(sql: "COMMIT")
            let report = try await carried
            #expect(report.entries.map(\.stored) == [10] && report.entries.map(\.expected) == [4])
            #expect(try await base.melonCounters().committed == 4)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("while orders are placed, paid and called off, nothing is lost or counted twice")
    func whileSelling() async throws {
        try await TestBase.with(connections: 4) { base in
            try await base.stockMelons(100_000)
            try await base.withIntake { intake in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for buyer in 0..<8 {
                        group.addTask {
                            for attempt in 0..<25 {
                                let order = try await intake.desk.place(
                                    Melons.order("\(buyer)-\(attempt)", melons: 2, payment: .due(withinSeconds: 600)))
                                guard attempt % 2 == 0 else { continue }
                                let deed: ChangeOrder.Change = attempt % 4 == 0 ? .pay : .cancel
                                try await base.change(deed, .id(order.id), at: intake.desk)
                            }
                        }
                    }
                    group.addTask {
                        let repair = Repair(pool: base.pool)
                        for round in 1...12 {
                            try await base.owner.execute(
                                sql: """
                                    UPDATE pool SET held = held + \(round), committed = committed + 1, sellable = sellable - 3
                                    """)
                            try await base.owner.execute(sql: "UPDATE balance SET on_hand = on_hand - \(round)")
                            let report = try await repair.carryOut(try await repair.plan(), by: base.principal)
                            #expect(report.entries.map(\.delta) == [Int64(round), 3, -Int64(round), -1])
                        }
                    }
                    try await group.waitForAll()
                }
            }
            // Of 25 orders each, 12 stay held, 7 are paid, and 6 are called off.
            let counters = try await base.melonCounters()
            #expect(counters == PoolCounters(sellable: 100_000, held: 8 * 12 * 2, committed: 8 * 7 * 2))
            #expect(try await base.differences().isEmpty)
            #expect(try await base.number("SELECT count(*) FROM repair") == 12)
        }
    }

    @Test("a count that facts have taken past its limit is repaired to the facts")
    func pastTheLimit() async throws {
        try await TestBase.with { base in
            try await base.placeEveryKind()
            try await base.withIntake { intake in
                let line = PlaceOrder.Line(sku: Melons.rice, quantity: try Quantity(400))
                _ = try await intake.desk.place(
                    PlaceOrder(
                        source: Melons.source, reference: OrderReference(rawValue: "fact")!, lines: [line],
                        payment: .paidElsewhere, terms: OrderTerms(buyer: Buyer(rawValue: "b1"))))
            }
            try await base.run(script: "UPDATE buyer_count SET taken = 1, most = 600")
            let repair = Repair(pool: base.pool)
            let report = try await repair.carryOut(try await repair.plan(), by: base.principal)
            #expect(report.entries.map(\.expected) == [850])
            #expect(try await base.number("SELECT most FROM buyer_count") == 850)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("the tables of repairs take no other rows than what mends a counter")
    func refused() async throws {
        try await TestBase.with { base in
            let id = "00000000-0000-7000-8000-00000000000a"
            try await base.run(
                script: "INSERT INTO repair (id, actor, origin, recorded_at) VALUES ('\(id)', 'a', 'b', now())")
            for (values, constraint) in [
                ("'pool', '{}', 'version', 1, 2, 1", "repair_entry_of_a_counter"),
                ("'customer_order', '{}', 'total_fen', 1, 2, 1", "repair_entry_of_a_counter"),
                ("'pool', '{}', 'held', 1, 2, 2", "repair_entry_adds_up"),
                ("'pool', '{}', 'held', 1, 1, 0", "repair_entry_mends_something"),
                ("'pool', '{}', 'held', 1, -1, -2", "repair_entry_expected_check"),
                ("'pool', '[]', 'held', 1, 2, 1", "repair_entry_row_key_check"),
            ] {
                await #expect("\(values)") {
                    try await base.owner.execute(sql: "INSERT INTO repair_entry VALUES ('\(id)', 1, \(values))")
                } throws: { error in
                    "\(error)".contains(constraint)
                }
            }
            try await base.run(script: "INSERT INTO repair_entry VALUES ('\(id)', 1, 'pool', '{}', 'held', NULL, 0, 0)")
        }
    }
}

extension TestBase {
    /// A number that changes when a counter does.
    fileprivate func fingerprintOfCounters() async throws -> Int64 {
        try await number(
            """
            SELECT hashtextextended(string_agg(row, chr(10) ORDER BY row), 0) FROM (
                SELECT (sku_id, warehouse_id, owner_id, sellable, held, committed, allotted)::text AS row FROM pool
                UNION ALL SELECT balance::text FROM balance UNION ALL SELECT buyer_count::text FROM buyer_count
            ) AS counters
            """)
    }
}
