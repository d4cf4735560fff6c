import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("What is not found, and what is done at the same time", .onDatabase)
struct ShortPickTests {
    private func pick(
        _ lot: ID<Lot>, at location: LocationCode, found: Int64?, _ reference: String = "p", in base: TestBase
    ) async throws -> PickResult {
        try await base.fulfilment.pick(
            WavePick(
                reference: ReceiptReference(rawValue: reference)!, location: location, lot: lot,
                found: found.flatMap(Quantity.init(rawValue:))), for: Waves.code, by: base.principal)
    }

    @Test("what is missing is picked elsewhere, and nothing is bound where it was missing before somebody has looked")
    func rebound() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(0)
            let soon = try await base.receiveMelons("RK-1", 6, goodFor: 5)
            let late = try await base.receiveMelons("RK-2", 2, goodFor: 9, at: Waves.shelf)
            let ids = try await base.place((1...2).map { try Melons.order("\($0)", melons: 3) })
            try await base.released()
            #expect(try await base.lotsInParcels() == [soon, soon])
            #expect(
                await failure { _ = try await pick(soon, at: Melons.location, found: 7, in: base) }
                    == .notPicked(.moreThanAsked(6)))
            let result = try await pick(soon, at: Melons.location, found: 3, in: base)
            #expect(result == PickResult(asked: 6, found: 3, rebound: 2) && result.givenUp == 1)
            #expect(try await base.lotsInParcels() == [soon, late])
            #expect(try await base.state(of: ids[0]) == .picked)
            #expect(try await base.differences().isEmpty)
            #expect(try await base.pack(1, 2) == [.done, .refused(.short)])
            #expect(try await base.pack(2, accepting: true) == [.done])
            #expect(try await base.handOver(1, 2) == [.done, .done])
            #expect(try await base.state(of: ids[0]) == .shipped)
            #expect(try await base.state(of: ids[1]) == .committed, "one melon is still owed")
            let rest = try await base.fulfilment.preview(Waves.terms())
            #expect(rest.orders == 1 && rest.demands.map(\.wanted) == [1] && rest.demands.map(\.bindable) == [0])
            try await base.fulfilment.trust(soon, at: Melons.location, in: Melons.warehouse, by: base.principal)
            #expect(try await base.fulfilment.preview(Waves.terms()).demands.map(\.bindable) == [3])
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("when nothing is found anywhere the parcel is gone, and its orders wait for another wave")
    func nothingFound() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(2)
            let lot = try #require(try await base.stock.lots(of: Melons.melon).lots.first).id
            let order = try await base.place([Melons.order("1", melons: 2)])[0]
            try await base.released()
            #expect(try await pick(lot, at: Melons.location, found: 0, in: base).givenUp == 2)
            #expect(try await base.pack(1) == [.refused(.dissolved)])
            #expect(try await base.state(of: order) == .committed)
            #expect(try await base.fulfilment.end(Waves.code, by: .close, base.principal).state == .closed)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("goods that are bound to a parcel are not taken away by hand; those beside them are")
    func boundGoods() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(0)
            let soon = try await base.receiveMelons("RK-1", 5, goodFor: 5)
            try await base.receiveMelons("RK-2", 5, goodFor: 9, at: Waves.shelf)
            try await base.place([Melons.order("1", melons: 3)])
            try await base.released()
            func lose(_ melons: Int64, _ reference: String) async throws {
                _ = try await base.stock.adjust(
                    Adjustment(
                        reference: ReceiptReference(rawValue: reference)!, kind: .lost, lot: soon,
                        warehouse: Melons.warehouse, location: Melons.location, quality: .good,
                        quantity: try Quantity(melons), note: .sample), by: base.principal)
            }
            await #expect("three of them are bound") { try await lose(3, "1") } throws: { error in
                guard case StockError.notAdjusted(.promised(available: 2, _)) = error else { return false }
                return true
            }
            try await lose(2, "2")
            #expect(try await base.pack(1) == [.done])
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("nothing is brought to a location that was closed since the wave was planned")
    func closed() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(5)
            try await base.place([Melons.order("1", melons: 1)])
            try await base.released()
            try await base.run(script: "UPDATE location SET closed_at = now() WHERE code = 'P-01'")
            let refused = FulfilmentError.closedLocation(Melons.warehouse, Waves.packing)
            #expect(await failure { _ = try await base.pack(1) } == refused)
            #expect(try await base.number("SELECT count(*) FROM movement WHERE reason = 'pick'") == 0)
            try await base.run(script: "UPDATE location SET closed_at = NULL WHERE code = 'P-01'")
            #expect(try await base.pack(1) == [.done])
            try await base.run(script: "UPDATE location SET closed_at = now() WHERE code = 'A-01'")
            let back = FulfilmentError.closedLocation(Melons.warehouse, Melons.location)
            func dissolve(to location: LocationCode?) async throws {
                _ = try await base.fulfilment.change(Waves.scan(1), .dissolve(to: location), by: base.principal)
            }
            #expect(await failure { try await dissolve(to: nil) } == back)
            #expect(await failure { try await dissolve(to: Waves.packing) } == .notForStorage(Waves.packing))
            try await dissolve(to: Waves.shelf)
            #expect(try await base.standing(Waves.shelf, .good) == 1)
        }
    }

    @Test("waves, scans, losses, cancellations and hand-overs at the same time promise nothing twice and lose nothing")
    func together() async throws {
        try await TestBase.with(connections: 6) { base in
            try await base.prepareWaves(0)
            for number in 0..<3 { try await base.receiveMelons("RK-\(number)", 20, goodFor: number + 3) }
            let ids = try await base.place((1...50).map { try Melons.order("\($0)", melons: 1) })
            var first = Waves.terms()
            first.mostOrders = 25
            for (code, terms) in [("W-1", first), ("W-2", Waves.terms())] {
                _ = try await base.fulfilment.plan(WaveCode(code), terms, by: base.principal)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for code in ["W-1", "W-2"] {
                    group.addTask {
                        let wave = try WaveCode(code)
                        _ = try await base.fulfilment.release(wave, by: base.principal)
                        for number in 1...25 {
                            let scan = Waves.scan(number, of: wave)
                            _ = try await base.fulfilment.pack([PackScan(scan), PackScan(scan)], by: base.principal)
                            _ = try await base.fulfilment.handOver(
                                [scan], on: Waves.manifest, to: nil, by: base.principal)
                        }
                    }
                }
                group.addTask {
                    for id in ids.filter({ _ in Bool.random() }).prefix(15) {
                        do { try await base.change(.cancel, .id(id)) } catch is OrderRefusal {
                        } catch IntakeError.refused {}
                    }
                }
                group.addTask {
                    for lot in try await base.stock.lots(of: Melons.melon).lots {
                        let loss = try Adjustment(
                            reference: ReceiptReference(rawValue: "loss \(lot.id)")!, kind: .lost, lot: lot.id,
                            warehouse: Melons.warehouse, location: Melons.location, quality: .good,
                            quantity: try Quantity(2), note: .sample)
                        do { _ = try await base.stock.adjust(loss, by: base.principal) } catch StockError.notAdjusted {}
                    }
                }
                try await group.waitForAll()
            }
            let shipped = try await base.number("SELECT count(*) FROM customer_order WHERE state = 'shipped'")
            let gone = try await base.number(
                "SELECT COALESCE(sum(quantity), 0)::bigint FROM movement WHERE reason = 'shipment'")
            #expect(shipped == gone && shipped > 0, "each melon that has left is one order's")
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("verify names a balance that binds too much, a line that counts too little, and a parcel in another state")
    func differences() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(10)
            try await base.place([Melons.order("1", melons: 2)])
            try await base.released()
            try await base.run(
                script: """
                    UPDATE balance SET allocated = 5 WHERE allocated > 0;
                    UPDATE order_line SET bound = 1;
                    UPDATE parcel SET state = 'picked';
                    UPDATE wave SET parcel_count = 3;
                    """)
            let found = try await base.differences()
            #expect(found.map(\.column).sorted() == ["allocated", "bound", "parcel_count", "state"])
        }
    }
}
