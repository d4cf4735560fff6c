import EventLoop
import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// Two servers at the same order or goods: one in the midst of its batch, which the test makes by hand of the product's own
/// statements, while the other comes in between.
@Suite("Batches that meet", .onDatabase, .timeLimit(.minutes(1)))
struct IntakeInterleavingTests {
    private static let key = OrderKey(source: Melons.source, reference: OrderReference(rawValue: "1")!)

    /// One who came while the batch by hand was under way.
    private typealias Rival = Task<Result<OrderAnswer, IntakeError>, Never>

    /// Has the commands decided in a batch of another server's; `between` runs once it has locked and read, `written` once it
    /// has written, before its COMMIT.
    private static func decide(
        _ commands: [OrderCommand], in base: TestBase, between: () async throws -> Void = {},
        written: () async throws -> Void = {}
    ) async throws -> [OrderVerdict] {
        try await base.pool.withTransaction { transaction in
            let batch = OrderBatch(commands: commands, recipientKeys: nil)
            var opening = Pipeline()
            let questions = batch.ask(BatchScope(commands), &opening)
            let answers = try await transaction.run(opening)
            let (snapshot, _) = try batch.read(answers, questions)
            try await between()
            var decider = OrderDecider(snapshot)
            let verdicts = decider.decide(commands)
            var closing = Pipeline()
            BatchWrites(decider, recipientKeys: nil).add(to: &closing)
            _ = try await transaction.run(closing)
            try await written()
            return verdicts
        }
    }

    /// Asks the intake, and returns once it waits for somebody's lock; if it does not, once it has answered.
    private static func come(_ command: OrderCommand, to intake: OrderIntake) async -> Rival {
        let isAnswered = Answered()
        let rival = Rival {
            let answers = await intake.desk.perform(all: [command])
            isAnswered.set()
            return answers[0]
        }
        while await !intake.waits, !isAnswered.value { await Task.yield() }
        return rival
    }

    private final class Answered: Sendable {
        private let state = Lock(false)
        var value: Bool { state.withLock { $0 } }
        func set() { state.withLock { $0 = true } }
    }

    private static func change(_ change: ChangeOrder.Change) throws -> OrderCommand {
        .change(try ChangeOrder(change, .key(key), by: nil))
    }

