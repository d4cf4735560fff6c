import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Placing orders", .onDatabase)
struct OrderIntakeTests {
    @Test("of 100 pieces exactly 100 are sold to 64 buyers who go on asking, and every counter is explained")
    func hotSKU() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            try await base.withIntake { intake in
                let sold = await withTaskGroup(of: Int.self) { group in
                    for buyer in 0..<64 {
                        group.addTask {
                            var sold = 0
                            for attempt in 0..<4 {
                                let order = try! Melons.order("\(buyer)-\(attempt)", melons: 1)
                                if (try? await intake.desk.place(order)) != nil { sold += 1 }
                            }
                            return sold
                        }
                    }
                    return await group.reduce(0, +)
                }
                #expect(sold == 100)
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 100, committed: 100))
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 100)
            #expect(try await base.number("SELECT sum(cardinality(subjects)) FROM outbox") == 100)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("two servers that sell the same SKU sell no piece twice and refuse nothing that is left")
    func twoServers() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            try await base.withIntake { first in
                try await base.withIntake { second in
                    let sold = await withTaskGroup(of: Bool.self) { group in
                        for number in 0..<150 {
                            group.addTask {
                                let order = try! Melons.order("\(number)", melons: 1)
                                return (try? await (number % 2 == 0 ? first : second).desk.place(order)) != nil
                            }
                        }
                        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                    }
                    #expect(sold == 100)
                }
            }
            #expect(try await base.melonCounters().available == 0)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("one reference sent many times at once, to two servers, has one effect and one answer")
    func onceOnly() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            try await base.withIntake { first in
                try await base.withIntake { second in
                    let answers = try await withThrowingTaskGroup(of: PlacedOrder.self) { group in
                        for number in 0..<40 {
                            group.addTask {
                                try await (number % 2 == 0 ? first : second).desk.place(Melons.order("same", melons: 2))
                            }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    #expect(answers.count == 40)
                    #expect(Set(answers).count == 1)
                }
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 100, committed: 2))
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 1)
        }
    }

    @Test(
        "another order under a used reference is a conflict and changes nothing; another source's reference is its own")
    func conflict() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake { intake in
                let placed = try await intake.desk.place(Melons.order("1", melons: 2))
                #expect(placed.total == Fen(rawValue: 1_980))
                await #expect { try await intake.desk.place(Melons.order("1", melons: 3)) } throws: { error in
                    guard case IntakeError.refused(.otherOrderUnderReference) = error else { return false }
                    return true
                }
                let again = try Melons.order("1", melons: 2)
                #expect(try await intake.desk.place(again) == placed)
                let other = try PlaceOrder(
                    source: OrderSource(rawValue: "other")!, reference: OrderReference(rawValue: "1")!,
                    lines: Melons.order("1", melons: 3).lines, payment: .paid)
                #expect(try await intake.desk.place(other) != placed)
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 5))
        }
    }

    @Test("an order of two SKUs, one of which is not there, takes neither and leaves no row")
    func wholeOrNothing() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10, rice: 499)
            try await base.withIntake { intake in
                await #expect { try await intake.desk.place(Melons.order("1", melons: 1, rice: 500)) } throws: {
                    error in
                    guard case IntakeError.refused(.soldOut(let short)) = error, short.map(\.sku) == [Melons.rice],
                        short.first?.asked == 500
                    else { return false }
                    return true
                }
                let smaller = try Melons.order("1", melons: 1, rice: 499)
                #expect(try await intake.desk.place(smaller).total == Fen(rawValue: 2_088))
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 1))
            #expect(try await base.number("SELECT count(*) FROM order_line") == 2)
            #expect(try await base.number("SELECT count(*) FROM outbox") == 1)
        }
    }

    @Test("an unpaid order holds, and its lines say until when by the database's clock")
    func hold() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("1", melons: 4, payment: .due(withinSeconds: 900)))
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, held: 4))
            let seconds = try await base.number(
                "SELECT extract(epoch FROM expires_at - placed_at)::bigint FROM order_line, customer_order")
            #expect(seconds == 900)
            #expect(try await base.number("SELECT count(*) FROM customer_order WHERE state = 'held'") == 1)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an order that the database will not have fails alone")
    func poison() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            try await base.run(script: "ALTER TABLE customer_order ADD CHECK (reference <> 'poison')")
            let intake = OrderIntake(pool: base.pool)
            let references = (0..<20).map { "\($0)" } + ["poison"]
            let placing = Task {
                await withTaskGroup(of: (String, Bool).self) { group in
                    for reference in references {
                        group.addTask {
                            (reference, (try? await intake.desk.place(Melons.order(reference, melons: 1))) != nil)
                        }
                    }
                    return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
                }
            }
            // Nobody runs the intake before all of them wait, so that they are one batch.
            while await intake.queued < references.count { await Task.yield() }
            await intake.close()
            await intake.run()
            #expect(await placing.value.filter { !$0.value }.map(\.key) == ["poison"])
            #expect(try await base.melonCounters() == PoolCounters(sellable: 100, committed: 20))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an intake that is full or closed sends orders away, and those that it took are still answered")
    func fullAndClosed() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            var limits = IntakeLimits()
            limits.queuedOrders = 1
            limits.retryAfterSeconds = 7
            let intake = OrderIntake(pool: base.pool, limits: limits)
            // Nobody runs the intake yet, so the one that waits makes it full.
            async let waiting = intake.desk.place(Melons.order("1", melons: 1))
            while await intake.queued == 0 { await Task.yield() }
            await #expect { try await intake.desk.place(Melons.order("2", melons: 1)) } throws: { error in
                guard case IntakeError.busy(retryAfterSeconds: 7) = error else { return false }
                return true
            }
            await intake.close()
            await #expect { try await intake.desk.place(Melons.order("3", melons: 1)) } throws: { error in
                guard case IntakeError.closing = error else { return false }
                return true
            }
            await intake.run()
            #expect(try await waiting.total == Fen(rawValue: 990))
            #expect(try await base.melonCounters().committed == 1)
        }
    }

    @Test("an order that a person places in a source's name is in the audit log, once; a source's own is not")
    func audited() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            func order(_ reference: String, melons: Int64, by principal: Principal?) throws -> PlaceOrder {
                try PlaceOrder(
                    source: Melons.source, reference: OrderReference(rawValue: reference)!,
                    lines: Melons.order("x", melons: melons).lines, payment: .paid, by: principal)
            }
            try await base.withIntake { intake in
                let (own, named) = try (order("1", melons: 1, by: nil), order("2", melons: 1, by: base.principal))
                async let first = intake.desk.place(own)
                async let second = intake.desk.place(named)
                _ = try await first
                let placed = try await second
                #expect(try await intake.desk.place(named) == placed)
                #expect(
                    try await intake.desk.place(order("2", melons: 1, by: nil)) == placed, "no part of the order itself"
                )
                _ = try? await intake.desk.place(order("3", melons: 99, by: base.principal))
                let rows = "FROM audit WHERE action = 'order.place'"
                #expect(try await base.number("SELECT count(*) \(rows)") == 1)
                #expect(
                    try await base.number("SELECT count(*) \(rows) AND subject = '\(placed.id)' AND actor = 'tester'")
                        == 1)
            }
            #expect(try await base.differences().isEmpty)
        }
    }
}
