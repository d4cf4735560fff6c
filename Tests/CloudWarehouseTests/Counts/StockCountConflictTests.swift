import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Counts that would say the same of the same goods", .onDatabase)
struct StockCountConflictTests {
    private static let shelf = try! LocationCode("B-01")

    @Test("goods are in one open count at a time, also when two begin at once; the same difference is posted once")
    func elsewhere() async throws {
        try await TestBase.with(connections: 3) { base in
            let lot = try await base.prepareRoad(100)
            let (first, second) = (Road.key("by shelf"), Road.key("by SKU"))
            try await base.count(Tally.plan(), of: first)
            try await base.count(Tally.plan(.sku(Melons.melon)), of: second)
            async let one = countStays { try await base.count(Tally.count(lot, 97, as: "1"), of: first) }
            async let two = countStays { try await base.count(Tally.count(lot, 97, as: "1"), of: second) }
            let refused = await [one, two].compactMap(\.self)
            #expect(refused.count == 1)
            let (open, other) = refused == [.countedElsewhere(first)] ? (first, second) : (second, first)
            #expect(refused == [.countedElsewhere(open)])
            try await base.count(Tally.count(lot, 97, as: "2"), of: open)
            try await base.count(Tally.explain(lot), of: open)
            try await base.count(.finish, of: open)
            #expect(
                await countStays { try await base.count(Tally.count(lot, 97, as: "2"), of: other) }
                    == .countedElsewhere(open), "what is counted is not posted yet")
            // The same goods in another quality are other goods.
            try await base.count(Tally.count(lot, 0, as: "3", quality: .held), of: other)
            try await base.count(.approve, of: open)
            try await base.count(Tally.count(lot, 97, as: "4"), of: other)
            try await base.count(.finish, of: other)
            try await base.count(.approve, of: other)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 97))
            #expect(try await base.outside("loss") == 3)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what was cancelled is in no count any more")
    func cancelled() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.bringCount(Road.key("1"), of: lot, 100, into: .counted)
            try await base.count(.cancel, of: Road.key("1"))
            try await base.bringCount(Road.key("2"), of: lot, 100, into: .posted)
        }
    }

    @Test("goods that were corrected by hand after they were counted are named, and counted again")
    func corrected() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.lose(1, of: lot, "before")
            try await base.countThrough(lot, 96)
            try await base.lose(3, of: lot, "after")
            let (before, place) = (try await base.countRows(), CountedPlace(lot: lot, location: Melons.location))
            #expect(await countStays { try await base.count(.approve) } == .adjustedSince(place))
            #expect(try await base.countRows() == before)
            try await base.count(.cancel)
            try await base.countThrough(lot, 95, of: Road.key("again"))
            try await base.count(.approve, of: Road.key("again"))
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 95))
            // Taking a correction back is a correction too.
            let found = try #require(try await base.stock.ledger(of: Melons.melon).entries.first { $0.reason == .loss })
            try await base.countThrough(lot, 94, of: Road.key("third"))
            let note = try #require(AdjustmentNote(rawValue: "又找到了"))
            _ = try await base.stock.reverse(found.id, note: note, by: base.principal)
            #expect(
                await countStays { try await base.count(.approve, of: Road.key("third")) } == .adjustedSince(place))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a correction of other goods, or of goods that were counted as they are, hinders nothing")
    func unrelated() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            _ = try await base.stock.receive(Melons.receipt("RK-2", melons: 50), by: base.principal)
            let second = try #require(try await base.stock.lots(of: Melons.melon).lots.first { $0.id != lot }).id
            try await base.count(Tally.plan())
            for name in ["1", "2"] { try await base.count(Tally.count(lot, 97, as: name)) }
            try await base.count(Tally.count(second, 50, as: "3"))
            try await base.count(Tally.explain(lot))
            try await base.count(.finish)
            try await base.lose(2, of: second, "other goods")
            #expect(try await base.count(.approve).state == .posted)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 145))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what is missing here and found there is missing from no order")
    func moved() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            _ = try await base.stock.addLocation(
                code: Self.shelf, in: Melons.warehouse, storageClass: .chilled, by: base.principal)
            try await base.withIntake { _ = try await $0.desk.place(Melons.order("1", melons: 95)) }
            try await base.count(Tally.plan(.sku(Melons.melon)))
            for name in ["1", "2"] {
                try await base.count(Tally.count(lot, 90, as: "here \(name)"))
                try await base.count(Tally.count(lot, 10, as: "there \(name)", at: Self.shelf))
            }
            try await base.count(Tally.explain(lot, reason: .misplaced))
            try await base.count(.finish)
            #expect(try await base.count(.approve).state == .posted)
            #expect(try await base.standing(Self.shelf, .good) == 10)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 100, committed: 95))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "what has more lots than a count has lines is refused when it is planned; as many lines as there may be are posted"
    )
    func bounds() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let line = Receipt.Line(sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(5))
            for (name, lots) in [("1", 1_000), ("2", 1_000), ("3", 1)] {
                let receipt = try Receipt(
                    reference: Road.key(name), warehouse: Melons.warehouse, location: Melons.location,
                    lines: [Receipt.Line](repeating: line, count: lots))
                _ = try await base.stock.receive(receipt, by: base.principal)
            }
            for task in [Tally.plan(), Tally.plan(.sku(Melons.melon))] {
                #expect(
                    await countStays { try await base.count(task) } == .tooManyLots(standing: 2_001, atMost: 2_000))
            }
            #expect(try await base.number("SELECT count(*) FROM stock_count") == 0)
            let last = try #require(try await base.stock.lots(of: Melons.melon).lots.first).id
            try await base.lose(5, of: last, "gone")
            try await base.count(Tally.plan())
            try await base.owner.execute(
                sql: """
                    INSERT INTO stock_count_line
                    SELECT stock_count.id, balance.location_id, lot_id, quality, balance.sku_id, owner_id, 5, 4,
                        (SELECT max(id::text)::uuid FROM movement), 2, 'spoiled', '王师傅'
                    FROM balance, stock_count WHERE on_hand > 0
                    """)
            #expect(
                await countStays { try await base.count(Tally.count(last, 1, as: "1")) } == .tooManyLines(atMost: 2_000)
            )
            try await base.count(.finish)
            #expect(try await base.count(.approve).state == .posted)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 8_000))
            #expect(try await base.number("SELECT count(*) FROM movement WHERE reason = 'count'") == 2_000)
        }
    }
}

extension TestBase {
    /// Takes so many of a lot out of the stock by hand.
    fileprivate func lose(_ melons: Int64, of lot: ID<Lot>, _ reference: String) async throws {
        let adjustment = try Adjustment(
            reference: Road.key(reference), kind: .lost, lot: lot, warehouse: Melons.warehouse,
            location: Melons.location, quality: .good, quantity: try Quantity(melons),
            note: AdjustmentNote(rawValue: "压烂")!)
        _ = try await stock.adjust(adjustment, by: principal)
    }
}
