import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("The outbox's relay", .onDatabase)
struct OutboxRelayTests {
    private func write(_ id: ID<OutboxEvent>, on connection: Connection) async throws {
        try await connection.execute(InsertOrderEvent(id: id, deed: "placed", orders: [.sample], at: .sample))
    }

    /// Writes an event as a transaction of its own, whose clock says so long ago.
    @discardableResult
    private func write(_ base: TestBase, ago: Duration = .zero) async throws -> ID<OutboxEvent> {
        try await base.pool.withTransaction { transaction in
            let now = try await transaction.now().advanced(by: .zero - ago)
            var ids = IDGenerator(at: now)
            let id = ids.next(OutboxEvent.self)
            try await transaction.execute(InsertOrderEvent(id: id, deed: "placed", orders: [.sample], at: now))
            return id
        }
    }

    private func numbered(_ base: TestBase) async throws -> [ID<OutboxEvent>] {
        let events = try await Outbox(pool: base.pool).events(after: 0)
        #expect(events.map(\.number) == Array(1...Int64(max(events.count, 1))).prefix(events.count).map { $0 })
        return events.map(\.id)
    }

    @Test("committed events get numbers without gaps, each once, and say what happened")
    func numbers() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            let relay = OutboxRelay(pool: base.pool)
            #expect(try await relay.pass() == .numbered(0))
            try await base.withIntake { intake in
                let first = try await intake.desk.place(Melons.order("1", melons: 1))
                let second = try await intake.desk.place(Melons.order("2", melons: 1))
                #expect(try await relay.pass() == .numbered(2))
                #expect(try await relay.pass() == .numbered(0))
                let events = try await Outbox(pool: base.pool).events(after: 0)
                #expect(events.map(\.number) == [1, 2])
                #expect(events.map(\.kind) == ["orders.placed", "orders.placed"])
                #expect(events.map(\.subjects) == [first, second].map { [ID(rawValue: $0.id.rawValue)] })
                #expect(events.map(\.recordedAt) == [first.placedAt, second.placedAt])
            }
            #expect(try await Outbox(pool: base.pool).events(after: 1, limit: 5).map(\.number) == [2])
            #expect(try await Outbox(pool: base.pool).events(after: 2).isEmpty)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an event that commits after later ones were numbered gets the next number")
    func lateCommit() async throws {
        try await TestBase.with { base in
            let relay = OutboxRelay(pool: base.pool)
            let late = try await base.pool.withConnection { connection in
                try await connection.execute(sql: "BEGIN")
                var ids = IDGenerator(at: try #require(try await connection.query(DatabaseClock()).first))
                let late = ids.next(OutboxEvent.self)
                try await write(late, on: connection)
                let others = [try await write(base), try await write(base)]
                #expect(try await relay.pass() == .numbered(2))
                #expect(try await numbered(base) == others, "one that is not committed has no number")
                #expect(others.allSatisfy { late < $0 })
                try await connection.execute(sql: "COMMIT")
                return late
            }
            #expect(try await relay.pass() == .numbered(1))
            #expect(try await numbered(base).last == late)
        }
    }

    @Test("one that commits long after its beginning is found by the look at everything, and only by that")
    func veryLateCommit() async throws {
        try await TestBase.with { base in
            var limits = RelayLimits()
            limits.sweep = .seconds(3_600)
            let relay = OutboxRelay(pool: base.pool, limits: limits)
            try await write(base)
            #expect(try await relay.pass() == .numbered(1))
            let late = try await write(base, ago: .seconds(600))
            #expect(try await relay.pass() == .numbered(0))
            limits.sweep = .zero
            let sweeping = OutboxRelay(pool: base.pool, limits: limits)
            #expect(try await sweeping.pass() == .standsBy)
            try await base.owner.execute(sql: "UPDATE relay_lease SET expires_at = now() - interval '1 second'")
            #expect(try await sweeping.pass() == .numbered(1), "whoever takes over looks at everything")
            let later = try await write(base, ago: .seconds(700))
            #expect(try await sweeping.pass() == .numbered(1))
            #expect(try await numbered(base).suffix(2) == [late, later])
        }
    }

    @Test("one relay numbers and the other stands by until the lease is released, or its holder has died")
    func lease() async throws {
        try await TestBase.with { base in
            let (first, second) = (OutboxRelay(pool: base.pool), OutboxRelay(pool: base.pool))
            try await write(base)
            #expect(try await first.pass() == .numbered(1))
            try await write(base)
            #expect(try await second.pass() == .standsBy)
            #expect(try await numbered(base).count == 1)
            // The first one dies; on the database's clock its lease runs out.
            try await base.owner.execute(sql: "UPDATE relay_lease SET expires_at = clock_timestamp()")
            #expect(try await second.pass() == .numbered(1))
            try await write(base)
            #expect(
                try await first.pass() == .standsBy, "it is not dead after all, and does not number beside the second")
            await second.close()
            await second.run()
            #expect(try await first.pass() == .numbered(1), "the lease was given up")
            #expect(try await numbered(base).count == 3)
        }
    }

