import CloudWarehouse
import Postgres
import Testing
import WarehouseTesting

extension Exercise {
    /// A lot of melons that had expired when they came.
    static func expired(in base: TestBase) async throws -> ID<Lot> {
        let line = Receipt.Line(
            sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(1), expiresOn: CalendarDate("2020-01-31"))
        let delivery = try Receipt(
            reference: ReceiptReference(rawValue: "RK-3")!, warehouse: Melons.warehouse, location: Melons.location,
            lines: [line])
        _ = try await base.stock.receive(delivery, acceptsExpired: true, by: base.principal)
        return try #require(try await base.stock.lots(of: Melons.melon).lots.first).id
    }

    /// A delivery of rice, one that orders have been promised, one of which a melon is lost, and a reversal.
    static func movements(
        in base: TestBase, promised: SKUCode
    ) async throws -> [String: ID<LedgerEntry>] {
        func newest(_ sku: SKUCode) async throws -> ID<LedgerEntry> {
            try #require(try await base.stock.ledger(of: sku).entries.first).id
        }
        var movements = ["": try await newest(Melons.rice), "promised": try await newest(promised)]
        movements["not_there"] = try await newest(Melons.melon)
        let melons = try #require(try await base.stock.lots(of: Melons.melon).lots.first)
        let note = try #require(AdjustmentNote(rawValue: "盘点"))
        for (kind, isReversed) in [(Adjustment.Kind.found, true), (.lost, false)] {
            let adjustment = try Adjustment(
                reference: ReceiptReference(rawValue: kind.rawValue)!, kind: kind, lot: melons.id,
                warehouse: Melons.warehouse, location: Melons.location, quality: .good, quantity: try Quantity(1),
                note: note)
            let adjusted = try await base.stock.adjust(adjustment, by: base.principal)
            guard isReversed else { continue }
            movements["not_reversible"] =
                try await base.stock.reverse(adjusted.movement, note: note, by: base.principal).movement
        }
        movements["closed"] = try await lostFromClosed(in: base, of: melons.id, note)
        return movements
    }

    /// A loss at a location that has been closed since.
    private static func lostFromClosed(
        in base: TestBase, of lot: ID<Lot>, _ note: AdjustmentNote
    ) async throws -> ID<LedgerEntry> {
        let code = try LocationCode("X-01")
        var lost: ID<LedgerEntry>?
        _ = try await base.stock.addLocation(
            code: code, in: Melons.warehouse, storageClass: .ambient, by: base.principal)
        for kind in [Adjustment.Kind.found, .lost] {
            let adjustment = try Adjustment(
                reference: ReceiptReference(rawValue: "closed \(kind.rawValue)")!, kind: kind, lot: lot,
                warehouse: Melons.warehouse, location: code, quality: .good, quantity: try Quantity(1), note: note)
            lost = try await base.stock.adjust(adjustment, by: base.principal).movement
        }
        _ = try await base.stock.changeLocation(code, in: Melons.warehouse, by: base.principal) { $0.isClosed = true }
        return try #require(lost)
    }
}
