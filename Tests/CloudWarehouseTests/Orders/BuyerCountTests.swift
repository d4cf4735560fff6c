import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("What buyers have, counted by several at once")
struct BuyerCountTests {
    private static let limit = BuyerLimit(quantity: try! Quantity(5), since: Timestamp(microsecondsSince1970: 0))
    private static let buyer = Buyer(rawValue: "li")!

    private static func count(_ taken: Int64 = 0, _ steps: (growth: Int64, isFact: Bool)...) -> BuyerCount {
        var count = BuyerCount(taken: taken, limit: limit)
        let isCounted = steps.allSatisfy { count.add($0.growth, isFact: $0.isFact) }
        #expect(isCounted)
        return count
    }

    @Test("orders are held against the limit, facts and what is given back are not, and raise it for those before them")
    func ceilings() {
        #expect(Self.count(0, (2, false)).ceiling == 5)
        #expect(Self.count(0, (2, true), (-1, true)).ceiling == nil)
        let mixed = Self.count(1, (2, false), (9, true), (-1, true))
        #expect(mixed.ceiling == 14 && mixed.change == 10 && mixed.taken == 11)
    }

    @Test("what was given back and not counted is noticed, and counts nothing")
    func uncounted() {
        let count = Self.count(1, (-3, true), (2, false))
        #expect(count.uncounted == 2 && count.taken == 2 && count.change == 1)
        #expect(Self.count(5, (-3, true)).uncounted == 0)
    }

    @Test("what two have read the same of is added up, given back and held against the limit", .onDatabase)
    func added() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(9)
            let limit = try #require(try await base.catalog.limit(Melons.melon, to: Quantity(5), by: base.principal))
            let sku = try #require(try await base.pool.query(SKUsByCode(codes: [Melons.melon])).first?.id)
            let key = IntakeSnapshot.CountKey(source: Melons.source, buyer: Self.buyer, sku: sku)
            func write(_ steps: (growth: Int64, isFact: Bool)...) async throws {
                var count = BuyerCount(taken: 0, limit: limit)
                let isCounted = steps.allSatisfy { count.add($0.growth, isFact: $0.isFact) }
                #expect(isCounted)
                let statement = AddToBuyerCounts(counts: [(key: key, count: count)])
                _ = try await base.pool.withConnection { try await $0.execute(statement) }
            }
            func taken() async throws -> Int64 { try await base.number("SELECT taken FROM buyer_count") }
            try await write((3, false))
            try await write((2, false))
            #expect(try await taken() == 5)
            await #expect(throws: PostgresError.self) { try await write((1, false)) }
            try await write((4, true))
            #expect(try await taken() == 9)
            #expect(try await base.number("SELECT most FROM buyer_count") == 9)
            try await write((6, true), (-2, true))
            #expect(try await taken() == 13)
            try await base.run(script: "UPDATE buyer_count SET taken = 4")
            var back = BuyerCount(taken: 9, limit: limit)
            let isCounted = back.add(-6, isFact: true)
            #expect(isCounted)
            let statement = AddToBuyerCounts(counts: [(key: key, count: back)])
            _ = try await base.pool.withConnection { try await $0.execute(statement) }
            #expect(try await taken() == 0)
        }
    }

    @Test(
        "whoever finds the count grown after it was read is refused by it, and the others of its batch are placed",
        .onDatabase)
    func grown() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(9)
            try await base.catalog.limit(Melons.melon, to: Quantity(5), by: base.principal)
            try await base.owner.execute(sql: "BEGIN")
            try await base.owner.execute(
                sql: """
                    INSERT INTO buyer_count (source, buyer, sku_id, since, taken, most)
                    SELECT 'shop', 'li', sku_id, since, 4, 5 FROM buyer_limit
                    """)
            try await base.withIntake { intake in
                let commands = try [("1", "li"), ("2", "wang")].map { reference, buyer in
                    OrderCommand.place(
                        try PlaceOrder(
                            source: Melons.source, reference: OrderReference(rawValue: reference)!,
                            lines: [PlaceOrder.Line(sku: Melons.melon, quantity: Quantity(2))], payment: .paid,
                            terms: OrderTerms(buyer: Buyer(rawValue: buyer))))
                }
                async let answers = intake.desk.perform(all: commands)
                #expect(try await GiftSets.ownerIsWaitedFor(in: base), "it has not read the count before")
                try await base.owner.execute(sql: "COMMIT")
                let refusals = await answers.map { answer -> OrderRefusal? in
                    if case .failure(.refused(let refusal)) = answer { refusal } else { nil }
                }
                #expect(refusals == [.overBuyerLimit(Melons.melon, limit: 5, has: 4), nil])
                #expect(await answers.last?.isPlaced == true)
            }
            #expect(try await base.number("SELECT sum(taken)::bigint FROM buyer_count") == 6)
        }
    }

    @Test(
        "two servers keep one buyer's count, of what has no pool that could be locked too", .onDatabase,
        arguments: [true, false])
    func twoServers(isStocked: Bool) async throws {
        try await TestBase.with(connections: 4) { base in
            if isStocked { try await base.stockMelons(100) } else { try await base.prepareMelons() }
            try await base.catalog.limit(Melons.melon, to: Quantity(7), by: base.principal)
            let orders = try (0..<40).map { number in
                try PlaceOrder(
                    source: Melons.source, reference: OrderReference(rawValue: "\(number)")!,
                    lines: [PlaceOrder.Line(sku: Melons.melon, quantity: Quantity(1))],
                    payment: isStocked ? .paid : .paidElsewhere, terms: OrderTerms(buyer: Self.buyer))
            }
            try await base.withIntake { first in
                try await base.withIntake { second in
                    let placed = await withTaskGroup(of: Bool.self) { group in
                        for (number, order) in orders.enumerated() {
                            group.addTask {
                                (try? await (number % 2 == 0 ? first : second).desk.place(order)) != nil
                            }
                        }
                        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                    }
                    #expect(placed == (isStocked ? 7 : 40))
                }
            }
            #expect(try await base.number("SELECT taken FROM buyer_count") == (isStocked ? 7 : 40))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "a limit counts from when no batch is under way that does not know it, also a set's", .onDatabase,
        arguments: [false, true])
    func limitBetween(ofSet: Bool) async throws {
        try await GiftSets.withBoxes { base in
            try await base.catalog.makeSet(GiftSets.box, of: GiftSets.parts(["melon": 1]), by: base.principal)
            let code = ofSet ? GiftSets.box : Melons.melon
            // A batch by its statements, as far as it decides: an order for it is of the time that it has read.
            let scope = BatchScope([.place(try GiftSets.order("1", boxes: 1))])
            try await base.owner.execute(sql: "BEGIN")
            _ = try await base.owner.query(LockPools(scope: scope))
            async let limited = base.catalog.limit(code, to: Quantity(3), by: base.principal)
            #expect(try await GiftSets.ownerIsWaitedFor(in: base), "the limit does not wait for the batch")
            let placedAt = try await base.owner.query(OpenBatch(patience: nil)).first
            let known = try await base.owner.query(SKUsOfBatch(scope: scope)).compactMap(\.limit)
            #expect(known.isEmpty)
            try await base.owner.execute(sql: "COMMIT")
            let since = try #require(try await limited).since
            #expect(try #require(placedAt) < since)
        }
    }
}

extension Result<OrderAnswer, IntakeError> {
    fileprivate var isPlaced: Bool { if case .success(.placed) = self { true } else { false } }
}
