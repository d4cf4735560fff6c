import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("What a verification and a repair say to sabotage", .onDatabase)
struct PromiseTests {
    @Test("orders of every kind keep what they promise, through all that may become of them")
    func kept() async throws {
        try await TestBase.with { base in
            try await base.placeEveryKind()
            #expect(try await base.differences().isEmpty)
            func order(_ reference: String) -> OrderIdentity {
                .key(OrderKey(source: Melons.source, reference: OrderReference(rawValue: reference)!))
            }
            let (one, melon) = (try Quantity(1), Melons.melon)
            let deeds: [(ChangeOrder.Change, String)] = [
                (.edit([PlaceOrder.Line(sku: melon, quantity: one)]), "held"),
                (.reduce([ChangeOrder.Remainder(position: 1, quantity: try Quantity(4))]), "split"),
                (.reduce([ChangeOrder.Remainder(position: 1, quantity: one)]), "set"),
                (.cancel, "paid"), (.claim, "short"), (.pay, "held"), (.cancel, "limited"), (.cancel, "short"),
                (.cancel, "split"), (.cancel, "set"), (.cancel, "held"),
            ]
            for (deed, reference) in deeds {
                try await base.change(deed, order(reference))
                let differences = try await base.differences()
                #expect(differences.isEmpty, "after \(deed) of \(reference): \(differences)")
            }
            #expect(try await base.number("SELECT sum(held + committed)::bigint FROM pool") == 0)
            #expect(try await base.number("SELECT sum(taken)::bigint FROM buyer_count") == 0)
        }
    }

    @Test("a counter is named, and repaired with an entry and a row of the audit log", arguments: Sabotage.counters)
    func repaired(sabotage: Sabotage) async throws {
        try await TestBase.with { base in
            try await base.placeEveryKind()
            try await base.commit(sabotage)
            let named = try await base.differences()
            #expect(named.contains { $0.table == sabotage.table && $0.column == sabotage.column }, "\(named)")
            let repair = Repair(pool: base.pool)
            let plan = try await repair.plan()
            #expect(plan.cases.isEmpty, "\(plan.cases)")
            #expect(plan.entries.contains { $0.table == sabotage.table && $0.column == sabotage.column })
            let report = try await repair.carryOut(plan, by: base.principal)
            #expect(report.entries == plan.entries)
            #expect(try await base.differences().isEmpty)
            let count = Int64(plan.entries.count)
            #expect(try await base.number("SELECT count(*) FROM repair") == 1)
            #expect(try await base.number("SELECT count(*) FROM repair_entry") == count)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'stock.repair'") == count)
            let again = try await repair.carryOut(try await repair.plan(), by: base.principal)
            #expect(again.id == nil && again.entries.isEmpty)
            #expect(try await base.number("SELECT count(*) FROM repair") == 1)
        }
    }

    @Test(
        "what no counter can mend is named with what to do, and not touched",
        arguments: Sabotage.goods + Sabotage.orders)
    func left(sabotage: Sabotage) async throws {
        try await TestBase.with { base in
            try await base.placeEveryKind()
            try await base.commit(sabotage)
            let named = try await base.differences()
            let wrong = named.filter { $0.table == sabotage.table && $0.column == sabotage.column }
            #expect(!wrong.isEmpty, "\(named)")
            let repair = Repair(pool: base.pool)
            let plan = try await repair.plan()
            let found = plan.cases.first {
                $0.difference.table == sabotage.table && $0.difference.column == sabotage.column
            }
            #expect(found?.remedy == sabotage.remedy, "\(plan.cases)")
            let orders = try await base.fingerprintOfOrders()
            let report = try await repair.carryOut(plan, by: base.principal)
            #expect(!report.entries.contains { $0.table == sabotage.table && $0.column == sabotage.column })
            let after = try await base.differences()
            #expect(wrong.allSatisfy { after.contains($0) }, "\(after)")
            #expect(try await base.fingerprintOfOrders() == orders)
            let again = try await repair.plan()
            #expect(again.entries.isEmpty && again.cases == plan.cases, "\(again.entries)")
        }
    }

    @Test("the index that forbids a reference twice is not asked whether there is one")
    func withoutIndex() async throws {
        try await TestBase.with { base in
            try await base.placeEveryKind()
            try await base.owner.execute(sql: "SET enable_seqscan = off")
            let sql = RepeatedOrders.sql.replacing("$1", with: "1000")
            let plan = try await base.owner.query(sql: "EXPLAIN \(sql)") { row throws(DecodingFailure) in
                try row.next(String.self)
            }
            #expect(plan.contains { $0.contains("Seq Scan on customer_order") }, "\(plan)")
            #expect(!plan.contains { $0.contains("once_per_source") }, "\(plan)")
        }
    }

    @Test(
        "each table's differences are somebody's to mend",
        arguments: [
            ("adjustment", "reverses", .alteredLedger), ("movement", "document_id", .alteredLedger),
            ("audit", "content", .auditLog), ("audit_seal", "digest", .auditLog), ("outbox", "number", .events),
            ("relay_lease", "last_number", .events), ("recipient", "order_id", .stray),
            ("customer_order", "total_fen", .contradictoryOrder), ("balance", "allocated", .boundGoods),
            ("parcel", "state", .boundGoods), ("wave", "parcel_count", .boundGoods),
            ("parcel_item", "quantity", .boundGoods), ("order_line", "bound", .boundGoods),
        ] as [(String, String, Remedy)])
    func remedies(table: String, column: String, remedy: Remedy) {
        let difference = Difference(table: table, row: "", column: column, stored: nil, expected: nil)
        #expect(difference.remedy == remedy)
    }
}

extension TestBase {
    /// Runs a sabotage as the owner; each of its statements has to change something, or there was none.
    func commit(_ sabotage: Sabotage) async throws {
        for sql in sabotage.sql {
            let rows = try await owner.execute(sql: sql)
            #expect(rows >= 1 || sql.hasPrefix("ALTER"), "\(sql)")
        }
    }

    /// A number that changes when anything of the orders or the ledger does.
    func fingerprintOfOrders() async throws -> Int64 {
        try await number(
            """
            SELECT hashtextextended(string_agg(row, chr(10) ORDER BY row), 0) FROM (
                SELECT customer_order::text AS row FROM customer_order
                UNION ALL SELECT order_line::text FROM order_line UNION ALL SELECT order_terms::text FROM order_terms
                UNION ALL SELECT recipient::text FROM recipient UNION ALL SELECT movement::text FROM movement
                UNION ALL SELECT lot::text FROM lot
            ) AS everything
            """)
    }
}
