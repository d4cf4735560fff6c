import EventLoop
import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// Many who place, pay, edit and call off at two servers at once, while holds end and goods come in.
@Suite("Orders in turmoil", .onDatabase, .timeLimit(.minutes(2 * Turmoil.scale)))
struct OrderTurmoilTests {
    @Test(
        "whatever is done at once, nothing is oversold, lost or done twice, and all of it is explained",
        arguments: [UInt64(1), 2])
    func turmoil(seed: UInt64) async throws {
        // No transaction is run again, so a deadlock would be seen.
        try await TestBase.with(connections: 8, retries: 0) { base in
            let book = TurmoilBook(received: try await TurmoilShop.open(base.catalog, base.stock, by: base.principal))
            try await base.withIntake { first in
                try await base.withIntake { second in
                    try await Self.play(base, at: [first, second], book, seed: seed)
                    try await Self.check(base, book.contents, isFaulty: false)
                    try await Self.sellOut(base, at: first.desk)
                }
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "the same holds where COMMITs are lost on their way, and the replies to others",
        arguments: Turmoil.seeds(from: 3, count: 2))
    func lostCommits(seed: UInt64) async throws {
        try await TestBase.with(connections: 8) { base in
            let book = TurmoilBook(received: try await TurmoilShop.open(base.catalog, base.stock, by: base.principal))
            let proxy = try LossyProxy(before: try #require(try base.serverPort))
            let pools = try (0..<2).map { _ in
                try base.servicePool {
                    $0.setting("host", to: "127.0.0.1").setting("port", to: "\(proxy.port)")
                        .setting("sslmode", to: "disable")
                }
            }
            try await base.withIntake(limits: Self.hasty, of: pools[0]) { first in
                try await base.withIntake(of: pools[1]) { second in
                    async let losing: Void = Self.lose(proxy, until: book, seed: seed)
                    try await Self.play(base, at: [first, second], book, seed: seed)
                    await losing
                    try await Self.check(base, book.contents, isFaulty: true)
                }
            }
            #expect(proxy.lost > 3 && proxy.lostBefore > 3, "\(proxy.lost), \(proxy.lostBefore)")
            #expect(book.contents.counts["unanswered", default: 0] > 0, "\(book.contents.counts)")
            for pool in pools { await pool.shutDown() }
            proxy.close()
            #expect(try await base.differences().isEmpty)
        }
    }

    /// One that does not look again what it has done, so that clients have to.
    private static var hasty: IntakeLimits {
        var limits = IntakeLimits()
        limits.attempts = 1
        return limits
    }

    private static func lose(_ proxy: LossyProxy, until book: TurmoilBook, seed: UInt64) async {
        var random = SplitMix(seed: seed)
        while !book.isOver, !Task.isCancelled {
            if random.once(in: 2) { proxy.loseNextCommit() } else { proxy.loseNextCommit(before: true) }
            try? await Task.sleep(for: .milliseconds(random.pick(40...160)))
        }
        proxy.loseNothing()
    }

    private static func play(
        _ base: TestBase, at intakes: [OrderIntake], _ book: TurmoilBook, seed: UInt64
    ) async throws {
        let doors = intakes.map { DeskDoor(desk: $0.desk, stock: base.stock, principal: base.principal) }
        async let sweeping: Void = sweep(base, at: intakes[1].desk, until: book)
        do {
            try await Turmoil.play(book, at: doors, seed: seed)
        } catch {
            book.end()
            throw error
        }
        book.end()
        try await sweeping
    }

    private static func sweep(_ base: TestBase, at desk: OrderDesk, until book: TurmoilBook) async throws {
        let sweeper = HoldSweeper(pool: base.pool, desk: desk)
        while !book.isOver, !Task.isCancelled {
            _ = try await sweeper.turn()
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    private static func check(_ base: TestBase, _ told: TurmoilBook.Told, isFaulty: Bool) async throws {
        let busy = told.counts["busy"] ?? 0
        #expect(isFaulty || busy == 0, "nobody is sent away for a row that is locked for a moment")
        for deed in ["placed", "paid", "cancelled", "claimed", "edited", "reduced"] {
            #expect(told.counts[deed, default: 0] > 0, "\(told.counts)")
        }
        let records = try await TurmoilRecords.read(through: base.owner)
        #expect(records.complaints(about: told, isFaulty: isFaulty).joined(separator: "\n") == "")
        #expect(try await base.stock.complaints(about: told).joined(separator: "\n") == "")
        #expect(try await base.differences().isEmpty)
    }

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
        let plenty = Dictionary(uniqueKeysWithValues: TurmoilShop.singles.map { ($0, Int64(10_000)) })
        _ = try await base.stock.receive(
            TurmoilShop.receipt("plenty", plenty, in: TurmoilShop.second), by: base.principal)
        let short = try await base.orders.list(state: .paidShort).orders
        #expect(!short.isEmpty)
        for order in short {
            #expect(try await base.change(.claim, .id(order.id), at: desk).order.state == .committed)
        }
    }
}
