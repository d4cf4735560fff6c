import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Reading orders", .onDatabase)
struct OrderReadingTests {
    private static let other = OrderSource(rawValue: "other")!

    private static func key(_ reference: String, _ source: OrderSource = Melons.source) -> OrderIdentity {
        .key(OrderKey(source: source, reference: OrderReference(rawValue: reference)!))
    }

    @Test("an order is read with its lines as they were placed, by id and by reference")
    func details() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10, rice: 1_000)
            try await base.withIntake { intake in
                let order = try Melons.order("1", melons: 3, rice: 250, payment: .due(withinSeconds: 60))
                let placed = try await intake.desk.place(order)
                let found = try #require(try await base.orders.details(of: .id(placed.id)))
                #expect(found.summary.id == placed.id && found.summary.key == order.key)
                #expect(found.summary.state == .held && found.summary.total == placed.total)
                #expect(found.summary.placedAt == placed.placedAt && found.recipient == nil)
                #expect(found.lines.map(\.sku) == [Melons.melon, Melons.rice])
                #expect(found.lines.map(\.unit) == [.piece, .gram])
                #expect(found.lines.map(\.quantity.rawValue) == [3, 250])
                #expect(found.lines.map(\.amount.rawValue) == [2_970, 550])
                #expect(found.lines.map(\.price) == Melons.entries.map { $0.price! })
                #expect(found.lines.allSatisfy { $0.claim == .held && $0.place?.owner == Melons.owner })
                #expect(found.lines.allSatisfy { $0.place?.warehouse == Melons.warehouse && $0.place?.reason == nil })
                let end = placed.placedAt.microsecondsSince1970 + 60_000_000
                #expect(found.lines.allSatisfy { $0.expiresAt?.microsecondsSince1970 == end })
                #expect(try await base.orders.details(of: Self.key("1")) == found)
                #expect(try await base.orders.details(of: Self.key("1"), from: Melons.source) == found)
                #expect(try await base.orders.details(of: Self.key("1"), from: Self.other) == nil)
                #expect(try await base.orders.details(of: .id(placed.id), from: Self.other) == nil)
                #expect(try await base.orders.details(of: Self.key("2")) == nil)
                #expect(try await base.orders.details(of: .id(.sample)) == nil)
            }
        }
    }

    @Test("pages follow each other from the newest to the oldest, whatever the filter, without gap or overlap")
    func pages() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            var placed: [ID<CustomerOrder>] = []
            try await base.withIntake { intake in
                for number in 0..<10 {
                    let order = try PlaceOrder(
                        source: number % 2 == 0 ? Melons.source : Self.other,
                        reference: OrderReference(rawValue: "\(number)")!,
                        lines: Melons.order("x", melons: 1).lines, payment: .paid)
                    placed.append(try await intake.desk.place(order).id)
                }
            }
            for number in [1, 2, 5] { _ = try await base.change(.cancel, .id(placed[number])) }
            let newest = Array(placed.reversed())
            #expect(try await base.orders.list() == OrderPage(orders: base.orders.list().orders, next: nil))
            for limit: Int32 in [1, 3, 10, 11] {
                #expect(try await Self.walk(base, limit: limit) == newest)
                #expect(
                    try await Self.walk(base, source: Self.other, limit: limit)
                        == newest.filter { placed.firstIndex(of: $0)! % 2 == 1 })
                #expect(
                    try await Self.walk(base, state: .cancelled, limit: limit) == [placed[5], placed[2], placed[1]])
                #expect(
                    try await Self.walk(base, source: Self.other, state: .cancelled, limit: limit)
                        == [placed[5], placed[1]])
                #expect(try await Self.walk(base, state: .held, limit: limit).isEmpty)
            }
        }
    }

    private static func walk(
        _ base: TestBase, source: OrderSource? = nil, state: OrderState? = nil, limit: Int32
    ) async throws -> [ID<CustomerOrder>] {
        var found: [ID<CustomerOrder>] = []
        var before: ID<CustomerOrder>?
        while true {
            let page = try await base.orders.list(before: before, source: source, state: state, limit: limit)
            #expect(page.orders.count <= Int(limit))
            #expect(page.orders.allSatisfy { source == nil || $0.key.source == source })
            found += page.orders.map(\.id)
            guard let next = page.next else { return found }
            before = next
        }
    }

    /// Orders of a source, one a second; its last digits are the number.
    private static func insert(_ numbers: ClosedRange<Int64>, held: Set<Int64>, in base: TestBase) async throws {
        let held = held.map(String.init).joined(separator: ", ")
        try await base.run(
            script: """
                INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at)
                SELECT (lpad(to_hex(1700000000000 + n * 1000 + 123), 12, '0') || '7abc8000' || lpad(n::text, 12, '0'))::uuid,
                    's', n::text, sha256(n::text::bytea), CASE WHEN n IN (\(held)) THEN 'held' ELSE 'shipped' END, 0, now()
                FROM generate_series(\(numbers.lowerBound), \(numbers.upperBound)) AS n;
                """)
    }

    @Test("a filter that nothing fits looks at so many orders and no more, and says where to go on")
    func bounded() async throws {
        try await TestBase.with { base in
            let depth = Int64(Orders.filterDepth)
            try await Self.insert(1...depth * 2 + 1, held: [1, depth + 2], in: base)
            let first = try await base.orders.list(state: .held)
            #expect(first.orders.map(\.key.reference.rawValue) == ["\(depth + 2)"], "the last one is seen too")
            let second = try await base.orders.list(before: first.next, state: .held)
            #expect(second.orders.isEmpty && second.next != nil)
            let third = try await base.orders.list(before: second.next, state: .held)
            #expect(third.orders.count == 1 && third.next == nil)
            #expect(try await base.orders.list(state: .shipped).orders.count == Int(Orders.maximumPage))
        }
    }

    @Test("a source that pages through its orders learns no id of another's, and misses none of its own")
    func foreignIDs() async throws {
        try await TestBase.with { base in
            try await Self.insert(1...60, held: [0], in: base)
            try await base.run(
                script: "UPDATE customer_order SET source = 'other' WHERE reference IN ('7', '30', '31')")
            let orders = Orders(pool: base.pool, filterDepth: 5)
            for limit: Int32 in [1, 2, 200] {
                var own: [String] = []
                var before: ID<CustomerOrder>?
                repeat {
                    let page = try await orders.list(before: before, source: Self.other, limit: limit)
                    own += page.orders.map(\.key.reference.rawValue)
                    before = page.next
                    if let next = page.next, !page.orders.map(\.id).contains(next) {
                        #expect(next.description.hasSuffix("0000-0000-000000000000"), "a time, and no order")
                        let same = "SELECT count(*) FROM customer_order WHERE id = '\(next)'"
                        #expect(try await base.number(same) == 0)
                    }
                } while before != nil
                #expect(own == ["31", "30", "7"])
            }
        }
    }
}
