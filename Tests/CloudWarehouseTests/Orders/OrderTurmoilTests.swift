import EventLoop
import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// Many who place, pay, edit and call off at two servers at once, while holds end and goods come in.
@Suite("Orders in turmoil", .onDatabase, .timeLimit(.minutes(2)))
struct OrderTurmoilTests {
    static let (leek, box) = (try! SKUCode("leek"), try! SKUCode("box"))
    static let second = try! WarehouseCode("second")
    static let singles = [Melons.melon, Melons.rice, leek]

    private static func prepare(_ base: TestBase) async throws {
        try await base.prepareMelons()
        let price = try Price(fen: Fen(rawValue: 300), per: Quantity(7))
        let entries = try [(leek, "葱"), (box, "礼盒")].map {
            CatalogEntry(code: $0, name: try Name($1), unit: .piece, category: Melons.entries[0].category, price: price)
        }
        _ = try await base.catalog.importEntries(entries, of: Melons.owner, by: base.principal)
        _ = try await base.stock.addWarehouse(code: second, name: try Name("二仓"), by: base.principal)
        _ = try await base.stock.addLocation(
            code: Melons.location, in: second, storageClass: .chilled, by: base.principal)
        try await base.run(
            script: """
                INSERT INTO set_component
                SELECT bundle.id, component.id, CASE component.code WHEN 'melon' THEN 2 ELSE 1 END
                FROM sku AS bundle, sku AS component
                WHERE bundle.code = 'box' AND component.code IN ('melon', 'rice');
                INSERT INTO buyer_limit SELECT id, 6, now() - interval '1 day' FROM sku WHERE code = 'leek';
                """)
    }

    static func receipt(_ name: String, _ quantities: [SKUCode: Int64], in warehouse: WarehouseCode) throws
        -> Receipt
    {
        try Receipt(
            reference: ReceiptReference(rawValue: name)!, warehouse: warehouse, location: Melons.location,
            lines: quantities.sorted { $0.key < $1.key }.map {
                Receipt.Line(sku: $0, owner: Melons.owner, quantity: try Quantity($1))
            })
    }

    /// What several tasks write to.
    private final class Shared<Value: Sendable>: Sendable {
        private let lock: Lock<Value>

        init(_ value: Value) {
            lock = Lock(value)
        }

