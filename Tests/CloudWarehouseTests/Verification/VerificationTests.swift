import CloudWarehouse
import Postgres
import Testing
import WarehouseTesting

@Suite("Verification", .onDatabase)
struct VerificationTests {
    private static let corruptions =
        [
            ("UPDATE balance SET on_hand = on_hand + 1 WHERE on_hand = 10", "balance", "on_hand", "11", "10"),
            ("UPDATE pool SET sellable = sellable + 1 WHERE sellable = 10", "pool", "sellable", "11", "10"),
            ("UPDATE pool SET held = held + 1 WHERE sellable = 10", "pool", "held", "3", "2"),
            ("UPDATE pool SET held = held - 1 WHERE sellable = 10", "pool", "held", "1", "2"),
            ("UPDATE pool SET committed = committed - 1 WHERE sellable = 10", "pool", "committed", "2", "3"),
            ("UPDATE pool SET allotted = 1 WHERE sellable = 10", "pool", "allotted", "1", "0"),
            (
                "UPDATE customer_order SET total_fen = total_fen + 1 WHERE reference = '1'", "customer_order",
                "total_fen", "2971", "2970"
            ),
            (
                "UPDATE customer_order SET state = 'held' WHERE reference = '1'", "customer_order", "state", "held",
                "committed"
            ),
            (
                "UPDATE customer_order SET state = 'paid_short' WHERE reference = '1'", "customer_order", "state",
                "paid_short", "committed"
            ),
            (
                "UPDATE order_line SET claim = 'short', warehouse_id = NULL, owner_id = NULL WHERE claim = 'committed'",
                "customer_order", "state", "committed", "paid_short"
            ),
            ("UPDATE order_line SET claim = 'released' WHERE claim = 'committed'", "pool", "committed", "3", "0"),
            ("DELETE FROM order_line WHERE claim = 'committed'", "customer_order", "total_fen", "2970", nil),
            ("DELETE FROM pool WHERE sellable = 10", "pool", "held", nil, "2"),
            ("DELETE FROM balance WHERE on_hand = 10", "balance", "on_hand", nil, "10"),
            ("UPDATE lot SET status = 'blocked' WHERE grade IS NULL", "pool", "sellable", "10", "0"),
        ] as [(String, String, String, String?, String?)]

    @Test(
        "each counter, corrupted in turn, is named with what is stored and what should be",
        arguments: corruptions.indices)
    func corrupted(index: Int) async throws {
        let (sql, table, column, stored, expected) = Self.corruptions[index]
        try await TestBase.with { base in
            try await base.stockMelons(10, rice: 500)
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("1", melons: 3))
                _ = try await intake.desk.place(Melons.order("2", melons: 2, payment: .due(withinSeconds: 60)))
            }
            let clean = try await Verification(pool: base.pool).run()
            #expect(clean.differences.isEmpty)
            #expect(clean.extent.movements == 2 && clean.extent.orders == 2)
            #expect(try await base.owner.execute(sql: sql) >= 1)
            let differences = try await base.differences()
            #expect(
                differences.contains {
                    $0.table == table && $0.column == column && $0.stored == stored && $0.expected == expected
                }, "\(differences)")
        }
    }

    @Test("a line without its order, and a movement that nobody booked, are named")
    func strays() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("1", melons: 3))
            }
            try await base.owner.execute(sql: "DELETE FROM customer_order")
            #expect(try await base.differences().map(\.table) == ["order_line"])
            try await base.owner.execute(
                sql: "UPDATE movement SET quantity = quantity - 1")
            let differences = try await base.differences()
            #expect(differences.contains { $0.table == "balance" && $0.stored == "10" && $0.expected == "9" })
        }
    }

    @Test("under load, too, every snapshot is explained")
    func underLoad() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(1_000)
            try await base.withIntake { intake in
                await withTaskGroup(of: Void.self) { group in
                    for buyer in 0..<16 {
                        group.addTask {
                            for attempt in 0..<20 {
                                _ = try? await intake.desk.place(Melons.order("\(buyer)-\(attempt)", melons: 1))
                            }
                        }
                    }
                    for _ in 0..<5 {
                        let differences = try? await base.differences()
                        #expect(differences?.isEmpty == true)
                    }
                }
            }
            #expect(try await base.melonCounters().committed == 320)
        }
    }
}
