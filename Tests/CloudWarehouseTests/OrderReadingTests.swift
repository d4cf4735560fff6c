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
                let placed = try await intake.place(order)
                let found = try #require(try await base.orders.details(of: .id(placed.id)))
                #expect(found.summary.id == placed.id && found.summary.key == order.key)
                #expect(found.summary.state == .held && found.summary.total == placed.total)
                #expect(found.summary.placedAt == placed.placedAt && found.recipient == nil)
                #expect(found.lines.map(\.sku) == [Melons.melon, Melons.rice])
                #expect(found.lines.map(\.unit) == [.piece, .gram])
                #expect(found.lines.map(\.quantity.rawValue) == [3, 250])
                #expect(found.lines.map(\.amount.rawValue) == [2_970, 550])
                #expect(found.lines.map(\.price) == Melons.entries.map { $0.price! })
                #expect(found.lines.allSatisfy { $0.claim == .held && $0.owner == Melons.owner })
                #expect(found.lines.allSatisfy { $0.warehouse == Melons.warehouse })
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
                    placed.append(try await intake.place(order).id)
                }
            }
            for number in [1, 2, 5] { _ = try await base.orders.cancel(.id(placed[number]), by: nil) }
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

    @Test("a filter that nothing fits looks at so many orders and no more, and says where to go on")
    func bounded() async throws {
        try await TestBase.with { base in
            let depth = Int64(Orders.filterDepth)
            try await base.run(
                script: """
                    INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at)
                    SELECT ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 's', n::text,
                        sha256(n::text::bytea), CASE WHEN n IN (1, \(depth + 2)) THEN 'held' ELSE 'shipped' END, 0, now()
                    FROM generate_series(1, \(depth * 2 + 1)) AS n;
                    """)
            let first = try await base.orders.list(state: .held)
            #expect(first.orders.count == 1, "the last one that is looked at is seen too")
            #expect(first.next?.description.hasSuffix("\(depth + 2)") == true)
            let second = try await base.orders.list(before: first.next, state: .held)
            #expect(second.orders.isEmpty && second.next?.description.hasSuffix("000002") == true)
            let third = try await base.orders.list(before: second.next, state: .held)
            #expect(third.orders.count == 1 && third.next == nil)
            #expect(try await base.orders.list(state: .shipped).orders.count == Int(Orders.maximumPage))
        }
    }
}
