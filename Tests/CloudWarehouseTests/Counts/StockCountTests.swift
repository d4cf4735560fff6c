import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Counting while work goes on", .onDatabase)
struct StockCountTests {
    @Test(
        "every event in every state does what its cell says, in the database, and what is refused changes nothing",
        arguments: StockCountState.allCases)
    func cells(state: StockCountState) async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            for event in StockCountEvent.allCases {
                let reference = Road.key("\(state) \(event)")
                try await base.bringCount(reference, of: lot, 100, into: state)
                // Where nothing is counted yet, something that stands there is; the table leaves that to the goods.
                if event == .finish, state == .planned {
                    try await base.count(Tally.count(lot, 100, as: "x"), of: reference)
                }
                let task: StockCountTask =
                    switch event {
                    case .plan: Tally.plan()
                    case .count: try Tally.count(lot, 100, as: "again")
                    case .explain: Tally.explain(lot)
                    case .finish: .finish
                    case .approve: .approve
                    case .cancel: .cancel
                    }
                let before = try await base.countRows()
                var progress: StockCountProgress?
                let reason = await countStays { progress = try await base.count(task, of: reference) }
                let about: Comment = "\(state) \(event)"
                switch state.after(event) {
                case .becomes(let next): #expect(progress?.state == next && progress?.isRepeated == false, about)
                case .counts: #expect(progress?.state == .counting, about)
                case .explains: #expect(progress?.state == state, about)
                case .finishes: #expect(progress?.state == .counted, about)
                case .posts: #expect(progress?.state == .posted, about)
                case .unchanged: #expect(progress?.state == state && progress?.isRepeated == true, about)
                case .refused(let expected): #expect(reason == expected, about)
                }
                let isChanged = progress.map { !$0.isRepeated } ?? false
                #expect(try await (base.countRows() != before) == isChanged, about)
                // The next one counts the same goods.
                _ = await countStays { try await base.count(.cancel, of: reference) }
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("three melons are missing: they are counted twice, explained, approved, and posted as one movement")
    func walk() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.count(Tally.plan())
            #expect(try await base.count(Tally.count(lot, 97, as: "1")).needsRecount)
            #expect(try await base.stock.count(Tally.reference)?.lines.first?.expected == nil, "it is blind")
            #expect(await countStays { try await base.count(.finish) } == .needsRecount(lines: 1))
            #expect(try await !base.count(Tally.count(lot, 97, as: "2")).needsRecount)
            #expect(try await base.count(.finish).state == .counted)
            #expect(try await base.stock.count(Tally.reference)?.lines.first?.difference == -3)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 100))
            #expect(await countStays { try await base.count(.approve) } == .unexplained(lines: 1))
            try await base.count(Tally.explain(lot))
            #expect(try await base.count(.approve).state == .posted)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 97))
            #expect(try await base.standing(Melons.location, .good) == 97)
            #expect(try await base.outside("loss") == 3)
            let line = try #require(try await base.stock.count(Tally.reference)?.lines.first)
            let newest = try #require(try await base.stock.ledger(of: Melons.melon).entries.first)
            #expect(line.movement == newest.id && newest.reason == .count && newest.goods.quantity.rawValue == 3)
            #expect(line.times == 2 && line.answerable?.rawValue == "王师傅")
            let today = try await base.stock.today()
            let shrinkage = try await base.stock.shrinkage(from: today, through: today)
            #expect(shrinkage.map(\.missing) == [3] && shrinkage.map(\.reason) == [.spoiled])
            let yesterday = CalendarDate(daysSince1970: today.daysSince1970 - 1)
            #expect(try await base.stock.shrinkage(from: yesterday, through: yesterday).isEmpty)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action LIKE 'count.%'") == 6)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what moves between counting and posting stays moved: only the difference is posted")
    func meanwhile() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.countThrough(lot, 98)
            try await base.bring(Road.reference, of: lot, into: .inTransit, melons: 30)
            _ = try await base.stock.receive(Melons.receipt("RK-2", melons: 5), by: base.principal)
            #expect(try await base.count(.approve).state == .posted)
            #expect(try await base.standing(Melons.location, .good) == 100 - 30 + 5 - 2)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 73))
            #expect(try await base.outside("in-transit") == 30)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("more than the ledger has is found, and sellable; where nothing stood too")
    func found() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            let shelf = try LocationCode("B-01")
            _ = try await base.stock.addLocation(
                code: shelf, in: Melons.warehouse, storageClass: .chilled, by: base.principal)
            let bySKU = Road.key("by SKU")
            try await base.count(Tally.plan(.sku(Melons.melon)), of: bySKU)
            #expect(await countStays { try await base.count(.finish, of: bySKU) } == .uncounted(lots: 1))
            try await base.count(Tally.count(lot, 101, as: "1"), of: bySKU)
            #expect(try await base.count(Tally.count(lot, 4, as: "2", at: shelf), of: bySKU).needsRecount)
            try await base.count(Tally.count(lot, 4, as: "3", at: shelf), of: bySKU)
            try await base.count(.finish, of: bySKU)
            try await base.count(.approve, of: bySKU)
            #expect(try await base.standing(shelf, .good) == 4)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 105))
            #expect(try await base.outside("loss") == -5)
            let empty = Road.key("an empty shelf")
            let place = StockCountPlan.Scope.location(try LocationCode("C-01"))
            _ = try await base.stock.addLocation(
                code: LocationCode("C-01"), in: Melons.warehouse, storageClass: .chilled, by: base.principal)
            for task in [Tally.plan(place), .finish, .approve] { try await base.count(task, of: empty) }
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what orders have been promised is not counted away from them, and what has gone is not counted away twice")
    func promised() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.withIntake { _ = try await $0.desk.place(Melons.order("1", melons: 95)) }
            try await base.countThrough(lot, 90)
            let before = try await base.countRows()
            #expect(await unadjusted { try await base.count(.approve) } == .promised(available: 5, unit: .piece))
            #expect(try await base.countRows() == before)
            try await base.change(
                .cancel, .key(OrderKey(source: Melons.source, reference: OrderReference(rawValue: "1")!)))
            try await base.count(.approve)
            let gone = Road.key("gone")
            try await base.countThrough(lot, 1, of: gone)
            try await base.bring(Road.reference, of: lot, into: .inTransit, melons: 10)
            #expect(
                await unadjusted { try await base.count(.approve, of: gone) } == .notThere(onHand: 80, unit: .piece))
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 80))
            #expect(try await base.count(.cancel, of: gone).state == .cancelled)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("two lots of which each could be missing, but not both, are not both counted away from an order")
    func promisedTogether() async throws {
        try await TestBase.with { base in
            let first = try await base.prepareRoad(50)
            _ = try await base.stock.receive(Melons.receipt("RK-2", melons: 50), by: base.principal)
            let second = try #require(try await base.stock.lots(of: Melons.melon).lots.first { $0.id != first }).id
            try await base.withIntake { _ = try await $0.desk.place(Melons.order("1", melons: 95)) }
            try await base.count(Tally.plan())
            for lot in [first, second] {
                for name in ["1", "2"] { try await base.count(Tally.count(lot, 47, as: "\(name) \(lot)")) }
                try await base.count(Tally.explain(lot, as: "e \(lot)"))
            }
            try await base.count(.finish)
            #expect(await unadjusted { try await base.count(.approve) } == .promised(available: 2, unit: .piece))
            #expect(try await base.standing(Melons.location, .good) == 100)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("entries are known by their references, and what is elsewhere is none of the count's")
    func repetitions() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100, rice: 500)
            let rice = try #require(try await base.stock.lots(of: Melons.rice).lots.first).id
            try await base.count(Tally.plan(.sku(Melons.melon), isBlind: false))
            #expect(
                await countStays { try await base.count(Tally.plan(.sku(Melons.melon))) } == .otherCountUnderReference)
            #expect(await countStays { try await base.count(Tally.count(rice, 1, as: "1")) } == .outOfScope)
            #expect(await countStays { try await base.count(Tally.count(.sample, 1, as: "1")) } == .outOfScope)
            #expect(
                await named { try await base.count(Tally.count(lot, 1, as: "1", at: Road.chilled)) }
                    == "no location main N-C")
            try await base.count(Tally.count(lot, 90, as: "1"))
            let again = try await base.count(Tally.count(lot, 90, as: "1"))
            #expect(again.isRepeated && again.needsRecount)
            #expect(try await base.number("SELECT count(*) FROM stock_count_entry") == 1)
            #expect(await countStays { try await base.count(Tally.count(lot, 91, as: "1")) } == .otherUnderReference)
            #expect(try await base.stock.count(Tally.reference)?.lines.first?.difference == -10, "it is not blind")
            #expect(
                await countStays { try await base.count(Tally.explain(rice)) } == .notInCount)
            #expect(try await base.stock.counts(in: Melons.warehouse).map(\.reference) == [Tally.reference])
            #expect(try await base.stock.counts(in: Road.north).isEmpty)
            #expect(try await base.differences().isEmpty)
        }
    }
}
