import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Picks beside scans, stops and counts", .onDatabase)
struct PickRaceTests {
    private func onlyLot(_ base: TestBase) async throws -> ID<Lot> {
        try #require(try await base.stock.lots(of: Melons.melon).lots.first).id
    }

    /// Waits until so many connections to the base wait for a lock.
    private func blocked(_ count: Int64, _ base: TestBase) async throws -> Bool {
        try await eventually {
            try await base.number(
                """
                SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid IN (
                    SELECT pid FROM pg_locks
                    WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
                )
                """) == count
        }
    }

    @Test("a parcel that is packed while a pick waits for it stays packed")
    func packedMeanwhile() async throws {
        try await TestBase.with(connections: 4) { base in
            try await base.prepareWaves(4)
            try await base.place((1...2).map { try Melons.order("\($0)", melons: 2) })
            #expect(try await base.released().parcels == 2)
            let pick = WavePick(reference: .sample, location: Melons.location, lot: try await onlyLot(base))
            try await base.owner.execute(sql: "BEGIN")
            try await base.owner.execute(sql: "SELECT FROM balance WHERE allocated > 0 FOR UPDATE")
            async let packed = base.pack(1)
            #expect(try await blocked(1, base), "the scan holds its parcel, and waits for the balance")
            async let result = base.fulfilment.pick(pick, for: Waves.code, by: base.principal)
            #expect(try await blocked(2, base), "the pick has read the parcel as it was, and waits for it")
            try await base.owner.execute(sql: "COMMIT")
            #expect(try await packed == [.done])
            #expect(try await result == PickResult(asked: 2, found: 2, rebound: 0))
            #expect(try await base.pack(1, 2) == [.repeated, .done])
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what was found goes to parcels that may leave, and for those that may not nothing else is bound")
    func stoppedLast() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(0)
            let soon = try await base.receiveMelons("RK-1", 4, goodFor: 5)
            let ids = try await base.place((1...2).map { try Melons.order("\($0)", melons: 2) })
            try await base.released()
            try await base.receiveMelons("RK-2", 4, goodFor: 9, at: Waves.shelf)
            try await base.change(.cancel, .id(ids[0]))
            let pick = WavePick(
                reference: .sample, location: Melons.location, lot: soon, found: try Quantity(2))
            let result = try await base.fulfilment.pick(pick, for: Waves.code, by: base.principal)
            #expect(result == PickResult(asked: 4, found: 2, rebound: 0))
            #expect(try await base.pack(1, 2) == [.refused(.dissolved), .done])
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a doubt ends when a count is posted, goods are lost or found, and not when they are set aside")
    func doubts() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(6)
            let lot = try await onlyLot(base)
            try await base.place([Melons.order("1", melons: 3)])
            try await base.released()
            let pick = WavePick(
                reference: .sample, location: Melons.location, lot: lot, found: try Quantity(2))
            _ = try await base.fulfilment.pick(pick, for: Waves.code, by: base.principal)
            func doubts() async throws -> Int64 { try await base.number("SELECT count(*) FROM pick_doubt") }
            #expect(try await doubts() == 1)
            for task in [Tally.plan(), try Tally.count(lot, 4, as: "1"), .finish] { try await base.count(task) }
            #expect(try await doubts() == 1)
            try await base.count(.approve)
            #expect(try await doubts() == 0, "all four are there after all")
            try await base.run(
                script: """
                    INSERT INTO pick_doubt SELECT id, '\(lot)', 1, now() FROM location WHERE code = '\(Melons.location)'
                    """)
            func adjust(_ kind: Adjustment.Kind) async throws {
                _ = try await base.stock.adjust(
                    Adjustment(
                        reference: ReceiptReference(rawValue: kind.rawValue)!, kind: kind, lot: lot,
                        warehouse: Melons.warehouse, location: Melons.location, quality: .good,
                        quantity: try Quantity(1), note: .sample), by: base.principal)
            }
            try await adjust(.setAside)
            #expect(try await doubts() == 1)
            try await adjust(.lost)
            #expect(try await doubts() == 0)
        }
    }
}
