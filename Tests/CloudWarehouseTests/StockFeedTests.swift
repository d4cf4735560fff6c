import EventLoop
import Postgres
import Synchronization
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Stock boards", .onDatabase, .timeLimit(.minutes(1)))
struct StockFeedTests {
    /// What a feed told, as something to wait for.
    private struct News: Sendable {
        let stream: AsyncStream<StockFeed.News>
        private let continuation: AsyncStream<StockFeed.News>.Continuation
        var tell: @Sendable (StockFeed.News) -> Void { { _ = continuation.yield($0) } }

        init() { (stream, continuation) = AsyncStream.makeStream() }

        /// Waits until the melons are at this version.
        func melons(at version: Int64) async {
            for await case .changed(let levels) in stream
            where levels.contains(where: { $0.position.sku == Melons.melon && $0.version >= version }) { return }
        }

        func freshness(_ isWanted: (Freshness) -> Bool) async {
            for await case .freshness(let freshness) in stream where isWanted(freshness) { return }
        }
    }

    private static func available(_ board: StockBoard) -> [Int64] {
        board.levels(of: Melons.melon).found.map(\.counters.available)
    }

    @Test("an order that is answered is on every board of its process, though nothing was read since")
    func ownCommits() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            let boards = [StockBoard(), StockBoard()]
            let told = Mutex(0)
            try await base.withFeed(boards, watcher: { _ in told.withLock { $0 += 1 } }) { base, feed in
                try await base.withIntake(feed: feed) { intake in
                    let before = told.withLock { $0 }
                    for number in 1...20 {
                        let hold = PlaceOrder.Payment.due(withinSeconds: 60)
                        _ = try await intake.desk.place(
                            Melons.order("\(number)", melons: 2, payment: number % 2 == 0 ? .paid : hold))
                        for board in boards { #expect(Self.available(board) == [100 - 2 * Int64(number)]) }
                    }
                    #expect(told.withLock { $0 } == before + 20)
                }
                let shown = boards[0].levels(of: Melons.melon)
                #expect(try await shown.found == base.stock.levels(of: Melons.melon))
                #expect(shown.freshness == .current)
            }
        }
    }

    @Test("a delivery that is answered is on the boards, new pools too")
    func ownReceipts() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let board = StockBoard()
            try await base.withFeed([board]) { base, _ in
                #expect(Self.available(board).isEmpty)
                _ = try await base.stock.receive(Melons.receipt("1", melons: 7), by: base.principal)
                #expect(Self.available(board) == [7])
                _ = try await base.stock.receive(Melons.receipt("2", melons: 3, rice: 500), by: base.principal)
                #expect(board.page(limit: 10).found.map(\.level.counters.sellable) == [10, 500])
                #expect(board.page(limit: 10, owner: try OwnerCode("nobody")).found.isEmpty)
            }
        }
    }

    /// The first change may be found because the listener has only begun to listen; those that follow are not.
    @Test("what another process commits is shown by its doorbell", .timeLimit(.minutes(1)), arguments: [true, false])
    func doorbell(hasFeed: Bool) async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(100)
            let (news, board) = (News(), StockBoard())
            try await base.withFeed([board], listens: true, watcher: news.tell) { _, _ in
                await news.melons(at: 1)
                if hasFeed {
                    try await base.withFeed { base, feed in
                        try await base.withIntake(feed: feed) { intake in
                            for number: Int64 in 1...5 {
                                _ = try await intake.desk.place(Melons.order("\(number)", melons: 1))
                                await news.melons(at: 1 + number)
                                #expect(Self.available(board) == [100 - number])
                            }
                        }
                    }
                } else {
                    // As a command does: it is told though nothing lives on after it.
                    for number: Int64 in 1...5 {
                        _ = try await base.stock.receive(Melons.receipt("\(number)", melons: 1), by: base.principal)
                        await news.melons(at: 1 + number)
                        #expect(Self.available(board) == [100 + number])
                    }
                }
            }
        }
    }

    @Test("without LISTEN and without a doorbell, changes, new pools and new names are found by asking")
    func asking() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            let (news, board) = (News(), StockBoard())
            var limits = BoardLimits.tests
            limits.pollInterval = .milliseconds(5)
            limits.pageRows = 1
            try await base.withFeed([board], limits: limits, watcher: news.tell) { _, _ in
                try await base.withIntake { intake in _ = try await intake.desk.place(Melons.order("1", melons: 1)) }
                await news.melons(at: 2)
                #expect(Self.available(board) == [99])
                _ = try await base.stock.receive(Melons.receipt("2", melons: 1, rice: 500), by: base.principal)
                await news.melons(at: 3)
                try await base.owner.execute(sql: "UPDATE sku SET name = '西瓜' WHERE code = 'melon'")
                for await case .changed(let levels) in news.stream
                where levels.contains(where: { $0.name.rawValue == "西瓜" }) {
                    break
                }
                #expect(board.page(limit: 9).found.map(\.level) == (try await base.stock.levels()))
                #expect(board.freshness == .current)
            }
        }
    }

    /// Ends the connections that listen for this base's doorbells, at the server's side; says how many there were.
    private func cutListeners(of base: TestBase) async throws -> Int {
        let sql = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE query = 'LISTEN "\(Doorbell.channel(of: base.schema))"' AND state = 'idle'
            """
        return try await base.pool.withConnection { connection in
            try await connection.query(sql: sql) { row throws(DecodingFailure) in try row.next(Bool.self) }.count
        }
    }

    @Test("a broken connection makes answers stale, and what was missed meanwhile is shown once it is back")
    func lost() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            let (news, board) = (News(), StockBoard())
            try await base.withFeed([board], listens: true, watcher: news.tell) { _, _ in
                // Until it listens there is no connection to break.
                while try await cutListeners(of: base) == 0 {}
                await news.freshness { $0.age(at: .now()) != nil }
                try await base.withIntake { intake in _ = try await intake.desk.place(Melons.order("1", melons: 1)) }
                await news.melons(at: 2)
                await news.freshness { $0 == .current }
                #expect(Self.available(board) == [99])
            }
        }
    }

    @Test("a state that arrives late does not undo a newer one, and a database set back is shown as it is")
    func versions() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            let board = StockBoard()
            var limits = BoardLimits.tests
            limits.pollInterval = .milliseconds(5)
            try await base.withFeed([board], limits: limits) { base, feed in
                try await base.withIntake(feed: feed) { intake in
                    for number in 1...5 { _ = try await intake.desk.place(Melons.order("\(number)", melons: 1)) }
                }
                let key = try #require(board.picture.shelves[Melons.melon]?.keys.first)
                feed.committed(
                    [PoolState(key: key, counters: PoolCounters(sellable: 1), version: 3)], changed: [key.sku])
                #expect(Self.available(board) == [95])
                // Restored from a backup: the connections break, and then there is less than before.
                try await base.run(
                    script: "UPDATE pool SET version = 1, committed = 0; ALTER TABLE pool RENAME TO gone")
                while board.freshness == .current { await feed.reread([key.sku]) }
                #expect(Self.available(board) == [95], "what was read can be told all the same")
                try await base.run(script: "ALTER TABLE gone RENAME TO pool")
                while board.freshness != .current { await feed.reread([]) }
                #expect(Self.available(board) == [100])
            }
        }
    }
}
