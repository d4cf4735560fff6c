import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Goods between warehouses, at the edges", .onDatabase)
struct TransferEdgeTests {
    @Test("goods of one lot that stand at different temperatures are two transfers")
    func mixed() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            let frozen = try LocationCode("F-01")
            _ = try await base.stock.addLocation(
                code: frozen, in: Melons.warehouse, storageClass: .frozen, by: base.principal)
            // Nothing but the ledger brings goods from one shelf to another yet: they are found there.
            let found = try Adjustment(
                reference: Road.key("A"), kind: .found, lot: lot, warehouse: Melons.warehouse, location: frozen,
                quality: .good, quantity: try Quantity(5), note: AdjustmentNote(rawValue: "冻库")!)
            _ = try await base.stock.adjust(found, by: base.principal)
            try await base.transfer(Road.request(40))
            try await base.transfer(.approve)
            try await base.transfer(Road.pick(lot, 10))
            #expect(
                await stays { try await base.transfer(Road.pick(lot, 5, as: "p2", at: frozen)) }
                    == .otherStorageClass(.chilled))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what is damaged or held goes as it is, and is sold at neither end")
    func qualities() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            for (kind, quantity) in [(Adjustment.Kind.damaged, Int64(10)), (.setAside, 20)] {
                let adjustment = try Adjustment(
                    reference: Road.key(kind.rawValue), kind: kind, lot: lot, warehouse: Melons.warehouse,
                    location: Melons.location, quality: .good, quantity: try Quantity(quantity),
                    note: AdjustmentNote(rawValue: "看过")!)
                _ = try await base.stock.adjust(adjustment, by: base.principal)
            }
            try await base.transfer(Road.request(40))
            try await base.transfer(.approve)
            try await base.transfer(Road.pick(lot, 10, as: "p1", quality: .damaged))
            try await base.transfer(Road.pick(lot, 20, as: "p2", quality: .held))
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 70))
            try await base.transfer(.load)
            try await base.transfer(.depart(expectedAt: nil))
            try await base.transfer(Road.arrive(lot, received: 10, as: "a1", quality: .damaged))
            try await base.transfer(Road.arrive(lot, received: 19, damaged: 1, as: "a2", quality: .held))
            #expect(try await base.standing(Road.chilled, .damaged) == 11)
            #expect(try await base.standing(Road.chilled, .held) == 19)
            #expect(try await base.counters(in: Road.north)?.sellable ?? 0 == 0)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("no row of a transfer is taken back by itself: the document would not know")
    func reversed() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.bring(Road.reference, of: lot, into: .inTransit)
            try await base.transfer(Road.arrive(lot, received: 5, damaged: 3, lost: 2))
            let note = try #require(AdjustmentNote(rawValue: "又找到了"))
            let rows = try await base.stock.ledger(of: Melons.melon).entries.filter { $0.reason != .receipt }
            #expect(rows.count == 5)
            for row in rows {
                await #expect {
                    try await base.stock.reverse(row.id, note: note, by: base.principal)
                } throws: {
                    guard case StockError.notAdjusted(.notReversible(.transfer)) = $0 else { return false }
                    return true
                }
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what expires on the road arrives set aside")
    func expired() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.bring(Road.reference, of: lot, into: .inTransit)
            try await base.owner.execute(sql: "UPDATE lot SET expires_on = '2020-01-31'")
            #expect(try await base.transfer(Road.arrive(lot, received: 10)).state == .closed)
            #expect(try await base.standing(Road.chilled, .held) == 10)
            #expect(try await base.counters(in: Road.north)?.sellable ?? 0 == 0)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("late is what is under way after its time, by the database's clock; both ends list the same document")
    func late() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            let now = try await base.pool.transaction(throwing: StockError.self) { try await $0.now() }
            func at(_ seconds: Int64) -> Timestamp {
                Timestamp(microsecondsSince1970: now.microsecondsSince1970 + seconds * 1_000_000)
            }
            for (name, time) in [("soon", at(3_600)), ("late", at(-1)), ("never said", nil)] {
                let reference = Road.key(name)
                try await base.transfer(Road.request(expectedAt: time), of: reference)
                #expect(try await base.stock.transfers(isLate: true).isEmpty == (name != "never said"))
                for task in [.approve, try Road.pick(lot, 10), .load, .depart(expectedAt: nil)] as [TransferTask] {
                    try await base.transfer(task, of: reference)
                }
            }
            #expect(try await base.stock.transfers(isLate: true).map(\.reference.rawValue) == ["late"])
            let here = try await base.stock.transfers(of: Melons.warehouse)
            #expect(try await base.stock.transfers(of: Road.north) == here && here.count == 3)
            #expect(try await base.stock.transfers(of: WarehouseCode("x")).isEmpty)
            #expect(try await base.stock.transfers(before: here[0].id, limit: 1) == [here[1]])
            try await base.transfer(Road.arrive(lot, received: 10), of: Road.key("late"))
            #expect(try await base.stock.transfers(isLate: true).isEmpty, "what has come is late no more")
            let other = Road.key("other time")
            try await base.bring(other, of: lot, into: .loaded)
            try await base.transfer(.depart(expectedAt: at(-5)), of: other)
            #expect(try await base.stock.transfers(isLate: true).map(\.reference) == [other])
        }
    }

    @Test(
        "a connection that drops at the COMMIT of any step: it is looked up, done if it was not, and answered as done, once; the boards of both ends show it",
        arguments: 0..<7, [false, true])
    func lostCommit(step: Int, isBefore: Bool) async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            let proxy = try LossyProxy(before: try #require(try base.serverPort))
            let pool = try base.servicePool {
                $0.setting("host", to: "127.0.0.1").setting("port", to: "\(proxy.port)").setting(
                    "sslmode", to: "disable")
            }
            let steps: [TransferTask] = [
                try Road.request(40), .approve, try Road.pick(lot, 40), .load, .depart(expectedAt: nil),
                try Road.arrive(lot, received: 20, as: "a1"),
                try Road.arrive(lot, received: 15, damaged: 3, lost: 2, as: "a2"),
            ]
            let board = StockBoard()
            try await base.withFeed([board], of: pool) { _, feed in
                let stock = Stock(pool: pool, timeZone: "Asia/Shanghai", feed: feed)
                for (index, task) in steps.enumerated() {
                    if index == step { proxy.loseNextCommit(before: isBefore) }
                    let progress = try await stock.handle(task, of: Road.reference, by: base.principal)
                    #expect(!progress.isRepeated, "\(task.event)")
                    let levels = try await base.stock.levels(of: Melons.melon)
                    #expect(board.levels(of: Melons.melon).found.map(\.counters) == levels.map(\.counters))
                }
                #expect(proxy.lost + proxy.lostBefore == 1)
            }
            await pool.shutDown()
            proxy.close()
            #expect(try await base.number("SELECT count(*) FROM transfer_event") == 7)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action LIKE 'transfer.%'") == 7)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 60))
            #expect(try await base.counters(in: Road.north) == PoolCounters(sellable: 35))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("the same steps at once, from both ends, happen once", arguments: 1...3)
    func races(round: Int) async throws {
        try await TestBase.with(connections: 6) { base in
            let lot = try await base.prepareRoad(100)
            for task in [
                try Road.request(40), .approve, try Road.pick(lot, 40), .load, .depart(expectedAt: nil),
                try Road.arrive(lot, received: 40),
            ] {
                let answers = try await withThrowingTaskGroup(of: TransferProgress.self) { group in
                    for _ in 1...5 { group.addTask { try await base.transfer(task) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers.filter { !$0.isRepeated }.count == 1, "\(task)")
                #expect(Set(answers.map(\.state)).count == 1)
            }
            #expect(try await base.counters(in: Road.north) == PoolCounters(sellable: 40))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "a state without its event, goods that the ledger does not have, and what is over too early are named",
        arguments: [
            ("UPDATE transfer SET state = 'closed'", "transfer", "state"),
            ("UPDATE transfer SET state = 'closed'", "transfer_lot", "in_transit"),
            (
                "UPDATE transfer_lot SET received = received + 1, in_transit = in_transit - 1", "transfer_lot",
                "received"
            ),
            ("UPDATE transfer_lot SET picked = picked + 1, waiting = waiting + 1", "transfer_lot", "picked"),
            ("UPDATE transfer_line SET picked = picked - 1", "transfer_line", "picked"),
            (
                "UPDATE movement SET quantity = quantity - 1 WHERE reason = 'transfer' AND to_location_id = '00000000-0000-7000-8000-000000000003'",
                "transfer_lot", "picked waiting put_back shipped received damaged lost in_transit"
            ),
        ])
    func verified(sql: String, table: String, column: String) async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.bring(Road.reference, of: lot, into: .inTransit)
            try await base.transfer(Road.arrive(lot, received: 4))
            #expect(try await base.differences().isEmpty)
            try await base.owner.execute(sql: sql)
            let found = try await base.differences()
            #expect(found.contains { $0.table == table && $0.column == column }, "\(found)")
        }
    }

    @Test(
        "no piece can be in two places or in none: the database itself refuses it",
        arguments: [
            "UPDATE transfer_lot SET received = received + 1", "UPDATE transfer_lot SET in_transit = 0",
            "UPDATE transfer_lot SET picked = picked + 1", "UPDATE transfer_line SET picked = requested + 1",
            "UPDATE transfer SET to_warehouse_id = from_warehouse_id", "UPDATE transfer_arrival SET reason = NULL",
            "UPDATE transfer_arrival SET location_id = NULL",
        ])
    func equation(sql: String) async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.bring(Road.reference, of: lot, into: .inTransit)
            try await base.transfer(Road.arrive(lot, received: 4, damaged: 1))
            await #expect {
                try await base.owner.execute(sql: sql)
            } throws: {
                ($0 as? PostgresError)?.sqlState == .checkViolation
            }
        }
    }
}
