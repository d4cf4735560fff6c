import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Selling and showing gift sets", .onDatabase)
struct GiftSetSaleTests {
    @Test("an order keeps what its set was made of, whatever becomes of the set")
    func snapshot() async throws {
        try await GiftSets.withBoxes { base in
            #expect(try await GiftSets.refusal("box", ["melon": 2, "rice": 500], in: base) == nil)
            var placed: PlacedOrder?
            try await base.withIntake { placed = try await $0.desk.place(GiftSets.order("1", boxes: 3)) }
            #expect(try await base.catalog.makeSet(GiftSets.box, of: GiftSets.parts(["rice": 1]), by: base.principal))
            let id = try #require(placed).id
            let lines = try #require(try await base.orders.details(of: .id(id))).lines
            #expect(lines.map { "\($0.sku) \($0.quantity)" } == ["box 3", "melon 6", "rice 1500"])
            try await base.withIntake { intake in
                try await base.change(.cancel, .id(id), at: intake.desk)
                _ = try await intake.desk.place(GiftSets.order("2", boxes: 4))
            }
            #expect(try await base.number("SELECT sum(committed)::bigint FROM pool") == 4)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("sets are sold to the last one, and never more of them than there are parts, to many buyers at once")
    func soldOut() async throws {
        try await GiftSets.withBoxes(melons: 41, rice: 100_000) { base in
            #expect(try await GiftSets.refusal("box", ["melon": 2, "rice": 500], in: base) == nil)
            try await base.withIntake { intake in
                let sold = await withTaskGroup(of: Bool.self) { group in
                    for number in 0..<60 {
                        group.addTask {
                            (try? await intake.desk.place(GiftSets.order("\(number)", boxes: 1))) != nil
                        }
                    }
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(sold == 20)
            }
            #expect(try await base.stock.levels(of: GiftSets.box).map(\.counters.available) == [0])
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("boards and database show the same of sets, after orders and after a set is made of something else")
    func shown() async throws {
        try await GiftSets.withBoxes(["box", "half"]) { base in
            let board = StockBoard()
            try await base.withFeed([board], listens: true) { base, feed in
                #expect(try await eventually { board.freshness == .current })
                func isShown(_ available: Int64) async throws -> Bool {
                    try await eventually {
                        board.levels(of: GiftSets.box).found.map(\.counters.available) == [available]
                    }
                }
                #expect(try await GiftSets.refusal("box", ["melon": 2, "rice": 500], in: base) == nil)
                #expect(try await isShown(4), "nobody has rung")
                try await base.withIntake(feed: feed) { intake in
                    _ = try await intake.desk.place(Melons.order("1", melons: 3))
                    #expect(board.levels(of: GiftSets.box).found.map(\.counters.available) == [3], "with the answer")
                }
                #expect(board.levels(of: GiftSets.box).found == (try await base.stock.levels(of: GiftSets.box)))
                #expect(try await GiftSets.refusal("half", ["rice": 100], in: base) == nil)
                #expect(try await GiftSets.refusal("box", ["melon": 1, "rice": 2_000], in: base) == nil)
                #expect(try await isShown(2))
                #expect(board.page(limit: 9).found.map(\.level) == (try await base.stock.levels()))
                let first = try await base.stock.levels(limit: 1)
                let rest = try await base.stock.levels(after: first[0].position)
                #expect((first + rest) == (try await base.stock.levels()))
                #expect(
                    first[0].position == StockLevel.Position(sku: GiftSets.box, warehouse: Melons.warehouse, owner: nil)
                )
                #expect(try await base.stock.levels(ownedBy: Melons.owner).count == 2)
                #expect(try await base.catalog.makeSet(GiftSets.box, of: [], by: base.principal))
                #expect(try await eventually { board.levels(of: GiftSets.box).found.isEmpty })
            }
        }
    }

    @Test("a board to which nobody rings finds by asking that a set is made of something else")
    func asked() async throws {
        try await GiftSets.withBoxes { base in
            #expect(try await GiftSets.refusal("box", ["melon": 2], in: base) == nil)
            let board = StockBoard()
            var limits = BoardLimits.tests
            limits.pollInterval = .milliseconds(10)
            try await base.withFeed([board], limits: limits) { base, _ in
                #expect(board.levels(of: GiftSets.box).found.map(\.counters.available) == [4])
                try await base.owner.execute(sql: "UPDATE set_component SET quantity = 3")
                #expect(
                    try await eventually { board.levels(of: GiftSets.box).found.map(\.counters.available) == [3] })
            }
        }
    }

    @Test("a set that has changed since its pools were locked waits for a batch that has the pools of its new parts")
    func compositionChanges() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(9, rice: 5_000)
            let box = try SKUCode("box")
            let entry = CatalogEntry(
                code: box, name: try Name("礼盒"), unit: .piece, price: try Price(fen: Fen(rawValue: 1), per: Quantity(1))
            )
            _ = try await base.catalog.importEntries([entry], of: Melons.owner, by: base.principal)
            try await base.catalog.makeSet(
                box, of: [SetComponent(sku: Melons.melon, quantity: Quantity(1))], by: base.principal)
            let order = try PlaceOrder(
                source: Melons.source, reference: OrderReference(rawValue: "1")!,
                lines: [PlaceOrder.Line(sku: box, quantity: Quantity(1))], payment: .paid)
            try await base.withIntake { intake in
                // The batch waits behind its locks, and the set changes meanwhile.
                try await base.owner.execute(sql: "BEGIN")
                try await base.owner.execute(sql: "LOCK TABLE buyer_limit IN ACCESS EXCLUSIVE MODE")
                async let placed = intake.desk.place(order)
                #expect(try await GiftSets.ownerIsWaitedFor(in: base))
                try await base.owner.execute(
                    sql:
                        "UPDATE set_component SET component_sku_id = (SELECT id FROM sku WHERE code = 'rice'), quantity = 500"
                )
                try await base.owner.execute(sql: "COMMIT")
                _ = try await placed
            }
            #expect(
                try await base.number("SELECT committed FROM pool JOIN sku ON sku.id = sku_id WHERE code = 'rice'")
                    == 500)
        }
    }
}