    @Test("a relay that comes while another one's numbers are not committed waits, and goes on after them")
    func overlap() async throws {
        try await TestBase.with(connections: 3) { base in
            try await write(base)
            let relay = OutboxRelay(pool: base.pool)
            try await base.pool.withConnection { connection in
                try await connection.execute(sql: "BEGIN")
                var lease = try #require(try await connection.query(LockRelayLease()).first)
                try await connection.execute(NumberEvents(from: .sample, after: lease.lastNumber, limit: 10))
                let transaction = try await connection.query(sql: "SELECT pg_current_xact_id()::xid::text") {
                    row throws(DecodingFailure) in try row.next(String.self)
                }
                async let pass = relay.pass()
                let waiting = "FROM pg_locks WHERE NOT granted AND transactionid::text = '\(transaction[0])'"
                while try await base.number("SELECT count(*) \(waiting)") == 0 {}
                lease.lastNumber += 1
                try await connection.execute(UpdateRelayLease(lease: lease))
                try await connection.execute(sql: "COMMIT")
                #expect(try await pass == .numbered(0))
            }
            try await write(base)
            #expect(try await relay.pass() == .numbered(1))
            #expect(try await numbered(base).count == 2)
        }
    }

    /// Reads events as a consumer does, and expects every number once and in order.
    private func follow(_ base: TestBase, upTo count: Int) async throws {
        var (seen, last) = (Set<ID<OutboxEvent>>(), Int64(0))
        while last < count {
            for event in try await Outbox(pool: base.pool).events(after: last, limit: 7) {
                #expect(event.number == last + 1)
                last = event.number
                seen.insert(event.id)
            }
        }
        #expect(seen.count == count)
    }

    @Test("a consumer that goes on after the last number that it has seen misses no event of many writers")
    func consumer() async throws {
        try await TestBase.with(connections: 6) { base in
            var limits = RelayLimits()
            limits.pause = .zero
            limits.batch = 3
            let (first, second) = (
                OutboxRelay(pool: base.pool, limits: limits), OutboxRelay(pool: base.pool, limits: limits)
            )
            async let firstRunning: Void = first.run()
            async let secondRunning: Void = second.run()
            let written = try await withThrowingTaskGroup(of: [ID<OutboxEvent>].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var written: [ID<OutboxEvent>] = []
                        for _ in 0..<25 { written.append(try await self.write(base)) }
                        return written
                    }
                }
                group.addTask {
                    try await self.follow(base, upTo: 100)
                    return []
                }
                return try await group.reduce(into: Set()) { $0.formUnion($1) }
            }
            for relay in [first, second] { await relay.close() }
            _ = await (firstRunning, secondRunning)
            #expect(Set(try await numbered(base)) == written)
            #expect(try await base.number("SELECT last_number FROM relay_lease") == 100)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a number without an event, an event that was overlooked, and a lease that goes astray are named")
    func verified() async throws {
        try await TestBase.with { base in
            try await write(base, ago: .seconds(300))
            #expect(try await base.differences().isEmpty, "where no relay runs, nothing was overlooked")
            #expect(try await OutboxRelay(pool: base.pool).pass() == .numbered(1))
            #expect(try await base.differences().isEmpty)
            let overlooked = try await write(base, ago: .seconds(200))
            #expect(try await base.differences().map(\.row) == ["event \(overlooked)"])
            try await base.owner.execute(sql: "DELETE FROM outbox")
            #expect(try await base.differences().map(\.table) == ["outbox_number"])
            try await base.owner.execute(sql: "UPDATE relay_lease SET last_number = 7")
            #expect(try await base.differences().map(\.table) == ["outbox_number", "relay_lease"])
        }
    }
}
