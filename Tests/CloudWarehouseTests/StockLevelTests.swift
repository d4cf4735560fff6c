import CloudWarehouse
import Testing
import WarehouseTesting

@Suite("Listing stock levels", .onDatabase, .serialized)
struct StockLevelTests {
    @Test("levels are listed by SKU, warehouse and owner, of one SKU or owner, from any position on")
    func list() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(3, rice: 500)
            let (pingan, cold) = (try OwnerCode("pingan"), try WarehouseCode("cold"))
            _ = try await base.catalog.addOwner(code: pingan, name: Name("平安"), kind: .brand, by: base.principal)
            _ = try await base.stock.addWarehouse(code: cold, name: Name("冷库"), by: base.principal)
            _ = try await base.stock.addLocation(
                code: Melons.location, in: cold, storageClass: .frozen, by: base.principal)
            for (number, (warehouse, owner)) in [(cold, Melons.owner), (Melons.warehouse, pingan)].enumerated() {
                let receipt = try Receipt(
                    reference: ReceiptReference(rawValue: "X-\(number)")!, warehouse: warehouse,
                    location: Melons.location,
                    lines: [Receipt.Line(sku: Melons.melon, owner: owner, quantity: try Quantity(1))])
                _ = try await base.stock.receive(receipt, by: base.principal)
            }
            let all = try await base.stock.levels()
            #expect(
                all.map { "\($0.position.sku) \($0.position.warehouse) \($0.position.owner?.rawValue ?? "")" } == [
                    "melon cold yimaqiao", "melon main pingan", "melon main yimaqiao", "rice main yimaqiao",
                ])
            #expect(try await base.stock.levels(of: Melons.melon) == Array(all[..<3]))
            #expect(try await base.stock.levels(of: Melons.rice) == [all[3]])
            #expect(try await base.stock.levels(of: try SKUCode("durian")).isEmpty)
            #expect(try await base.stock.levels(ownedBy: pingan) == [all[1]])
            for (index, level) in all.enumerated() {
                let rest = try await base.stock.levels(after: level.position)
                #expect(rest == Array(all[(index + 1)...]))
                #expect(try await base.stock.levels(after: level.position, limit: 1) == Array(rest.prefix(1)))
                let melons = try await base.stock.levels(of: Melons.melon, after: level.position)
                #expect(melons == rest.filter { $0.position.sku == Melons.melon })
                let rice = try await base.stock.levels(of: Melons.rice, after: level.position)
                #expect(rice == rest.filter { $0.position.sku == Melons.rice })
            }
        }
    }
}
