import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("The layout of a warehouse", .onDatabase)
struct LayoutTests {
    private static let cold = try! ZoneCode("C")
    private static let second = try! LocationCode("C-02")

    private static func adjustment(
        _ kind: Adjustment.Kind, _ quantity: Int64, at location: LocationCode, of base: TestBase
    ) async throws -> Adjustment {
        let lot = try #require(try await base.stock.lots(of: Melons.melon).lots.first)
        return try Adjustment(
            reference: ReceiptReference(rawValue: "\(kind) \(location)")!, kind: kind, lot: lot.id,
            warehouse: Melons.warehouse, location: location, quality: .good, quantity: try Quantity(quantity),
            note: AdjustmentNote(rawValue: "盘点")!)
    }

    @Test("a location is what was said of it, changes in all but its code, and each change is audited once")
    func terms() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            _ = try await base.stock.addZone(
                code: Self.cold, in: Melons.warehouse, name: Name("冷藏区"), by: base.principal)
            var terms = LocationTerms(
                storageClass: .frozen, purpose: .receiving, zone: Self.cold,
                capacity: Capacity(try Quantity(500_000), of: .gram), pickSequence: PickSequence(rawValue: 7))
            _ = try await base.stock.addLocation(
                code: Self.second, in: Melons.warehouse, terms: terms, by: base.principal)
            #expect(try await base.stock.locations(of: Melons.warehouse).last?.terms == terms)
            terms = LocationTerms(storageClass: .chilled)
            for _ in 1...2 {
                let wanted = terms
                let changed = try await base.stock.changeLocation(
                    Self.second, in: Melons.warehouse, by: base.principal
                ) {
                    $0 = wanted
                }
                #expect(changed.terms == terms && changed.code == Self.second)
            }
            #expect(try await base.stock.locations(of: Melons.warehouse).last?.terms == terms)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'location.change'") == 1)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'location.add'") == 2)
        }
    }

    @Test("a location where something stands stays open; an empty one is closed, takes nothing, and is opened again")
    func closing() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            let close = { (code: LocationCode) in
                try await base.stock.changeLocation(code, in: Melons.warehouse, by: base.principal) {
                    $0.isClosed = true
                }
            }
            await #expect(throws: StockError.self) { try await close(Melons.location) }
            await #expect {
                try await close(Melons.location)
            } throws: { error in
                if case .locationInUse(_, Melons.location, lots: 1)? = error as? StockError { true } else { false }
            }
            let lost = try await base.stock.adjust(
                try await Self.adjustment(.lost, 10, at: Melons.location, of: base), by: base.principal)
            #expect(try await close(Melons.location).terms.isClosed)
            let since = try await base.number(
                "SELECT extract(epoch FROM closed_at)::bigint FROM location WHERE code = 'A-01'")
            #expect(try await close(Melons.location).terms.isClosed, "it is so already")
            #expect(
                try await base.number("SELECT extract(epoch FROM closed_at)::bigint FROM location WHERE code = 'A-01'")
                    == since)
            // Nothing comes there: no delivery, nothing that is found, and nothing that is taken back.
            let found = try await Self.adjustment(.found, 1, at: Melons.location, of: base)
            let note = AdjustmentNote(rawValue: "x")!
            let receipt = try Melons.receipt("RK-2", melons: 1)
            for attempt: @Sendable () async throws -> Void in [
                { _ = try await base.stock.receive(receipt, by: base.principal) },
                { _ = try await base.stock.adjust(found, by: base.principal) },
                { _ = try await base.stock.reverse(lost.movement, note: note, by: base.principal) },
            ] {
                await #expect {
                    try await attempt()
                } throws: { error in
                    if case .closedLocation? = error as? StockError { true } else { false }
                }
            }
            #expect(try await base.number("SELECT count(*) FROM movement") == 2)
            // What was received before is answered as before.
            #expect(try await base.stock.receive(Melons.receipt(melons: 10), by: base.principal).isRepeated)
            _ = try await base.stock.changeLocation(Melons.location, in: Melons.warehouse, by: base.principal) {
                $0.isClosed = false
            }
            _ = try await base.stock.receive(receipt, by: base.principal)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 1))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a zone is closed after its locations, and then takes none; each warehouse has its own")
    func zones() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let (stock, by) = (base.stock, base.principal)
            let name = try Name("冷藏区")
            _ = try await stock.addZone(code: Self.cold, in: Melons.warehouse, name: name, by: by)
            let other = try WarehouseCode("other")
            _ = try await stock.addWarehouse(code: other, name: name, by: by)
            let terms = LocationTerms(storageClass: .chilled, zone: Self.cold)
            func expect(_ isExpected: @Sendable @escaping (StockError) -> Bool, _ body: () async throws -> Void) async {
                await #expect {
                    try await body()
                } throws: { error in
                    (error as? StockError).map(isExpected) ?? false
                }
            }
            await expect({ if case .unknownZone(other, Self.cold) = $0 { true } else { false } }) {
                _ = try await stock.addLocation(code: Self.second, in: other, terms: terms, by: by)
            }
            await expect({ if case .codeTaken = $0 { true } else { false } }) {
                _ = try await stock.addZone(code: Self.cold, in: Melons.warehouse, name: name, by: by)
            }
            _ = try await stock.addLocation(code: Self.second, in: Melons.warehouse, terms: terms, by: by)
            await expect({ if case .zoneInUse(_, Self.cold, locations: 1) = $0 { true } else { false } }) {
                _ = try await stock.changeZone(Self.cold, in: Melons.warehouse, isClosed: true, by: by)
            }
            _ = try await stock.changeLocation(Self.second, in: Melons.warehouse, by: by) { $0.isClosed = true }
            #expect(try await stock.changeZone(Self.cold, in: Melons.warehouse, isClosed: true, by: by).isClosed)
            await expect({ if case .closedZone(_, Self.cold) = $0 { true } else { false } }) {
                _ = try await stock.changeLocation(Self.second, in: Melons.warehouse, by: by) { $0.isClosed = false }
            }
            await expect({ if case .closedZone(_, Self.cold) = $0 { true } else { false } }) {
                _ = try await stock.changeLocation(Melons.location, in: Melons.warehouse, by: by) {
                    $0.zone = Self.cold
                }
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("closing and receiving at once: one of them waits, and nothing ever stands at a closed location")
    func race() async throws {
        try await TestBase.with(connections: 4) { base in
            try await base.prepareMelons()
            for round in 1...20 {
                let code = try LocationCode("R-\(round)")
                _ = try await base.stock.addLocation(
                    code: code, in: Melons.warehouse, storageClass: .chilled, by: base.principal)
                let receipt = try Receipt(
                    reference: ReceiptReference(rawValue: "R-\(round)")!, warehouse: Melons.warehouse, location: code,
                    lines: [Receipt.Line(sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(1))])
                async let closed: Bool = {
                    do {
                        _ = try await base.stock.changeLocation(code, in: Melons.warehouse, by: base.principal) {
                            $0.isClosed = true
                        }
                        return true
                    } catch StockError.locationInUse { return false }
                }()
                async let received: Bool = {
                    do {
                        _ = try await base.stock.receive(receipt, by: base.principal)
                        return true
                    } catch StockError.closedLocation { return false }
                }()
                let outcome = try await (closed, received)
                #expect(outcome.0 != outcome.1, "either it is closed or something stands there")
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("the database itself refuses what is no layout")
    func checks() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let other = try WarehouseCode("other")
            _ = try await base.stock.addWarehouse(code: other, name: Name("二仓"), by: base.principal)
            _ = try await base.stock.addZone(code: Self.cold, in: other, name: Name("冷藏区"), by: base.principal)
            for sql in [
                "UPDATE location SET capacity = 5 WHERE code = 'A-01'",
                "UPDATE location SET capacity_unit = 'gram' WHERE code = 'A-01'",
                "UPDATE location SET capacity = 0, capacity_unit = 'gram' WHERE code = 'A-01'",
                "UPDATE location SET pick_sequence = 0 WHERE code = 'A-01'",
                "UPDATE location SET purpose = 'sleeping' WHERE code = 'A-01'",
                "UPDATE location SET closed_at = now() WHERE kind = 'supplier'",
                "UPDATE location SET zone_id = (SELECT id FROM zone) WHERE kind = 'supplier'",
                "UPDATE location SET zone_id = (SELECT id FROM zone) WHERE code = 'A-01'",
            ] {
                await #expect(throws: PostgresError.self, "\(sql)") { try await base.owner.execute(sql: sql) }
            }
        }
    }
}
