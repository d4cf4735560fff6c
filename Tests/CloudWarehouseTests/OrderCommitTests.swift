import EventLoop
import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// What is answered when the database refuses, loses or delays what the intake has decided.
@Suite("Committing orders", .onDatabase)
struct OrderCommitTests {
    /// Gives a constraint trigger at commit, which the product's own schema has none of.
    private static func atCommit(_ body: String, in base: TestBase) async throws {
        try await base.run(
            script: """
                CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(body) RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON customer_order
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION at_commit();
                """)
    }

    @Test("an order whose commit the database refuses is not answered as placed, and the others of its batch are")
    func refusedCommit() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            try await Self.atCommit(
                "IF NEW.reference = 'doomed' THEN RAISE EXCEPTION 'no' USING ERRCODE = '23514'; END IF;", in: base)
            let orders = try ["1", "2", "doomed", "3"].map { try Melons.order($0, melons: 1) }
            let placed = await placeTogether(orders, through: OrderIntake(pool: base.pool))
            #expect(placed == ["1", "2", "3"])
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 3)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 100, committed: 3))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "what the database has refused for long enough is sent away, and not tried once more",
        arguments: [false, true])
    func late(isLate: Bool) async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            // Counted also where the transaction is rolled back.
            try await base.run(script: "CREATE SEQUENCE attempts; GRANT USAGE ON SEQUENCE attempts TO yuncang_service")
            try await Self.atCommit(
                "PERFORM nextval('attempts'); RAISE EXCEPTION 'later' USING ERRCODE = '55P03';", in: base)
            var limits = IntakeLimits()
            if isLate { limits.retryDeadline = .zero - limits.queueDeadline - .seconds(1) }
            try await base.withIntake(limits: limits) { intake in
                let answers = await intake.desk.place([try Melons.order("1", melons: 1)])
                guard case .failure(let error) = answers[0] else {
                    Issue.record("\(answers)")
                    return
                }
                if case .busy = error { #expect(isLate) } else { #expect(!isLate, "\(error)") }
            }
            #expect(try await base.number("SELECT last_value FROM attempts") == (isLate ? 1 : Int64(limits.attempts)))
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
        }
    }

    @Test("where the pool's own check refuses a batch, what has room is placed once and only the rest is refused")
    func databaseHasTheLastWord() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            try await base.run(script: "ALTER TABLE pool ADD CHECK (committed <= 5)")
            let orders = try (1...16).map { try Melons.order("\($0)", melons: 1) }
            let placed = await placeTogether(orders, through: OrderIntake(pool: base.pool))
            #expect(placed.count == 5)
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 5)
            #expect(try await base.number("SELECT count(*) FROM order_line") == 5)
            #expect(try await base.number("SELECT sum(cardinality(subjects)) FROM outbox") == 5)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 100, committed: 5))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a batch whose sets and changed orders have more lines than a batch may have is done in several, all of it")
    func tooManyLines() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100, rice: 100)
            let box = try SKUCode("box")
            let entry = CatalogEntry(code: box, name: try Name("礼盒"), unit: .piece, price: Melons.entries[0].price)
            _ = try await base.catalog.importEntries([entry], of: Melons.owner, by: base.principal)
            try await base.run(
                script: """
                    INSERT INTO set_component SELECT bundle.id, component.id, 1 FROM sku AS bundle, sku AS component
                    WHERE bundle.code = 'box' AND component.code IN ('melon', 'rice')
                    """)
            let orders = try (1...4).map { number in
                try PlaceOrder(
                    source: Melons.source, reference: OrderReference(rawValue: "\(number)")!,
                    lines: [PlaceOrder.Line(sku: box, quantity: Quantity(1))], payment: .due(withinSeconds: 60))
            }
            var limits = IntakeLimits()
            limits.batchLines = 6
            let placed = await placeTogether(orders, through: OrderIntake(pool: base.pool, limits: limits))
            #expect(placed.count == 4)
            let transactions = "SELECT count(DISTINCT xmin::text) FROM customer_order"
            #expect(try await base.number(transactions) == 2, "six lines are the parts of two")
            try await base.withIntake(limits: limits) { intake in
                let paid = await intake.desk.perform(
                    all: try orders.map { .change(try ChangeOrder(.pay, .key($0.key), by: nil)) })
                #expect(paid.count == 4)
                for answer in paid {
                    if case .success(.changed(let changed)) = answer {
                        #expect(changed.order.state == .committed)
                    } else {
                        Issue.record("\(answer)")
                    }
                }
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 100, committed: 4))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a session that ends in the midst of COMMIT: the order is looked up, placed once and then answered")
    func lostCommit() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            let key = Int32.random(in: 1 ... .max)
            try await Self.atCommit("PERFORM pg_advisory_xact_lock(\(key));", in: base)
            try await base.owner.execute(sql: "SELECT pg_advisory_lock(\(key))")
            try await base.withIntake { intake in
                async let placed = intake.desk.place(Melons.order("1", melons: 2))
                let waiting = "FROM pg_locks WHERE locktype = 'advisory' AND objid = \(key) AND NOT granted"
                let inCommit = try await eventually { try await base.number("SELECT count(*) \(waiting)") == 1 }
                #expect(inCommit)
                let ended = try await base.pool.withConnection { connection in
                    try await connection.query(sql: "SELECT pg_terminate_backend(pid) \(waiting)") {
                        row throws(DecodingFailure) in try row.next(Bool.self)
                    }
                }
                #expect(ended == [true])
                try await base.owner.execute(sql: "SELECT pg_advisory_unlock(\(key))")
                let order = try await placed
                #expect(order.total == Fen(rawValue: 1_980))
                let again = try Melons.order("1", melons: 2)
                #expect(try await intake.desk.place(again) == order)
            }
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 1)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 100, committed: 2))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an order that comes in whatever moment of the intake's falling asleep is answered")
    func whileFallingAsleep() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            for steps in -16...16 {
                let intake = OrderIntake(pool: base.pool)
                let order = try Melons.order("\(steps)", melons: 1)
                let (answered, ended) = (Flag(), Flag())
                await Stage(on: base.pool.loop).play(
                    {
                        await intake.run()
                        ended.raise()
                    }, and: steps
                ) {
                    if (try? await intake.desk.place(order)) != nil { answered.raise() }
                }
                let inTime = try await eventually { answered.isRaised }
                #expect(inTime, "an order \(steps) steps after the intake began to run")
                // Closing wakes an intake that has missed its order, so that this ends in any case.
                await intake.close()
                let hasEnded = try await eventually { ended.isRaised }
                #expect(hasEnded)
                guard inTime else { break }
            }
        }
    }
}

/// Something that has happened.
private final class Flag: Sendable {
    private let state = Lock(false)
    var isRaised: Bool { state.withLock { $0 } }

    func raise() { state.withLock { $0 = true } }
}

/// Has all of these orders wait for an intake's next batch, and then runs it; gives the references of those placed.
private func placeTogether(_ orders: [PlaceOrder], through intake: OrderIntake) async -> Set<String> {
    await withTaskGroup(of: String?.self) { group in
        for order in orders {
            group.addTask { (try? await intake.desk.place(order)) != nil ? order.key.reference.rawValue : nil }
        }
        while await intake.queued < orders.count { await Task.yield() }
        await intake.close()
        await intake.run()
        return await group.reduce(into: Set<String>()) { if let placed = $1 { $0.insert(placed) } }
    }
}
