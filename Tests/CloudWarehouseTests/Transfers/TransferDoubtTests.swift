import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Goods between warehouses that are not as they were", .onDatabase)
struct TransferDoubtTests {
    @Test("goods of a lot that is not released yet stay: they would miss their release")
    func pending() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            _ = try await base.stock.addWarehouse(code: Road.north, name: try Name("北仓"), by: base.principal)
            let lot = try #require(try await base.bring(into: InboundState.received))
            try await base.transfer(Road.request(10))
            try await base.transfer(.approve)
            let before = try await base.transferRows()
            #expect(
                await stays { try await base.transfer(Road.pick(lot, 4, at: Dock.dock, quality: .held)) }
                    == .notReleased(lot))
            #expect(try await base.transferRows() == before)
            try await base.handle(.release)
            try await base.transfer(Road.pick(lot, 4, at: Dock.dock))
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 6))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what expires at the transfer dock goes back set aside")
    func expired() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.bring(Road.reference, of: lot, into: .loaded, melons: 10)
            try await base.owner.execute(sql: "UPDATE lot SET expires_on = '2020-01-31'")
            #expect(try await base.transfer(.cancel).state == .cancelled)
            #expect(try await base.standing(Melons.location, .held) == 10)
            #expect(try await base.standing(Melons.location, .good) == 90)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 90))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a shelf that has become a place for packing takes nothing back before it is a shelf again")
    func packing() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(10)
            try await base.bring(Road.reference, of: lot, into: .picking, melons: 10)
            func make(_ purpose: LocationPurpose) async throws {
                _ = try await base.stock.changeLocation(Melons.location, in: Melons.warehouse, by: base.principal) {
                    $0.purpose = purpose
                }
            }
            try await make(.packing)
            #expect(await stays { try await base.transfer(.cancel) } == .isForPacking(Melons.location))
            #expect(try await base.outside("transfer-dock") == 10)
            try await make(.storage)
            #expect(try await base.transfer(.cancel).state == .cancelled)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a departure that is said again with another arrival is refused, and not forgotten")
    func departedAgain() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            let (said, other) = (Timestamp.sample, Timestamp(microsecondsSince1970: 1))
            for (name, expected) in [("said", said), ("never said", nil)] as [(String, Timestamp?)] {
                let reference = Road.key(name)
                try await base.bring(reference, of: lot, into: .loaded)
                try await base.transfer(.depart(expectedAt: expected), of: reference)
                for again in [expected, nil] {
                    #expect(try await base.transfer(.depart(expectedAt: again), of: reference).isRepeated)
                }
                let before = try await base.transferRows()
                #expect(
                    await stays { try await base.transfer(.depart(expectedAt: other), of: reference) }
                        == .otherArrivalExpected(expected))
                #expect(try await base.transferRows() == before)
                #expect(try await base.stock.transfer(reference)?.summary.expectedAt == expected)
            }
        }
    }
}