    /// Has `first` be decided by hand while `second` comes to an intake; gives the answers of both.
    private static func meet(
        _ first: OrderCommand, _ second: OrderCommand, in base: TestBase
    ) async throws -> (OrderVerdict, Result<OrderAnswer, IntakeError>) {
        var verdict: OrderVerdict?
        var answer: Result<OrderAnswer, IntakeError>?
        try await base.withIntake { intake in
            var rival: Rival?
            verdict = try await decide([first], in: base, between: { rival = await come(second, to: intake) })[0]
            answer = await rival?.value
        }
        #expect(try await base.differences().isEmpty)
        return (try #require(verdict), try #require(answer))
    }

    /// A base with ten melons and an order of four that is not paid.
    private static func withHeld(_ body: (TestBase, PlacedOrder) async throws -> Void) async throws {
        try await TestBase.with(connections: 5, retries: 0) { base in
            try await base.stockMelons(10)
            var placed: PlacedOrder?
            try await base.withIntake {
                placed = try await $0.desk.place(Melons.order("1", melons: 4, payment: .due(withinSeconds: 600)))
            }
            try await body(base, try #require(placed))
        }
    }

    private static func state(_ answer: Result<OrderAnswer, IntakeError>) -> OrderState? {
        if case .success(.changed(let changed)) = answer, !changed.isRepeated { changed.order.state } else { nil }
    }

    private static func state(_ verdict: OrderVerdict) -> OrderState? {
        if case .answer(let answer) = verdict { state(.success(answer)) } else { nil }
    }

    private static func refusal(_ answer: Result<OrderAnswer, IntakeError>) -> OrderRefusal? {
        if case .failure(.refused(let refusal)) = answer { refusal } else { nil }
    }

    // MARK: Placing

    @Test("the same reference at two servers is one order, and both are told the same")
    func sameReference() async throws {
        try await TestBase.with(connections: 5, retries: 0) { base in
            try await base.stockMelons(10)
            let command = OrderCommand.place(try Melons.order("1", melons: 2))
            let (first, second) = try await Self.meet(command, command, in: base)
            #expect(try first == .answer(second.get()))
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 1)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 2))
        }
    }

    @Test("the same reference of goods without a pool, which nobody can lock, is one order too")
    func sameReferenceWithoutPool() async throws {
        try await TestBase.with(connections: 5, retries: 0) { base in
            try await base.prepareMelons()
            let command = OrderCommand.place(try Melons.order("1", melons: 2, payment: .paidElsewhere))
            try await base.withIntake { intake in
                var rival: Rival?
                let first = try await Self.decide(
                    [command], in: base,
                    written: {
                        rival = Rival { await intake.desk.perform(all: [command])[0] }
                        // It has read, and waits to insert the same.
                        let isBlocked = try await eventually {
                            try await base.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0
                        }
                        #expect(isBlocked)
                    })
                let second = try #require(await rival?.value).get()
                #expect(first == [.answer(second)])
            }
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 1)
            #expect(try await base.number("SELECT sum(cardinality(subjects)) FROM outbox") == 1)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what a buyer has of a limited SKU is counted by one after another, also where the SKU has no pool")
    func limitWithoutPool() async throws {
        try await TestBase.with(connections: 5, retries: 0) { base in
            try await base.prepareMelons()
            try await base.catalog.limit(Melons.melon, to: Quantity(3), by: base.principal)
            func order(_ reference: String, _ melons: Int64) throws -> OrderCommand {
                let line = PlaceOrder.Line(sku: Melons.melon, quantity: try Quantity(melons))
                return .place(
                    try PlaceOrder(
                        source: Melons.source, reference: OrderReference(rawValue: reference)!, lines: [line],
                        payment: .paidElsewhere, terms: OrderTerms(buyer: Buyer(rawValue: "wang"))))
            }
            let (_, second) = try await Self.meet(order("1", 2), order("2", 3), in: base)
            #expect(throws: Never.self) { try second.get() }
            #expect(try await base.number("SELECT taken FROM buyer_count") == 5)
        }
    }

    // MARK: Changing

    @Test("a payment that comes while the hold is being ended claims again; it is paid once")
    func paymentDuringExpiry() async throws {
        try await Self.withHeld { base, placed in
            try await base.run(script: "UPDATE order_line SET expires_at = now() - interval '1 second'")
            let (expired, paid) = try await Self.meet(
                .change(.expiry(of: placed.id)), Self.change(.pay), in: base)
            #expect(Self.state(expired) == .released && Self.state(paid) == .committed)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 4))
        }
    }

    @Test("a hold that ends while it is being paid is not ended, and its sweeper does not wait")
    func expiryDuringPayment() async throws {
        try await Self.withHeld { base, _ in
            try await base.run(script: "UPDATE order_line SET expires_at = now() - interval '1 second'")
            try await base.withIntake { intake in
                let sweeper = HoldSweeper(pool: base.pool, desk: intake.desk)
                var released: Int?
                let verdicts = try await Self.decide(
                    [Self.change(.pay)], in: base, between: { released = try await sweeper.turn().released })
                #expect(released == 0)
                #expect(verdicts.map(Self.state) == [.committed])
                #expect(try await sweeper.turn().released == 0)
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 4))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an edit that comes while the order is being called off is refused; one that is first is called off with it")
    func editAgainstCancel() async throws {
        let edit = ChangeOrder.Change.edit([PlaceOrder.Line(sku: Melons.melon, quantity: try Quantity(7))])
        try await Self.withHeld { base, _ in
            let (first, second) = try await Self.meet(Self.change(.cancel), Self.change(edit), in: base)
            #expect(Self.state(first) == .cancelled)
            #expect(Self.refusal(second) == .stays(.notEditable(.cancelled)))
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
        }
        try await Self.withHeld { base, _ in
            let (first, second) = try await Self.meet(Self.change(edit), Self.change(.cancel), in: base)
            #expect(Self.state(first) == .held && Self.state(second) == .cancelled)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
        }
    }

    @Test("a claim takes what the set was made of when it was ordered, also if the set changes meanwhile")
    func claimAgainstSetChange() async throws {
        try await GiftSets.withBoxes(melons: 1) { base in
            #expect(try await GiftSets.refusal("box", ["melon": 2], in: base) == nil)
            try await base.withIntake { intake in
                _ = try await intake.desk.place(
                    PlaceOrder(
                        source: Melons.source, reference: Self.key.reference,
                        lines: [PlaceOrder.Line(sku: GiftSets.box, quantity: Quantity(1))], payment: .paidElsewhere))
            }
            _ = try await base.stock.receive(Melons.receipt("RK-2", melons: 9), by: base.principal)
            let verdicts = try await Self.decide(
                [Self.change(.claim)], in: base,
                between: {
                    try await base.catalog.makeSet(
                        GiftSets.box, of: GiftSets.parts(["rice": 500]), by: base.principal)
                })
            #expect(verdicts.map(Self.state) == [.committed])
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 2))
            #expect(try await base.differences().isEmpty)
        }
    }
}
