import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Counting while work goes on, at the edges", .onDatabase)
struct StockCountEdgeTests {
    @Test("a count, a transfer's pick and a correction of one lot at once: each has its effect once", arguments: 1...4)
    func concurrent(round: Int) async throws {
        try await TestBase.with(connections: 6) { base in
            let lot = try await base.prepareRoad(200)
            try await base.transfer(Road.request(100))
            try await base.transfer(.approve)
            for number in 1...12 {
                let reference = Road.key("PD-\(number)")
                try await base.count(Tally.plan(), of: reference)
                // More than the ledger has is always counted, whatever moves meanwhile.
                async let counted: Void = {
                    for name in ["1", "2"] { try await base.countSevenMore(lot, as: name, of: reference) }
                    try await base.count(.finish, of: reference)
                    // What was corrected after it was counted would be posted twice.
                    if case .adjustedSince = await countStays({ try await base.count(.approve, of: reference) }) {
                        try await base.count(.cancel, of: reference)
                    }
                }()
                async let picked = base.transfer(Road.pick(lot, 5, as: "p\(number)"))
                let adjustment = try Adjustment(
                    reference: Road.key("A-\(number)"), kind: .lost, lot: lot, warehouse: Melons.warehouse,
                    location: Melons.location, quality: .good, quantity: try Quantity(1),
                    note: AdjustmentNote(rawValue: "压烂")!)
                async let adjusted = base.stock.adjust(adjustment, by: base.principal)
                _ = try await (counted, picked, adjusted)
            }
            let posted = try await base.number(
                "SELECT COALESCE(sum(quantity), 0)::bigint FROM movement WHERE reason = 'count'")
            #expect(try await base.standing(Melons.location, .good) == 200 - 60 - 12 + posted)
            #expect(try await base.outside("transfer-dock") == 60)
            #expect(try await base.counters(in: Melons.warehouse)?.sellable == 128 + posted)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "a connection that drops at the COMMIT of any step: it is looked up, done if it was not, and answered as done, once",
        arguments: 0..<5, [false, true])
    func lostCommit(step: Int, isBefore: Bool) async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            let proxy = try LossyProxy(before: try #require(try base.serverPort))
            let pool = try base.servicePool {
                $0.setting("host", to: "127.0.0.1").setting("port", to: "\(proxy.port)").setting(
                    "sslmode", to: "disable")
            }
            let board = StockBoard()
            try await base.withFeed([board], of: pool) { _, feed in
                let stock = Stock(pool: pool, timeZone: "Asia/Shanghai", feed: feed)
                let tasks = [Tally.plan(), try Tally.count(lot, 98, as: "1"), Tally.explain(lot), .finish, .approve]
                for (index, task) in tasks.enumerated() {
                    if index == step { proxy.loseNextCommit(before: isBefore) }
                    let progress = try await stock.handle(task, of: Tally.reference, by: base.principal)
                    #expect(!progress.isRepeated, "\(task.event)")
                }
                #expect(proxy.lost + proxy.lostBefore == 1)
                #expect(board.levels(of: Melons.melon).found.map(\.counters.sellable) == [98])
            }
            await pool.shutDown()
            proxy.close()
            #expect(try await base.number("SELECT count(*) FROM stock_count_event") == 5)
            #expect(try await base.number("SELECT count(*) FROM movement WHERE reason = 'count'") == 1)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 98))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an entry is compared with what the ledger has at its own moment: it waits for a pick that is being written")
    func waiting() async throws {
        try await TestBase.with(connections: 3) { base in
            let lot = try await base.prepareRoad(100)
            try await base.count(Tally.plan(isBlind: false))
            for location in [Melons.location, try LocationCode("B-01")] {
                if location != Melons.location {
                    _ = try await base.stock.addLocation(
                        code: location, in: Melons.warehouse, storageClass: .chilled, by: base.principal)
                    try await base.count(Tally.plan(.sku(Melons.melon), isBlind: false), of: Road.key("all"))
                }
                let isThere = location == Melons.location
                let reference = isThere ? Tally.reference : Road.key("all")
                var counting: Task<StockCountProgress, any Error>?
                try await base.owner.withTransaction { transaction in
                    let move =
                        isThere
                        ? "UPDATE balance SET on_hand = on_hand - 5"
                        : """
                        INSERT INTO balance SELECT sku_id, (SELECT id FROM location WHERE code = 'B-01'), lot_id, owner_id,
                            quality, 7 FROM balance
                        """
                    try await transaction.connection.execute(sql: move)
                    counting = Task { try await base.count(Tally.count(lot, 50, as: "1", at: location), of: reference) }
                    let blocked = """
                        SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
                        """
                    #expect(try await eventually { try await base.number(blocked) > 0 }, "\(location)")
                }
                _ = try await counting?.value
                let line = try await base.stock.count(reference)?.lines.first { $0.place.location == location }
                #expect(line?.expected?.rawValue == (isThere ? 95 : 7))
            }
        }
    }

    @Test("the same approval at once, from many sides, posts once")
    func races() async throws {
        try await TestBase.with(connections: 6) { base in
            let lot = try await base.prepareRoad(100)
            try await base.countThrough(lot, 97)
            let answers = try await withThrowingTaskGroup(of: StockCountProgress.self) { group in
                for _ in 1...6 { group.addTask { try await base.count(.approve) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { !$0.isRepeated }.count == 1)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 97))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("shrinkage belongs to the day of the base, which begins eight hours before UTC's")
    func days() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.countThrough(lot, 97)
            try await base.count(.approve)
            for (instant, day) in [
                ("2026-11-30 16:30:00+00", "2026-12-01"), ("2026-12-01 15:59:59+00", "2026-12-01"),
                ("2026-12-01 16:00:00+00", "2026-12-02"),
            ] {
                try await base.owner.execute(sql: "UPDATE stock_count SET posted_at = '\(instant)'")
                for asked in ["2026-11-30", "2026-12-01", "2026-12-02"] {
                    let date = try #require(CalendarDate(asked))
                    let found = try await base.stock.shrinkage(from: date, through: date)
                    #expect(found.isEmpty == (asked != day), "\(instant) \(asked)")
                }
            }
        }
    }

    @Test("a difference that is taken back is no shrinkage any more, and is taken back once")
    func reversed() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.countThrough(lot, 97)
            try await base.count(.approve)
            let today = try await base.stock.today()
            #expect(try await base.stock.shrinkage(from: today, through: today).map(\.missing) == [3])
            let movement = try #require(try await base.stock.count(Tally.reference)?.lines.first?.movement)
            let note = try #require(AdjustmentNote(rawValue: "又找到了"))
            for isRepeated in [false, true] {
                let taken = try await base.stock.reverse(movement, note: note, by: base.principal)
                #expect(taken.isRepeated == isRepeated)
            }
            #expect(try await base.stock.shrinkage(from: today, through: today).isEmpty)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 100))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what stands there is due to be counted, until a count of it is posted")
    func due() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100, rice: 500)
            let due = try await base.stock.dueCounts(in: Melons.warehouse)
            #expect(due.map { "\($0.countClass) \($0.sku)" } == ["a melon", "c rice"])
            let reference = Road.key("all melons")
            for task in [Tally.plan(.sku(Melons.melon)), try Tally.count(lot, 100, as: "1"), .finish, .approve] {
                try await base.count(task, of: reference)
            }
            #expect(try await base.stock.dueCounts(in: Melons.warehouse).map(\.sku) == [Melons.rice])
            try await base.owner.execute(sql: "UPDATE stock_count SET posted_at = now() - interval '31 days'")
            let again = try await base.stock.dueCounts(in: Melons.warehouse)
            #expect(again.map(\.sku) == [Melons.melon, Melons.rice] && again[0].countedOn != nil)
            #expect(try await base.stock.dueCounts(in: Road.north).isEmpty)
        }
    }

    @Test(
        "a state without its event, a line without its entry, and a difference that the ledger does not have are named",
        arguments: [
            ("UPDATE stock_count SET state = 'counted', posted_at = NULL", "stock_count", "state"),
            ("UPDATE stock_count_line SET counted = 96", "stock_count_line", "counted"),
            ("UPDATE stock_count_line SET counted = 96", "stock_count_line", "movement_id"),
            ("UPDATE stock_count_line SET movement_id = NULL", "movement", "movement_id"),
            ("UPDATE movement SET quantity = 4 WHERE reason = 'count'", "stock_count_line", "movement_id"),
            ("DELETE FROM stock_count_entry", "stock_count_line", "counted"),
        ])
    func verified(sql: String, table: String, column: String) async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.countThrough(lot, 97)
            try await base.count(.approve)
            #expect(try await base.differences().isEmpty)
            try await base.owner.execute(sql: sql)
            let found = try await base.differences()
            #expect(found.contains { $0.table == table && $0.column == column }, "\(found)")
        }
    }
}

extension TestBase {
    /// Counts seven more than the ledger has a moment before; what moves in that moment is part of the difference.
    fileprivate func countSevenMore(_ lot: ID<Lot>, as key: String, of reference: ReceiptReference) async throws {
        let onHand = try await standing(Melons.location, .good)
        try await count(Tally.count(lot, onHand + 7, as: key), of: reference)
    }
}
