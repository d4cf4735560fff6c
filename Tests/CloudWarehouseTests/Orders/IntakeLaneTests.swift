import EventLoop
import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// What waits for a row that somebody else has locked, and what goes on meanwhile.
@Suite("Orders that wait apart", .onDatabase, .timeLimit(.minutes(1)))
struct IntakeLaneTests {
    static func key(_ reference: String) -> OrderIdentity {
        .key(OrderKey(source: Melons.source, reference: OrderReference(rawValue: reference)!))
    }

    static let melons =
        "SELECT FROM pool JOIN sku ON sku.id = sku_id WHERE code = 'melon' FOR NO KEY UPDATE OF pool"

    private static let rice = melons.replacing("'melon'", with: "'rice'")

    /// Runs `body` while what a statement locks is locked.
    func holding(_ base: TestBase, _ lock: String, _ body: () async throws -> Void) async throws {
        try await base.owner.withTransaction { transaction in
            try await transaction.connection.execute(sql: lock)
            try await body()
        }
    }

    /// Waits until transactions have waited for this one's lock, one after another.
    func expectBlocked(_ base: TestBase, times: Int = 1) async throws {
        var seen: Set<String> = []
        let sql =
            "SELECT virtualtransaction FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        let blocked = try await eventually {
            let found = try await base.owner.query(sql: sql) { row throws(DecodingFailure) in try row.next(String.self)
            }
            seen.formUnion(found)
            return seen.count >= times
        }
        #expect(blocked)
    }

    static var impatient: IntakeLimits {
        var limits = IntakeLimits()
        limits.lockPatience = .milliseconds(20)
        limits.queueDeadline = .seconds(50)
        return limits
    }

    static func answers(_ results: [Result<OrderAnswer, IntakeError>]) -> [String] {
        results.map { result in
            switch result {
            case .success(let answer): DecidedShop.words(.answer(answer))
            case .failure(.refused(let refusal)): "\(refusal)"
            case .failure(let error): "\(error)"
            }
        }
    }

    @Test(
        "while a pool is locked, orders for other goods are answered; those that need it are, in turn, when it is free")
    func pool() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(4, rice: 1_000)
            try await base.withIntake(limits: Self.impatient) { intake in
                var waiting: Task<[String], Never>?
                try await holding(base, Self.melons) {
                    let first = try [3, 2, 1].map { OrderCommand.place(try Melons.order("m\($0)", melons: $0)) }
                    // Behind whatever has been put back by now, though there would be enough for it.
                    let second = try [OrderCommand.place(Melons.order("late", melons: 1))]
                    waiting = Task {
                        async let early = intake.desk.perform(all: first)
                        while await !intake.waits { await Task.yield() }
                        async let late = intake.desk.perform(all: second)
                        return Self.answers(await early + late)
                    }
                    try await expectBlocked(base, times: 3)
                    for number in 1...3 {
                        let placed = try await intake.desk.place(Melons.order("r\(number)", rice: 100))
                        #expect(placed.total == Fen(rawValue: 220))
                    }
                    #expect(try await base.number("SELECT count(*) FROM customer_order") == 3)
                    // Nobody gets past those that wait by needing something else as well.
                    let both = Task { try? await intake.desk.place(Melons.order("both", melons: 1, rice: 1)) }
                    while await intake.queued < 1 { await Task.yield() }
                    both.cancel()
                    _ = try await intake.desk.place(Melons.order("r4", rice: 100))
                }
                #expect(
                    await waiting?.value
                        == ["placed 2970", "melon: 2 asked for, 1 left", "placed 990", "melon: 1 asked for, 0 left"])
                let free = try await eventually { await !intake.waits }
                #expect(free)
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 4, committed: 4))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what needs two rows, one of which stays locked, keeps nobody from the other; what stays locked, nobody else")
    func oneOfTwo() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10, rice: 1_000)
            let other = try base.servicePool()
            try await base.withIntake(limits: Self.impatient) { intake in
                var waiting: [Task<[String], Never>] = []
                try await other.withTransaction { transaction in
                    try await transaction.connection.execute(sql: Self.rice)
                    try await holding(base, Self.melons) {
                        for (reference, rice) in [("both", Int64(1)), ("1", 0), ("2", 0)] {
                            let order = OrderCommand.place(try Melons.order(reference, melons: 2, rice: rice))
                            let waited = await intake.queued
                            waiting.append(Task { Self.answers(await intake.desk.perform(all: [order])) })
                            if reference == "both" {
                                try await expectBlocked(base)
                            } else {
                                while await intake.queued == waited { await Task.yield() }
                            }
                        }
                    }
                    for task in waiting.dropFirst() { #expect(await task.value == ["placed 1980"]) }
                    let late = try await intake.desk.place(Melons.order("3", melons: 2))
                    #expect(late.total == Fen(rawValue: 1_980))
                    #expect(try await base.number("SELECT count(*) FROM customer_order") == 3)
                }
                #expect(await waiting[0].value == ["placed 1982"])
            }
            await other.shutDown()
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 8))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("while an order is locked, others are changed; what was asked of it is done when it is free, once")
    func order() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10)
            try await base.withIntake(limits: Self.impatient) { intake in
                for reference in ["1", "2"] {
                    _ = try await intake.desk.place(
                        Melons.order(reference, melons: 1, payment: .due(withinSeconds: 600)))
                }
                var paying: [Task<ChangedOrder, any Error>] = []
                try await holding(base, "SELECT FROM customer_order WHERE reference = '1' FOR NO KEY UPDATE") {
                    paying = (0..<2).map { _ in
                        Task { try await base.change(.pay, Self.key("1"), at: intake.desk) }
                    }
                    try await expectBlocked(base)
                    let id = try await base.owner.query(sql: "SELECT id FROM customer_order WHERE reference = '1'") {
                        row throws(DecodingFailure) in try row.next(ID<CustomerOrder>.self)
                    }[0]
                    let other = OrderSource(rawValue: "other")
                    await #expect { try await base.change(.pay, .id(id), from: other, at: intake.desk) } throws: {
                        if case IntakeError.refused(.unknownOrder) = $0 { true } else { false }
                    }
                    #expect(try await base.change(.pay, Self.key("2"), at: intake.desk).order.state == .committed)
                    _ = try await intake.desk.place(Melons.order("3", melons: 1))
                    #expect(try await base.melonCounters() == PoolCounters(sellable: 10, held: 1, committed: 2))
                }
                var repeated = 0
                for task in paying {
                    let paid = try await task.value
                    #expect(paid.order.state == .committed)
                    if paid.isRepeated { repeated += 1 }
                }
                #expect(repeated == 1)
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 3))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an order that the database will not have fails alone, also among those that have waited")
    func poison() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10)
            try await base.run(script: "ALTER TABLE customer_order ADD CHECK (reference <> 'poison')")
            try await base.withIntake(limits: Self.impatient) { intake in
                var waiting: Task<[String], Never>?
                try await holding(base, Self.melons) {
                    let orders = try ["1", "poison", "2"].map { OrderCommand.place(try Melons.order($0, melons: 1)) }
                    waiting = Task { Self.answers(await intake.desk.perform(all: orders)) }
                    try await expectBlocked(base)
                }
                let answers = try #require(await waiting?.value)
                #expect(answers[0] == "placed 990" && answers[2] == "placed 990")
                #expect(answers[1].contains("database"))
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 2))
        }
    }
}
