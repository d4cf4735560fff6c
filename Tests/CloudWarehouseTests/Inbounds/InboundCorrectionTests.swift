import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// What becomes of a delivery whose goods are corrected after its release.
@Suite("Deliveries whose goods are corrected", .onDatabase)
struct InboundCorrectionTests {
    private static func putAway(
        _ key: String, _ lot: ID<Lot>, _ quality: Quality = .good, _ quantity: Int64? = nil
    ) -> InboundTask {
        .putAway(
            PutAway(
                reference: Dock.key(key), lot: lot, location: Dock.shelf, quantity: quantity.flatMap(Quantity.init),
                quality: quality))
    }

    @Test(
        "goods that are set aside at the dock after the release wait there, and are put away when they are good again")
    func restored() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            let lot = try #require(try await base.bring(into: .released))
            _ = try await base.correct(.setAside, 4, of: lot, "A-1")
            #expect(try await base.handle(Self.putAway("p1", lot)).state == .released, "four still stand there")
            #expect(try await base.standing(Dock.shelf, .good) == 6)
            let suggestions = try await base.stock.putAwaySuggestions(of: Dock.reference)
            #expect(suggestions.map(\.quality) == [.held] && suggestions.map(\.quantity.rawValue) == [4])
            #expect(await refusal { try await base.handle(Self.putAway("p2", lot)) } == .notThere(onHand: 0))
            _ = try await base.correct(.restored, 3, of: lot, "A-2", from: .held)
            #expect(try await base.handle(Self.putAway("p2", lot)).state == .released)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 9))
            _ = try await base.correct(.damaged, 1, of: lot, "A-3", from: .held)
            #expect(try await base.state() == .stored, "what is damaged waits for nobody")
            #expect(await refusal { try await base.handle(Self.putAway("p3", lot)) } == .alreadyStored)
            _ = try await base.correct(.restored, 1, of: lot, "A-4", from: .damaged)
            #expect(try await base.state() == .released, "it can be sold, and stands at the dock")
            #expect(try await base.handle(Self.putAway("p3", lot)).state == .stored)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
            #expect(try await base.standing(Dock.shelf, .good) == 10)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what is set aside or damaged is brought away as it is, and nothing of it becomes sellable")
    func asTheyAre() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            let lot = try #require(try await base.bring(into: .released))
            _ = try await base.correct(.setAside, 4, of: lot, "A-1")
            _ = try await base.correct(.damaged, 2, of: lot, "A-2")
            #expect(try await base.handle(Self.putAway("p1", lot, .damaged)).state == .released)
            #expect(try await base.handle(Self.putAway("p2", lot, .held)).state == .released)
            #expect(try await base.handle(Self.putAway("p3", lot)).state == .stored)
            #expect(await refusal { try await base.handle(Self.putAway("p2", lot, .good)) } == .otherUnderReference)
            let there = (
                try await base.standing(Dock.shelf, .good), try await base.standing(Dock.shelf, .held),
                try await base.standing(Dock.shelf, .damaged)
            )
            #expect(there == (4, 4, 2))
            #expect(try await base.melonCounters() == PoolCounters(sellable: 4))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a receipt that is taken back after the release leaves a delivery without those goods")
    func reversedReceipt() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.bring(into: .released)
            let line = try #require(try await base.stock.inbound(Dock.reference)?.lines.first)
            #expect(line.quantity.rawValue == 10)
            // The receipt was held, and its goods are good since: they are set aside first.
            _ = try await base.correct(.setAside, 10, of: line.lot, "A-1")
            _ = try await base.stock.reverse(
                line.movement, note: AdjustmentNote(rawValue: "退回")!, by: base.principal)
            let found = try #require(try await base.stock.inbound(Dock.reference))
            #expect(found.summary.state == .stored && found.lines.isEmpty)
            #expect(try await base.stock.tallies(of: found.summary.id).map(\.received) == [0])
            #expect(try await base.melonCounters() == PoolCounters())
            #expect(await refusal { try await base.handle(.cancel) } == .alreadyReleased)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a dock where goods stand stays a dock, and a shelf a shelf", arguments: [Dock.dock, Dock.shelf])
    func purpose(location: LocationCode) async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.bring(into: location == Dock.dock ? .released : .stored)
            func change(_ purpose: LocationPurpose) async throws {
                _ = try await base.stock.changeLocation(location, in: Melons.warehouse, by: base.principal) {
                    $0.purpose = purpose
                }
            }
            await #expect { try await change(location == Dock.dock ? .storage : .receiving) } throws: { error in
                if case StockError.locationInUse(_, location, lots: 1) = error { true } else { false }
            }
            try await change(location == Dock.dock ? .receiving : .storage)
        }
    }

    @Test("put-aways and corrections of the same goods at once leave the state that the goods say", arguments: 1...3)
    func together(round: Int) async throws {
        try await TestBase.with(connections: 6) { base in
            try await base.prepareDock()
            for number in 1...6 {
                let reference = Dock.key("RK-\(number)")
                let lot = try #require(try await base.bring(reference, into: .released))
                async let moved = refusal {
                    try await base.handle(Self.putAway("p", lot, .good, 8), of: reference)
                }
                async let lost = try? base.correct(.lost, 2, of: lot, "L-\(number)")
                async let aside = try? base.correct(.setAside, 2, of: lot, "S-\(number)")
                _ = await (moved, lost, aside)
                let waits = try await base.number(
                    """
                    SELECT COALESCE(sum(on_hand), 0)::bigint FROM balance JOIN location ON location.id = location_id
                    WHERE lot_id = '\(lot)' AND location.code = 'R-01'
                    """)
                #expect(try await base.state(of: reference) == (waits == 0 ? .stored : .released))
            }
            #expect(try await base.differences().isEmpty)
        }
    }
}
