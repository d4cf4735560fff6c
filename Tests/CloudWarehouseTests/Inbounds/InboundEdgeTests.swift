import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// What deliveries seldom meet.
@Suite("Deliveries at their edges", .onDatabase)
struct InboundEdgeTests {
    @Test(
        "goods that a pool cannot count are not released, and that is said; sums of what was announced are told all the same"
    )
    func tooMuch() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            let most = ExpectedGoods(sku: Melons.melon, owner: Melons.owner, quantity: .maximum)
            try await base.handle(.announce(at: Melons.warehouse, [most, most]))
            try await base.handle(.arrive(at: Melons.warehouse))
            for key in ["c1", "c2"] { try await base.handle(Dock.count(key, Quantity.maximum.rawValue)) }
            try await base.handle(.finish)
            await #expect { try await base.handle(.release) } throws: { error in
                if case StockError.tooMuch = error { true } else { false }
            }
            let summary = try #require(try await base.stock.inbound(Dock.reference)).summary
            let tally = try #require(try await base.stock.tallies(of: summary.id).first)
            #expect(tally.expected == 2 * Quantity.maximum.rawValue && tally.difference == 0)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("goods are put away to storage, from where they can be picked, and not to another dock")
    func otherDock() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            let other = try LocationCode("R-02")
            _ = try await base.stock.addLocation(
                code: other, in: Melons.warehouse, terms: LocationTerms(storageClass: .chilled, purpose: .receiving),
                by: base.principal)
            let lot = try #require(try await base.bring(into: .released))
            let putAway = PutAway(reference: Dock.key("p"), lot: lot, location: other, quantity: nil)
            #expect(await refusal { try await base.handle(.putAway(putAway)) } == .notForStorage(other))
        }
    }

    @Test("a delivery that is taken in at once at a dock is still to be put away")
    func atOnceAtDock() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            let line = Receipt.Line(sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(10))
            let receipt = try Receipt(
                reference: Dock.reference, warehouse: Melons.warehouse, location: Dock.dock, lines: [line])
            _ = try await base.stock.receive(receipt, by: base.principal)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
            let lot = try #require(try await base.stock.lots(of: Melons.melon).lots.first).id
            let putAway = PutAway(reference: Dock.key("p"), lot: lot, location: Dock.shelf, quantity: nil)
            #expect(try await base.handle(.putAway(putAway)).state == .stored)
            #expect(try await base.standing(Dock.shelf, .good) == 10)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a delivery whose last goods at the dock are lost is stored, and waits again when the loss is taken back")
    func lostAtDock() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            let lot = try #require(try await base.bring(into: .released))
            let lost = try await base.correct(.lost, 10, of: lot, "PD-1")
            #expect(try await base.state() == .stored)
            #expect(try await base.handle(.release).isRepeated)
            #expect(try await base.correct(.lost, 10, of: lot, "PD-1").isRepeated)
            let note = AdjustmentNote(rawValue: "找到了")!
            _ = try await base.stock.reverse(lost.movement, note: note, by: base.principal)
            #expect(try await base.state() == .released)
            #expect(try await base.stock.reverse(lost.movement, note: note, by: base.principal).isRepeated)
            let written = "FROM inbound_event WHERE event = 'correct' AND (from_state, to_state) ="
            #expect(try await base.number("SELECT count(*) \(written) ('released', 'stored')") == 1)
            #expect(try await base.number("SELECT count(*) \(written) ('stored', 'released')") == 1)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'inbound.correct'") == 2)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what is picked from the dock leaves a delivery that is stored once somebody asks")
    func goneOtherwise() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.bring(into: .released)
            #expect(try await base.handle(.release).isRepeated)
            // Whoever takes goods without knowing of deliveries.
            try await base.owner.execute(sql: "UPDATE balance SET on_hand = 0")
            #expect(try await base.handle(.release).state == .stored)
            #expect(try await base.handle(.release).isRepeated)
        }
    }

    @Test("a release writes its rows of the ledger as one set, so that pools are not locked for longer by more lots")
    func releasedTogether() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.bring(into: .arrived)
            for number in 1...4 { try await base.handle(Dock.count("c\(number)", 20)) }
            try await base.handle(.finish)
            try await base.handle(.release)
            #expect(try await base.number("SELECT count(*) FROM movement WHERE reason = 'quality'") == 5)
            // The same command of the transaction has written each.
            let commands = "SELECT count(DISTINCT cmin::text) FROM movement WHERE reason = 'quality'"
            #expect(try await base.number(commands) == 1)
            #expect(try await base.number("SELECT sum(sellable)::bigint FROM pool") == 90)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a delivery is counted in at most a thousand steps")
    func counted() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.bring(into: .arrived)
            try await base.owner.execute(
                sql: """
                    INSERT INTO inbound_event (id, inbound_id, event, from_state, to_state, reference, fingerprint, actor,
                        recorded_at)
                    SELECT gen_random_uuid(), inbound_id, event, from_state, to_state, 'n' || number, fingerprint, actor,
                        recorded_at
                    FROM inbound_event, generate_series(2, 999) AS number WHERE event = 'count'
                    """)
            try await base.handle(Dock.count("the last"))
            #expect(await refusal { try await base.handle(Dock.count("one more")) } == .tooManyCounts(atMost: 1_000))
            #expect(try await base.handle(Dock.count("the last")).isRepeated)
        }
    }
}
