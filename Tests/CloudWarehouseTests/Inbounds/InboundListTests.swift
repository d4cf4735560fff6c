import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("The list of deliveries", .onDatabase)
struct InboundListTests {
    private static let other = try! OwnerCode("pingan")

    @Test("by state, warehouse, owner and day, a page at a time")
    func filters() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            _ = try await base.catalog.addOwner(
                code: Self.other, name: Name("平安合作社"), kind: .cooperative, by: base.principal)
            try await base.bring(Dock.key("a"), into: .announced)
            try await base.bring(Dock.key("b"), into: .arrived)
            try await base.bring(Dock.key("c"), into: .stored)
            let rice = ExpectedGoods(sku: Melons.rice, owner: Self.other, quantity: try Quantity(500))
            try await base.handle(.announce(at: Melons.warehouse, [rice]), of: Dock.key("d"))
            func listed(_ filter: InboundFilter) async throws -> String {
                try await base.stock.inbounds(that: filter).map(\.reference.rawValue).joined()
            }
            // By id; those of one millisecond stand in any order.
            let newest = try await base.owner.query(
                sql: "SELECT string_agg(reference, '' ORDER BY id DESC) FROM inbound"
            ) {
                row throws(DecodingFailure) in try row.next(String.self)
            }[0]
            #expect(try await listed(InboundFilter()) == newest && newest.count == 4)
            #expect(try await listed(InboundFilter(state: .announced)) == newest.filter { "da".contains($0) })
            #expect(try await listed(InboundFilter(owner: Melons.owner)) == newest.filter { $0 != "d" })
            #expect(try await listed(InboundFilter(owner: Self.other)) == "d")
            #expect(try await listed(InboundFilter(owner: try OwnerCode("x"))) == "")
            #expect(try await listed(InboundFilter(warehouse: Melons.warehouse)) == newest)
            #expect(try await listed(InboundFilter(warehouse: try WarehouseCode("x"))) == "")
            let first = try await base.stock.inboundPage(limit: 3, that: InboundFilter())
            #expect(first.inbounds.count == 3 && first.inbounds.allSatisfy { $0.warehouse == Melons.warehouse })
            let last = try await base.stock.inboundPage(before: first.next, limit: 3, that: InboundFilter())
            #expect(last.inbounds.map(\.reference.rawValue).joined() == newest.suffix(1) && last.next == nil)
        }
    }

    @Test("a day is the base's: half past eleven in the evening in London is tomorrow in Shanghai")
    func days() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            // 2026-03-10T23:30:00Z and 2026-03-11T16:00:00Z: the first and the last of the 11th in Shanghai, but for a day.
            for (reference, milliseconds) in [("late", 1_773_185_400_000), ("next", 1_773_244_800_000)]
                as [(String, UInt64)]
            {
                let id = ID<Inbound>(rawValue: .init(high: milliseconds << 16 | 0x7000, low: 0x8000_0000_0000_0000))
                try await base.owner.execute(
                    sql: """
                        INSERT INTO inbound (id, reference, fingerprint, state, warehouse_id)
                        SELECT '\(id)', '\(reference)', decode(repeat('00', 32), 'hex'), 'announced', id FROM warehouse
                        """)
            }
            func listed(_ from: String?, _ through: String?) async throws -> [String] {
                try await base.stock.inbounds(
                    that: InboundFilter(
                        from: from.flatMap(CalendarDate.init), through: through.flatMap(CalendarDate.init))
                ).map(\.reference.rawValue)
            }
            #expect(try await listed("2026-03-11", "2026-03-11") == ["late"])
            #expect(try await listed("2026-03-12", "2026-03-12") == ["next"])
            #expect(try await listed("2026-03-10", "2026-03-10") == [])
            #expect(try await listed(nil, "2026-03-11") == ["late"])
            #expect(try await listed("2026-03-11", nil) == ["next", "late"])
            #expect(try await listed("0001-01-01", "9999-12-31").count == 2)
            #expect(try await listed("2026-03-12", "2026-03-11") == [])
        }
    }

    @Test("of a delivery with goods of two owners each sees their own, and where they may go only who puts them there")
    func ownGoods() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            _ = try await base.catalog.addOwner(
                code: Self.other, name: Name("平安合作社"), kind: .cooperative, by: base.principal)
            try await base.bring(into: .arrived)
            let line = Receipt.Line(sku: Melons.rice, owner: Self.other, quantity: try Quantity(500))
            let count = try InboundCount(reference: Dock.key("r"), location: Dock.dock, goods: line)
            try await base.handle(.count(count))
            func seen(by owner: OwnerCode?) async throws -> [[String]]? {
                try await base.stock.inbound(Dock.reference, ownedBy: owner).map {
                    [
                        $0.details.lines.map(\.sku.rawValue), $0.tallies.map(\.sku.rawValue),
                        $0.suggestions.map(\.sku.rawValue),
                    ]
                }
            }
            #expect(try await seen(by: nil).map { Array($0[1...]) } == [["melon", "rice"], ["melon", "rice"]])
            #expect(try await seen(by: Melons.owner) == [["melon"], ["melon"], []])
            #expect(try await seen(by: Self.other) == [["rice"], ["rice"], []])
            #expect(try await seen(by: OwnerCode("x")) == nil)
        }
    }
}
