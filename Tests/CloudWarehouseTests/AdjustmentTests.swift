import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Corrections by hand", .onDatabase)
struct AdjustmentTests {
    private static func adjustment(
        _ kind: Adjustment.Kind, _ quantity: Int64, _ reference: String, of base: TestBase, quality: Quality = .good
    ) async throws -> Adjustment {
        let lot = try #require(try await base.stock.lots(of: Melons.melon).lots.first)
        return try Adjustment(
            reference: ReceiptReference(rawValue: reference)!, kind: kind, lot: lot.id, warehouse: Melons.warehouse,
            location: Melons.location, quality: quality, quantity: try Quantity(quantity),
            note: AdjustmentNote(rawValue: "压烂了")!)
    }

    private static func onHand(_ quality: Quality, in base: TestBase) async throws -> Int64 {
        try await base.number(
            "SELECT COALESCE(sum(on_hand), 0)::bigint FROM balance WHERE quality = '\(quality.rawValue)'")
    }

    @Test(
        "each kind moves the goods, and what may be sold with them, and verify explains it",
        arguments: [
            (.lost, 7, 7, 0, 0), (.missing, 7, 7, 0, 0), (.found, 13, 13, 0, 0), (.damaged, 7, 7, 3, 0),
            (.setAside, 7, 7, 0, 3),
        ] as [(Adjustment.Kind, Int64, Int64, Int64, Int64)])
    func kinds(kind: Adjustment.Kind, sellable: Int64, good: Int64, damaged: Int64, held: Int64) async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            _ = try await base.stock.adjust(
                try await Self.adjustment(kind, 3, "PD-1", of: base), by: base.principal)
            #expect(try await base.melonCounters() == PoolCounters(sellable: sellable))
            #expect(try await Self.onHand(.good, in: base) == good)
            #expect(try await Self.onHand(.damaged, in: base) == damaged)
            #expect(try await Self.onHand(.held, in: base) == held)
            let entry = try #require(try await base.stock.ledger().entries.first)
            #expect(entry.reason == kind.reason && entry.goods.quantity.rawValue == 3)
            #expect(
                try await base.number(
                    """
                    SELECT count(*) FROM adjustment JOIN audit ON audit.subject = adjustment.reference
                    WHERE adjustment.note = '压烂了' AND adjustment.actor = 'tester' AND audit.action = 'stock.adjust'
                        AND audit.actor = 'tester' AND adjustment.movement_id = '\(entry.id)'
                    """) == 1)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "a correction without its row of the ledger, a row without its correction, and a reversal of something else are named",
        arguments: [
            ("DELETE FROM adjustment WHERE reference = 'PD-1'", "movement", "document_id"),
            (
                "UPDATE adjustment SET movement_id = gen_random_uuid() WHERE reference = 'PD-1'", "adjustment",
                "movement_id"
            ),
            ("UPDATE adjustment SET reverses = movement_id WHERE reverses IS NOT NULL", "adjustment", "reverses"),
            ("UPDATE movement SET reason = 'count' WHERE reason = 'reversal'", "adjustment", "reverses"),
        ])
    func verified(sql: String, table: String, column: String) async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            let made = try await base.stock.adjust(
                try await Self.adjustment(.lost, 3, "PD-1", of: base), by: base.principal)
            _ = try await base.stock.reverse(
                made.movement, note: AdjustmentNote(rawValue: "记错了")!, by: base.principal)
            #expect(try await base.differences().isEmpty)
            #expect(try await base.owner.execute(sql: sql) == 1)
            let differences = try await base.differences()
            #expect(differences.contains { $0.table == table && $0.column == column }, "\(differences)")
        }
    }

    @Test("goods that were set aside are restored, and can be sold again")
    func restored() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            let aside = try await Self.adjustment(.setAside, 10, "1", of: base)
            _ = try await base.stock.adjust(aside, by: base.principal)
            #expect(try await base.melonCounters() == PoolCounters())
            let restored = try await Self.adjustment(.restored, 4, "2", of: base, quality: .held)
            _ = try await base.stock.adjust(restored, by: base.principal)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 4))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what orders have been promised is not taken away, and what is not there is not either; nothing is written")
    func refused() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake { _ = try await $0.desk.place(Melons.order("1", melons: 6)) }
            for (kind, quantity, expected) in [
                (.lost, 5, .promised(available: 4, unit: .piece)), (.damaged, 5, .promised(available: 4, unit: .piece)),
                (.missing, 11, .notThere(onHand: 10, unit: .piece)),
            ] as [(Adjustment.Kind, Int64, AdjustmentRefusal)] {
                let adjustment = try await Self.adjustment(kind, quantity, "PD", of: base)
                await #expect { try await base.stock.adjust(adjustment, by: base.principal) } throws: {
                    error in
                    guard case StockError.notAdjusted(expected) = error else { return false }
                    return true
                }
            }
            let held = try await Self.adjustment(.lost, 1, "PD", of: base, quality: .held)
            await #expect(throws: StockError.self) { try await base.stock.adjust(held, by: base.principal) }
            for table in ["adjustment", "audit WHERE action LIKE 'stock.%'"] {
                #expect(try await base.number("SELECT count(*) FROM \(table)") == 0)
            }
            #expect(try await base.number("SELECT count(*) FROM movement") == 1)
            _ = try await base.stock.adjust(try await Self.adjustment(.lost, 4, "PD", of: base), by: base.principal)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 6, committed: 6))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("the same correction, ten times at once, is made once; another one under its reference not at all")
    func once() async throws {
        try await TestBase.with(connections: 4) { base in
            try await base.stockMelons(10)
            let adjustment = try await Self.adjustment(.lost, 2, "PD-1", of: base)
            let answers = try await withThrowingTaskGroup(of: AdjustedStock.self) { group in
                for _ in 0..<10 { group.addTask { try await base.stock.adjust(adjustment, by: base.principal) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers.map(\.movement)).count == 1)
            #expect(answers.count { !$0.isRepeated } == 1)
            let other = try await Self.adjustment(.lost, 3, "PD-1", of: base)
            await #expect { try await base.stock.adjust(other, by: base.principal) } throws: { error in
                guard case StockError.notAdjusted(.otherUnderReference) = error else { return false }
                return true
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 8))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("orders and losses at once: never are fewer left than promised, and nothing is lost twice")
    func race() async throws {
        try await TestBase.with(connections: 4) { base in
            try await base.stockMelons(40)
            let losses = try await (0..<20).asyncMap { try await Self.adjustment(.lost, 2, "PD-\($0)", of: base) }
            try await base.withIntake { intake in
                await withTaskGroup(of: Void.self) { group in
                    for number in 0..<20 {
                        group.addTask { _ = try? await intake.desk.place(Melons.order("\(number)", melons: 2)) }
                        group.addTask { _ = try? await base.stock.adjust(losses[number], by: base.principal) }
                    }
                }
            }
            let counters = try await base.melonCounters()
            #expect(counters.available == 0, "\(counters)")
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a movement is taken back once by another row, and the ledger keeps both")
    func reversed() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            let note = try #require(AdjustmentNote(rawValue: "记错了"))
            let lost = try await base.stock.adjust(
                try await Self.adjustment(.lost, 3, "PD-1", of: base), by: base.principal)
            let first = try await base.stock.reverse(lost.movement, note: note, by: base.principal)
            let again = try await base.stock.reverse(lost.movement, note: note, by: base.principal)
            #expect(!first.isRepeated && again.isRepeated && again.movement == first.movement)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
            #expect(try await base.number("SELECT count(*) FROM movement") == 3)
            #expect(
                try await base.number("SELECT count(*) FROM audit WHERE action = 'stock.reverse' AND actor = 'tester'")
                    == 1)
            await #expect { try await base.stock.reverse(first.movement, note: note, by: base.principal) } throws: {
                error in
                guard case StockError.notAdjusted(.notReversible(.reversal)) = error else { return false }
                return true
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a delivery is taken back as long as nobody has been promised its goods")
    func reversedReceipt() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            let receipt = try #require(try await base.stock.ledger().entries.first)
            let note = try #require(AdjustmentNote(rawValue: "收错了"))
            try await base.withIntake { _ = try await $0.desk.place(Melons.order("1", melons: 1)) }
            await #expect { try await base.stock.reverse(receipt.id, note: note, by: base.principal) } throws: {
                error in
                guard case StockError.notAdjusted(.promised(available: 9, unit: .piece)) = error else { return false }
                return true
            }
            _ = try await base.change(
                .cancel, .key(OrderKey(source: Melons.source, reference: OrderReference(rawValue: "1")!)))
            _ = try await base.stock.reverse(receipt.id, note: note, by: base.principal)
            #expect(try await base.melonCounters() == PoolCounters())
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what is corrected by nothing, or to what it is, is no correction")
    func invalid() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(1)
            await #expect(throws: InvalidValue.emptyAdjustment) { try await Self.adjustment(.lost, 0, "1", of: base) }
            await #expect(throws: InvalidValue.sameQuality) { try await Self.adjustment(.restored, 1, "1", of: base) }
        }
    }
}

extension Range<Int> {
    /// The results one after the other.
    fileprivate func asyncMap<Value>(_ body: (Int) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
