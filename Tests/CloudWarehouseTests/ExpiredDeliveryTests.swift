import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Deliveries of expired goods", .onDatabase)
struct ExpiredDeliveryTests {
    /// Melons whose last good day lies so many days from today, and rice that does not expire.
    private static func receipt(_ days: Int, in base: TestBase) async throws -> Receipt {
        let today = try await base.stock.today()
        return try Receipt(
            reference: ReceiptReference(rawValue: "RK-9")!, warehouse: Melons.warehouse, location: Melons.location,
            lines: [
                Receipt.Line(sku: Melons.rice, owner: Melons.owner, quantity: try Quantity(500)),
                Receipt.Line(
                    sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(4),
                    expiresOn: today.advanced(byDays: days)),
            ])
    }

    @Test("what is good until today is good; what was good until yesterday is refused with the whole delivery")
    func refused() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let today = try await base.stock.today()
            let old = try await Self.receipt(-1, in: base)
            await #expect { try await base.stock.receive(old, by: base.principal) } throws: { error in
                guard case StockError.expired(let lines, let day) = error else { return false }
                return day == today
                    && lines == [ExpiredLine(number: 2, sku: Melons.melon, expiredOn: today.advanced(byDays: -1))]
            }
            for table in ["inbound", "lot", "movement", "balance", "pool"] {
                #expect(try await base.number("SELECT count(*) FROM \(table)") == 0, "\(table)")
            }
            _ = try await base.stock.receive(try await Self.receipt(0, in: base), by: base.principal)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 4))
        }
    }

    @Test("what is meant to be taken in is set aside, where no order can claim it, and the rest of it is good")
    func setAside() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let old = try await Self.receipt(-1, in: base)
            let first = try await base.stock.receive(old, acceptsExpired: true, by: base.principal)
            #expect(try await base.number("SELECT on_hand FROM balance WHERE quality = 'held'") == 4)
            #expect(try await base.number("SELECT sum(sellable)::bigint FROM pool") == 500)
            try await base.withIntake { intake in
                await #expect { try await intake.desk.place(Melons.order("1", melons: 1)) } throws: { error in
                    guard case IntakeError.refused(.soldOut(let short)) = error else { return false }
                    return short == [OrderRefusal.Shortage(sku: Melons.melon, asked: 1, available: 0)]
                }
            }
            // The paper is the same: what has been received is not refused afterwards.
            let again = try await base.stock.receive(old, by: base.principal)
            #expect(again.isRepeated && again.id == first.id)
            let lines = try #require(try await base.stock.inbound(old.reference)).lines
            #expect(lines.map(\.quality) == [.good, .held] && lines.map(\.sku) == [Melons.rice, Melons.melon])
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what has expired does not become good by a correction, nor is any found; a reversal puts back what was")
    func neverRestored() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            _ = try await base.stock.receive(
                try await Self.receipt(-1, in: base), acceptsExpired: true, by: base.principal)
            let (lot, today) = (
                try #require(try await base.stock.lots(of: Melons.melon).lots.first), try await base.stock.today()
            )
            func adjustment(_ kind: Adjustment.Kind, _ quality: Quality) throws -> Adjustment {
                try Adjustment(
                    reference: ReceiptReference(rawValue: kind.rawValue)!, kind: kind, lot: lot.id,
                    warehouse: Melons.warehouse, location: Melons.location, quality: quality,
                    quantity: try Quantity(1), note: AdjustmentNote(rawValue: "盘点")!)
            }
            for (kind, quality) in [(Adjustment.Kind.restored, Quality.held), (.found, .good)] {
                let sold = try adjustment(kind, quality)
                await #expect { try await base.stock.adjust(sold, by: base.principal) } throws: { error in
                    guard case StockError.notAdjusted(.expired(let last, let day)) = error else { return false }
                    return last == today.advanced(byDays: -1) && day == today
                }
            }
            _ = try await base.stock.adjust(try adjustment(.found, .held), by: base.principal)
            #expect(try await base.number("SELECT sum(on_hand)::bigint FROM balance WHERE quality = 'held'") == 5)
            #expect(try await base.number("SELECT sum(sellable)::bigint FROM pool") == 500, "the rice alone")
            // Melons that expired after they had come in: what was written off by mistake is there again.
            try await base.owner.execute(sql: "UPDATE lot SET expires_on = NULL")
            _ = try await base.stock.adjust(try adjustment(.restored, .held), by: base.principal)
            let lost = try await base.stock.adjust(try adjustment(.lost, .good), by: base.principal)
            try await base.owner.execute(sql: "UPDATE lot SET expires_on = '2020-01-31'")
            _ = try await base.stock.reverse(
                lost.movement, note: try #require(AdjustmentNote(rawValue: "记错了")), by: base.principal)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 1))
            #expect(try await base.differences().isEmpty)
        }
    }
}
