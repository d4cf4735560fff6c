import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Gift sets", .onDatabase)
struct GiftSetTests {
    @Test("a set is made, made of something else, and made none; each is in the audit log, the same again is not")
    func defined() async throws {
        try await GiftSets.withBoxes { base in
            let (catalog, by) = (base.catalog, base.principal)
            let log = "SELECT count(*) FROM audit WHERE action = 'catalog.set' AND subject = 'box'"
            let two = try GiftSets.parts(["melon": 2, "rice": 500])
            #expect(try await catalog.makeSet(GiftSets.box, of: two, by: by))
            #expect(try await !catalog.makeSet(GiftSets.box, of: two.reversed(), by: by), "the same again")
            #expect(
                try await catalog.components(of: GiftSets.box) == [
                    ListedComponent(
                        sku: Melons.melon, name: Melons.entries[0].name, unit: .piece, quantity: Quantity(2)),
                    ListedComponent(
                        sku: Melons.rice, name: Melons.entries[1].name, unit: .gram, quantity: Quantity(500)),
                ])
            #expect(try await base.number(log) == 1)
            #expect(try await catalog.makeSet(GiftSets.box, of: GiftSets.parts(["melon": 3]), by: by))
            #expect(try await catalog.components(of: GiftSets.box).map(\.quantity.rawValue) == [3])
            #expect(try await catalog.makeSet(GiftSets.box, of: [], by: by))
            #expect(try await catalog.components(of: GiftSets.box).isEmpty)
            #expect(
                try await base.number(
                    "\(log) AND detail = '{\"from\": {\"melon\": 2, \"rice\": 500}, \"to\": {\"melon\": 3}}'") == 1)
            #expect(try await base.number(log) == 3)
        }
    }

    @Test("what is no set of its components is refused by name, and leaves what was there")
    func refused() async throws {
        try await GiftSets.withBoxes(["box", "pair", "crate"]) { base in
            #expect(try await GiftSets.refusal("box", ["melon": 2], in: base) == nil)
            let unknown = [try SKUCode("fig"), try SKUCode("plum")]
            #expect(
                try await GiftSets.refusal("pair", ["fig": 1, "melon": 1, "plum": 1], in: base)
                    == .unknownComponents(unknown))
            #expect(try await GiftSets.refusal("fig", ["melon": 1], in: base) == .unknownSet(unknown[0]))
            #expect(try await GiftSets.refusal("box", ["melon": 1, "box": 1], in: base) == .itself)
            #expect(try await GiftSets.refusal("pair", ["melon": 1, "melon": 2], in: base) == .repeated(Melons.melon))
            #expect(try await GiftSets.refusal("pair", ["melon": 0], in: base) == .quantity(Melons.melon))
            #expect(try await GiftSets.refusal("pair", ["melon": 1_000_000_001], in: base) == .quantity(Melons.melon))
            #expect(
                try await GiftSets.refusal("pair", ["box": 1], in: base) == .nested([GiftSets.box]),
                "a component that is a set"
            )
            #expect(try await GiftSets.refusal("rice", ["melon": 1], in: base) == .hasGoods)
            #expect(try await GiftSets.refusal("crate", ["pair": 6], in: base) == nil)
            #expect(
                try await GiftSets.refusal("pair", ["melon": 1], in: base) == .componentOf(try SKUCode("crate")),
                "a component of a set")
            #expect(try await base.number("SELECT count(*) FROM set_component") == 2)
        }
    }

    @Test("a set has at most fifty components")
    func fifty() async throws {
        let codes = (1...51).map { "part-\($0)" }
        try await GiftSets.withBoxes(["box"] + codes) { base in
            let parts = try codes.map { SetComponent(sku: try SKUCode($0), quantity: try Quantity(1)) }
            await #expect {
                try await base.catalog.makeSet(GiftSets.box, of: parts, by: base.principal)
            } throws: { error in
                guard case .notASet(.tooMany(50))? = error as? CatalogError else { return false }
                return true
            }
            #expect(try await base.catalog.makeSet(GiftSets.box, of: Array(parts.prefix(50)), by: base.principal))
        }
    }

    @Test("a delivery of a set is refused by name, the whole of it")
    func received() async throws {
        try await GiftSets.withBoxes { base in
            #expect(try await GiftSets.refusal("box", ["melon": 2], in: base) == nil)
            let lines = [Melons.melon, GiftSets.box].map {
                Receipt.Line(sku: $0, owner: Melons.owner, quantity: Quantity(rawValue: 1)!)
            }
            let delivery = try Receipt(
                reference: ReceiptReference(rawValue: "RK-2")!, warehouse: Melons.warehouse,
                location: Melons.location, lines: lines)
            await #expect {
                try await base.stock.receive(delivery, by: base.principal)
            } throws: { error in
                guard case .sets([GiftSets.box])? = error as? StockError else { return false }
                return true
            }
            #expect(try await base.catalog.makeSet(GiftSets.box, of: [], by: base.principal))
            _ = try await base.stock.receive(delivery, by: base.principal)
            #expect(try await GiftSets.refusal("box", ["melon": 2], in: base) == .hasGoods)
        }
    }

    @Test("of two definitions at once the second sees the first: together they make no nest")
    func nestAtOnce() async throws {
        try await GiftSets.withBoxes(["box", "pair"]) { base in
            try await base.owner.execute(sql: "BEGIN")
            try await base.owner.execute(
                sql: """
                    INSERT INTO set_component
                    SELECT bundle.id, part.id, 1
                    FROM (SELECT id FROM sku WHERE code = 'pair' FOR NO KEY UPDATE) AS bundle,
                        (SELECT id FROM sku WHERE code = 'melon') AS part
                    """)
            async let second = GiftSets.refusal("box", ["pair": 2], in: base)
            #expect(try await GiftSets.ownerIsWaitedFor(in: base), "it does not wait for the other")
            try await base.owner.execute(sql: "COMMIT")
            #expect(try await second == .nested([try SKUCode("pair")]))
        }
    }

    @Test("while a set is being made of a SKU, none of it is received, and the other way round")
    func receivedAtOnce() async throws {
        try await GiftSets.withBoxes { base in
            let delivery = try Receipt(
                reference: ReceiptReference(rawValue: "RK-2")!, warehouse: Melons.warehouse,
                location: Melons.location,
                lines: [Receipt.Line(sku: GiftSets.box, owner: Melons.owner, quantity: try Quantity(1))])
            // Whoever receives has come first, and is held up before the pools.
            try await base.owner.execute(sql: "BEGIN")
            try await base.owner.execute(sql: "LOCK TABLE pool IN EXCLUSIVE MODE")
            async let received = base.stock.receive(delivery, by: base.principal)
            #expect(try await GiftSets.ownerIsWaitedFor(in: base))
            async let made = GiftSets.refusal("box", ["melon": 2], in: base)
            #expect(
                try await GiftSets.ownerIsWaitedFor(in: base, byWaitersOf: true), "it does not wait for the delivery")
            try await base.owner.execute(sql: "COMMIT")
            _ = try await received
            #expect(try await made == .hasGoods)
        }
    }
}
