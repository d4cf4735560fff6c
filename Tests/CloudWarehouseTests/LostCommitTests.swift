import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// A COMMIT that takes effect, and whose reply nobody hears.
@Suite("A lost reply to COMMIT", .onDatabase)
struct LostCommitTests {
    /// Runs an intake whose connections go through a proxy, which has lost nothing yet.
    private func withProxy(
        _ base: TestBase, attempts: Int, _ body: (OrderIntake, LossyProxy) async throws -> Void
    ) async throws {
        let server = try #require(try base.serverPort)
        let proxy = try LossyProxy(before: server)
        let pool = try base.servicePool {
            $0.setting("host", to: "127.0.0.1").setting("port", to: "\(proxy.port)").setting("sslmode", to: "disable")
        }
        var limits = IntakeLimits()
        limits.attempts = attempts
        try await base.withIntake(limits: limits, of: pool) { try await body($0, proxy) }
        await pool.shutDown()
        proxy.close()
    }

    private func expectOnce(_ base: TestBase) async throws {
        #expect(try await base.number("SELECT count(*) FROM customer_order") == 1)
        #expect(try await base.number("SELECT sum(cardinality(subjects)) FROM outbox") == 1)
        #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 2))
        #expect(try await base.differences().isEmpty)
    }

    @Test("the order is looked up and answered as placed, and it is placed once")
    func lookedUp() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await withProxy(base, attempts: 3) { intake, proxy in
                proxy.loseNextCommit()
                let placed = try await intake.desk.place(Melons.order("1", melons: 2))
                #expect(proxy.lost == 1)
                #expect(placed.total == Fen(rawValue: 1_980))
                let again = try await intake.desk.place(Melons.order("1", melons: 2))
                #expect(again == placed)
                let stored = try await base.number("SELECT count(*) FROM customer_order WHERE id = '\(placed.id)'")
                #expect(stored == 1)
            }
            try await expectOnce(base)
        }
    }

    /// A pool whose connections go through a proxy, which has lost nothing yet.
    private func withPool(_ base: TestBase, _ body: (Pool, LossyProxy) async throws -> Void) async throws {
        let server = try #require(try base.serverPort)
        let proxy = try LossyProxy(before: server)
        let pool = try base.servicePool {
            $0.setting("host", to: "127.0.0.1").setting("port", to: "\(proxy.port)").setting("sslmode", to: "disable")
        }
        try await body(pool, proxy)
        await pool.shutDown()
        proxy.close()
    }

    @Test("whoever signed in is told so, with the session that was opened; the code is used once")
    func signingIn() async throws {
        try await TestBase.with { base in
            let scope = try TokenScope(role: .warehouse)
            let name = try #require(TokenName(rawValue: "王师傅"))
            let code = try await base.signIn.makeCode(for: name, scope, by: base.principal)
            try await withPool(base) { pool, proxy in
                let signIn = SignIn(pool: pool, base: TestBase.key, timeZone: "Asia/Shanghai")
                proxy.loseNextCommit()
                let session = try await signIn.enter(code.text)
                #expect(proxy.lost == 1)
                let stored = try await base.number(
                    "SELECT count(*) FROM token WHERE prefix = '\(session.token.prefix)'")
                #expect(stored == 1)
                await #expect(throws: SignInError.self) { try await signIn.enter(code.text) }
            }
            #expect(try await base.number("SELECT count(*) FROM token WHERE kind = 'session'") == 1)
        }
    }

    @Test("a delivery is looked up by its reference and answered as received, once", arguments: [false, true])
    func delivery(isThere: Bool) async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            if isThere { _ = try await base.stock.receive(Melons.receipt(melons: 7), by: base.principal) }
            try await withPool(base) { pool, proxy in
                proxy.loseNextCommit()
                let stock = Stock(pool: pool, timeZone: "Asia/Shanghai")
                let received = try await stock.receive(Melons.receipt(melons: 7), by: base.principal)
                #expect(proxy.lost == 1)
                let stored = try await base.number("SELECT count(*) FROM inbound WHERE id = '\(received.id)'")
                #expect(stored == 1)
            }
            #expect(try await base.number("SELECT count(*) FROM inbound") == 1)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'inbound.receive'") == 1)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 7))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a correction is looked up by its reference, a reversal by what it takes back, and each is made once")
    func correction() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            let lot = try #require(try await base.stock.lots().lots.first)
            let note = try #require(AdjustmentNote(rawValue: "压烂了"))
            let adjustment = try Adjustment(
                reference: ReceiptReference(rawValue: "PD-1")!, kind: .lost, lot: lot.id, warehouse: Melons.warehouse,
                location: Melons.location, quality: .good, quantity: try Quantity(3), note: note)
            try await withPool(base) { pool, proxy in
                let stock = Stock(pool: pool, timeZone: "Asia/Shanghai")
                proxy.loseNextCommit()
                let lost = try await stock.adjust(adjustment, by: base.principal)
                #expect(proxy.lost == 1 && !lost.isRepeated)
                #expect(try await base.melonCounters() == PoolCounters(sellable: 7))
                proxy.loseNextCommit()
                let reversed = try await stock.reverse(lost.movement, note: note, by: base.principal)
                #expect(proxy.lost == 2 && !reversed.isRepeated)
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
            #expect(try await base.number("SELECT count(*) FROM movement") == 3)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an order that is called off is looked at again and answered as called off, once, and the boards are told")
    func cancelled() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake { _ = try await $0.desk.place(Melons.order("1", melons: 2)) }
            let key = OrderKey(source: Melons.source, reference: OrderReference(rawValue: "1")!)
            try await withPool(base) { pool, proxy in
                let board = StockBoard()
                try await base.withFeed([board], of: pool) { telling, feed in
                    proxy.loseNextCommit()
                    try await base.withIntake(of: pool, feed: feed) { intake in
                        func cancel() async throws -> ChangedOrder {
                            try await base.change(.cancel, .key(key), by: base.principal, at: intake.desk)
                        }
                        let changed = try await cancel()
                        #expect(proxy.lost == 1)
                        #expect(changed.order.state == .cancelled && !changed.isRepeated)
                        #expect(try await cancel().isRepeated)
                    }
                }
            }
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'order.cancel'") == 1)
            #expect(try await base.number("SELECT count(*) FROM outbox WHERE kind = 'orders.cancelled'") == 1)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
            #expect(try await base.differences().isEmpty)
        }
    }

    /// A held order of four melons, and what may be done to it.
    private static let changes: [(ChangeOrder.Change, state: OrderState, total: Int64)] = [
        (.pay, .committed, 3_960), (.cancel, .cancelled, 3_960),
        (.edit([PlaceOrder.Line(sku: Melons.melon, quantity: try! Quantity(7))]), .held, 6_930),
        (.reduce([ChangeOrder.Remainder(position: 1, quantity: try! Quantity(3))]), .held, 2_970),
    ]

    @Test("a change of an order is looked at again and answered as made, once", arguments: changes.indices)
    func changed(index: Int) async throws {
        let (change, state, total) = Self.changes[index]
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake {
                _ = try await $0.desk.place(Melons.order("1", melons: 4, payment: .due(withinSeconds: 60)))
            }
            let key = OrderKey(source: Melons.source, reference: OrderReference(rawValue: "1")!)
            try await withProxy(base, attempts: 3) { intake, proxy in
                proxy.loseNextCommit()
                for isRepeated in [false, true] {
                    // Meant for the revision before: by the time of the second look there is another.
                    let changed = try await base.change(
                        change, .key(key), revision: 0, by: base.principal, at: intake.desk)
                    #expect(proxy.lost == 1)
                    #expect(changed.order.state == state && changed.order.total.rawValue == total)
                    #expect(changed.isRepeated == isRepeated)
                }
            }
            #expect(try await base.number("SELECT count(*) FROM outbox") == 2)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action LIKE 'order.%'") == 1)
            #expect(try await base.differences().isEmpty)
        }
    }

    /// What is asked first, what somebody else does before it is looked at again, and what the order costs then.
    private static let overtakings: [(ChangeOrder.Change, revision: Int32?, other: ChangeOrder.Change, total: Int64)] =
        [
            (melons(7), nil, melons(5), 4_950), (melons(7), 0, melons(5), 4_950), (remaining(3), nil, melons(5), 4_950),
            (remaining(3), nil, remaining(1), 990), (.pay, nil, .cancel, 3_960),
        ]

    private static func melons(_ quantity: Int64) -> ChangeOrder.Change {
        .edit([PlaceOrder.Line(sku: Melons.melon, quantity: try! Quantity(quantity))])
    }

    private static func remaining(_ quantity: Int64) -> ChangeOrder.Change {
        .reduce([ChangeOrder.Remainder(position: 1, quantity: try! Quantity(quantity))])
    }

    @Test(
        "a change that somebody else has changed again since is not made twice, and not denied: it is not known",
        arguments: overtakings.indices)
    func overtaken(index: Int) async throws {
        let (change, revision, other, total) = Self.overtakings[index]
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake {
                _ = try await $0.desk.place(Melons.order("1", melons: 4, payment: .due(withinSeconds: 60)))
            }
            let key = OrderKey(source: Melons.source, reference: OrderReference(rawValue: "1")!)
            try await withProxy(base, attempts: 3) { intake, proxy in
                proxy.loseNextCommit(isHeld: true)
                let changing = Task {
                    try await base.change(change, .key(key), revision: revision, by: base.principal, at: intake.desk)
                }
                let isCommitted = try await eventually { proxy.lost == 1 }
                #expect(isCommitted)
                try await base.change(other, .key(key))
                proxy.letGo()
                await #expect { try await changing.value } throws: {
                    if case IntakeError.outcomeUnknown = $0 { true } else { false }
                }
            }
            let details = try await base.orders.details(of: .key(key))
            #expect(details?.summary.total.rawValue == total)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action LIKE 'order.%'") == 1)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an intake that may not look it up says that it does not know, and the repetition gives the order")
    func unknown() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await withProxy(base, attempts: 1) { intake, proxy in
                proxy.loseNextCommit()
                await #expect { try await intake.desk.place(Melons.order("1", melons: 2)) } throws: { error in
                    guard case IntakeError.outcomeUnknown = error else { return false }
                    return true
                }
                #expect(proxy.lost == 1)
                #expect(try await base.number("SELECT count(*) FROM customer_order") == 1)
                let placed = try await intake.desk.place(Melons.order("1", melons: 2))
                #expect(placed.total == Fen(rawValue: 1_980))
            }
            try await expectOnce(base)
        }
    }
}
