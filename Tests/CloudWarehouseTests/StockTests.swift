import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Stock and catalog", .onDatabase)
struct StockTests {
    @Test("the line is named with which there is more than a pool can count")
    func tooMuch() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(1)
            try await base.run(script: "UPDATE pool SET sellable = 999999999999992")
            let lines = try [3, 3, 3, 1].map {
                Receipt.Line(sku: Melons.melon, owner: Melons.owner, quantity: try Quantity($0))
            }
            let receipt = try Receipt(
                reference: ReceiptReference(rawValue: "RK-9")!, warehouse: Melons.warehouse, location: Melons.location,
                lines: lines)
            do throws(StockError) {
                _ = try await base.stock.receive(receipt, by: base.principal)
                Issue.record("received")
            } catch {
                guard case .tooMuch(lines: [3]) = error else {
                    Issue.record("\(error)")
                    return
                }
            }
        }
    }

    @Test(
        "deliveries of a quantity each are more than a pool counts: the second is refused, and nothing of it is received"
    )
    func lotsTogether() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(Quantity.maximum.rawValue)
            do throws(StockError) {
                _ = try await base.stock.receive(try! Melons.receipt("RK-2", melons: 1), by: base.principal)
                Issue.record("received")
            } catch {
                guard case .tooMuch(lines: [1]) = error else {
                    Issue.record("\(error)")
                    return
                }
            }
            #expect(try await base.number("SELECT count(*) FROM inbound") == 1)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("of pools from before they were bounded, sets are counted and listed all the same")
    func unbounded() async throws {
        try await GiftSets.withBoxes { base in
            _ = try await base.catalog.makeSet(
                GiftSets.box, of: GiftSets.parts(["melon": 1]), by: base.principal)
            try await base.run(
                script: """
                    ALTER TABLE pool DROP CONSTRAINT pool_is_a_quantity;
                    INSERT INTO owner (id, code, name, kind, created_at)
                    SELECT gen_random_uuid(), 'other', name, kind, created_at FROM owner;
                    INSERT INTO pool (sku_id, warehouse_id, owner_id, sellable, held, committed, allotted, version)
                    SELECT sku_id, warehouse_id, owner.id, 9223372036854775807, 0, 0, 0, 1
                    FROM pool JOIN sku ON sku.id = pool.sku_id, owner
                    WHERE sku.code = 'melon' AND owner.code = 'other';
                    """)
            let levels = try await base.stock.levels(of: GiftSets.box)
            #expect(levels.map(\.counters.sellable) == [.max])
        }
    }

    @Test("a delivery becomes lots, movements, balances and sellable stock, and is audited")
    func receive() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let line = Receipt.Line(
                sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(12),
                harvestedOn: CalendarDate("2026-11-20"), expiresOn: CalendarDate("2099-12-04"),
                grade: Grade(rawValue: "一级"))
            let rest = Receipt.Line(sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(8))
            let receipt = try Receipt(
                reference: ReceiptReference(rawValue: "RK-20261123-1")!, warehouse: Melons.warehouse,
                location: Melons.location, lines: [line, rest])
            _ = try await base.stock.receive(receipt, by: base.principal)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 20))
            #expect(
                try await base.number("SELECT count(*) FROM lot WHERE grade = '一级' AND expires_on = '2099-12-04'") == 1)
            #expect(try await base.number("SELECT sum(quantity)::bigint FROM movement") == 20)
            #expect(try await base.number("SELECT sum(on_hand)::bigint FROM balance") == 20)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'inbound.receive'") == 1)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "a delivery that is received again, ten times at once, is received once; another one under its reference not at all"
    )
    func receiveAgain() async throws {
        try await TestBase.with(connections: 4) { base in
            try await base.prepareMelons()
            let answers = try await withThrowingTaskGroup(of: ReceivedDelivery.self) { group in
                for _ in 0..<10 {
                    group.addTask { try await base.stock.receive(Melons.receipt(melons: 7), by: base.principal) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers.map(\.id)).count == 1 && Set(answers.map(\.receivedAt)).count == 1)
            #expect(answers.count { !$0.isRepeated } == 1)
            await #expect {
                try await base.stock.receive(Melons.receipt(melons: 8), by: base.principal)
            } throws: { error in
                guard case StockError.otherDeliveryUnderReference = error else { return false }
                return true
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 7))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a delivery that names what is not there is refused as a whole, and everything unknown is named")
    func unknown() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let lines = try ["x", "melon", "a"].map {
                Receipt.Line(sku: try SKUCode($0), owner: Melons.owner, quantity: try Quantity(1))
            }
            let receipt = try Receipt(
                reference: ReceiptReference(rawValue: "1")!, warehouse: Melons.warehouse, location: Melons.location,
                lines: lines)
            await #expect { try await base.stock.receive(receipt, by: base.principal) } throws: { error in
                guard case StockError.unknownSKUs(let codes) = error else { return false }
                return codes.map(\.rawValue) == ["a", "x"]
            }
            #expect(try await base.number("SELECT count(*) FROM inbound") == 0)
            #expect(try await base.number("SELECT count(*) FROM lot") == 0)
        }
    }

    @Test("importing again changes nothing; new names, categories and prices are taken; a taken code is refused")
    func importAgain() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let again = try await base.catalog.importEntries(Melons.entries, of: Melons.owner, by: base.principal)
            #expect(again.unchanged == 2 && again.created == 0 && again.changed == 0)
            var entries = Melons.entries
            entries[0].name = try Name("甜瓜")
            entries[0].price = try Price(fen: Fen(rawValue: 1_290), per: Quantity(1))
            entries[1].category = Category(code: try CategoryCode("grain"), name: try Name("粮食"))
            let changed = try await base.catalog.importEntries(entries, of: Melons.owner, by: base.principal)
            #expect(changed.changed == 2 && changed.created == 0)
            let skus = try await base.catalog.skus()
            #expect(skus.map(\.code) == [Melons.melon, Melons.rice])
            #expect(skus[0].name.rawValue == "甜瓜" && skus[0].price?.fen == Fen(rawValue: 1_290))
            #expect(skus[0].category?.code.rawValue == "fruit" && skus[1].category?.code.rawValue == "grain")
            #expect(skus[1].price == Melons.entries[1].price)
            #expect(try await base.catalog.skus(after: Melons.melon).map(\.code) == [Melons.rice])
            await #expect {
                try await base.catalog.addOwner(
                    code: Melons.owner, name: Name("x"), kind: .brand, by: base.principal)
            } throws: { error in
                guard case CatalogError.codeTaken = error else { return false }
                return true
            }
        }
    }

    @Test("a unit that would change, a code of another owner's and one that comes twice refuse the whole import")
    func badImport() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let other = try OwnerCode("other")
            _ = try await base.catalog.addOwner(code: other, name: Name("品牌"), kind: .brand, by: base.principal)
            var entries = Melons.entries
            entries[0].unit = .gram
            entries += [CatalogEntry(code: try SKUCode("new"), name: try Name("新"), unit: .piece)]
            entries += [entries[2]]
            await #expect {
                try await base.catalog.importEntries(entries, of: Melons.owner, by: base.principal)
            } throws: { error in
                guard case CatalogError.refused(let problems) = error else { return false }
                return try problems
                    == [.otherUnit(Melons.melon, counted: .piece), .repeatedCode(SKUCode("new"))]
            }
            await #expect {
                try await base.catalog.importEntries(Melons.entries, of: other, by: base.principal)
            } throws: { error in
                guard case CatalogError.refused(let problems) = error else { return false }
                return problems == [.listedByAnother(Melons.melon), .listedByAnother(Melons.rice)]
            }
            #expect(try await base.number("SELECT count(*) FROM sku") == 2)
        }
    }
}