        func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
            lock.withLock { body(&$0) }
        }
    }

    @Test(
        "whatever is done at once, nothing is oversold, lost or done twice, and all of it is explained",
        arguments: [UInt64(1), 2])
    func turmoil(seed: UInt64) async throws {
        // No transaction is run again, so a deadlock would be seen.
        try await TestBase.with(connections: 8, retries: 0) { base in
            try await Self.prepare(base)
            let start: [SKUCode: Int64] = [Melons.melon: 40, Melons.rice: 30, Self.leek: 20]
            for warehouse in [Melons.warehouse, Self.second] {
                _ = try await base.stock.receive(
                    Self.receipt("RK-\(warehouse)", start, in: warehouse), by: base.principal)
            }
            let told = TurmoilBook(TurmoilBook.Told(received: start.mapValues { $0 * 2 }))
            try await base.withIntake { first in
                try await base.withIntake { second in
                    let desks = [first.desk, second.desk]
                    async let sweeping: Void = Self.sweep(base, at: desks[1], until: told)
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in 0..<10 {
                            group.addTask {
                                var client = TurmoilClient(
                                    number: number, base: base, desks: desks, told: told,
                                    random: SplitMix(seed: seed &* 1_000 &+ UInt64(number)))
                                try await client.run(deeds: 40)
                            }
                        }
                        try await group.waitForAll()
                    }
                    told.end()
                    try await sweeping
                    try await Self.check(base, told.withLock { $0 })
                    try await Self.sellOut(base, at: desks[0])
                }
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    private static func sweep(_ base: TestBase, at desk: OrderDesk, until book: TurmoilBook) async throws {
        let sweeper = HoldSweeper(pool: base.pool, desk: desk)
        while !book.isOver, !Task.isCancelled {
            _ = try await sweeper.turn()
            await Task.yield()
        }
    }

    private static func check(_ base: TestBase, _ told: TurmoilBook.Told) async throws {
        #expect(told.contradictions.isEmpty)
        #expect(told.counts["busy"] == nil, "nobody is sent away for a row that is locked for a moment")
        for deed in ["placed", "pay", "cancel", "claim", "edit", "reduce"] {
            #expect(told.counts[deed, default: 0] > 0, "\(told.counts)")
        }
        #expect(try await base.differences().isEmpty)
        let count = try await base.number("SELECT count(*) FROM customer_order")
        #expect(count == Int64(told.placed.count), "what is there was answered, and what was answered is there")
        for (reference, placed) in told.placed {
            let key = OrderKey(source: Melons.source, reference: reference)
            let details = try await base.orders.details(of: .key(key))
            #expect(details?.summary.id == placed.id && details?.summary.placedAt == placed.placedAt)
            let state = details?.summary.state
            if told.cancelled.contains(reference) { #expect(state == .cancelled) }
            if told.paid.contains(reference) { #expect(state != .held && state != .released) }
        }
        for kind in ["placed", "cancelled"] {
            let rows = "FROM outbox, unnest(subjects) AS subject WHERE kind = 'orders.\(kind)'"
            #expect(
                try await base.number("SELECT count(*) \(rows)")
                    == base.number("SELECT count(DISTINCT subject) \(rows)"), "\(kind) once")
        }
        let cancelled = "SELECT count(*) FROM customer_order WHERE state = 'cancelled'"
        #expect(try await base.number(cancelled) == Int64(told.cancelled.count))
        for (sku, received) in told.received {
            let levels = try await base.stock.levels(of: sku).map(\.counters)
            #expect(levels.reduce(0) { $0 + $1.sellable } == received)
            #expect(levels.allSatisfy { $0.available >= 0 })
        }
        #expect(try await base.number(miscounted) == 0, "what buyers have")
    }

    /// How many counts of buyers are not what their orders say.
    private static let miscounted = """
        WITH bought AS (
            SELECT placed.source, terms.buyer, line.sku_id, sum(line.quantity - line.cancelled) AS taken
            FROM customer_order AS placed
            JOIN order_terms AS terms ON terms.order_id = placed.id
            JOIN order_line AS line ON line.order_id = placed.id
            JOIN buyer_limit USING (sku_id)
            WHERE placed.state NOT IN ('released', 'cancelled') AND terms.buyer IS NOT NULL AND line.part_of IS NULL
            GROUP BY placed.source, terms.buyer, line.sku_id
        )
        SELECT count(*) FROM bought FULL JOIN buyer_count USING (source, buyer, sku_id)
        WHERE COALESCE(bought.taken, 0) <> COALESCE(buyer_count.taken, 0)
        """

    /// What is left is sold to the last piece; what is short gets what comes.
    private static func sellOut(_ base: TestBase, at desk: OrderDesk) async throws {
        for sku in [Melons.melon, Melons.rice] {
            let left = try await base.stock.levels(of: sku).reduce(0) { $0 + $1.counters.available }
            func order(_ quantity: Int64) throws -> PlaceOrder {
                try PlaceOrder(
                    source: Melons.source, reference: OrderReference(rawValue: "rest-\(sku)")!,
                    lines: [PlaceOrder.Line(sku: sku, quantity: Quantity(quantity))], payment: .paid)
            }
            await #expect { try await desk.place(order(left + 1)) } throws: {
                guard case IntakeError.refused(.soldOut(let short)) = $0 else { return false }
                return short.map(\.available) == [left]
            }
            if left > 0 { _ = try await desk.place(order(left)) }
            #expect(try await base.stock.levels(of: sku).allSatisfy { $0.counters.available == 0 })
        }
        let plenty = Dictionary(uniqueKeysWithValues: singles.map { ($0, Int64(10_000)) })
        _ = try await base.stock.receive(receipt("plenty", plenty, in: second), by: base.principal)
        let short = try await base.orders.list(state: .paidShort).orders
        #expect(!short.isEmpty)
        for order in short {
            #expect(try await base.change(.claim, .id(order.id), at: desk).order.state == .committed)
        }
    }
}
