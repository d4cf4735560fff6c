package import CloudWarehouse

/// What is sold in the turmoil: melons, rice, leek of which a buyer may have only so much, and boxes of melons and rice, from
/// two warehouses.
package enum TurmoilShop {
    package static let leek = try! SKUCode("leek")
    package static let box = try! SKUCode("box")
    package static let second = try! WarehouseCode("second")
    /// What has pools of its own.
    package static let singles = [Melons.melon, Melons.rice, leek]

    /// Furnishes a base that has nothing yet.
    ///
    /// - Returns: How much there is of each SKU.
    package static func open(_ catalog: Catalog, _ stock: Stock, by principal: Principal) async throws -> [SKUCode:
        Int64]
    {
        for (warehouse, name) in [(Melons.warehouse, "主仓"), (second, "二仓")] {
            _ = try await stock.addWarehouse(code: warehouse, name: try Name(name), by: principal)
            _ = try await stock.addLocation(
                code: Melons.location, in: warehouse, storageClass: .chilled, by: principal)
        }
        _ = try await catalog.addOwner(
            code: Melons.owner, name: try Name("伊马乔合作社"), kind: .cooperative, by: principal)
        let price = try Price(fen: Fen(rawValue: 300), per: Quantity(7))
        let entries = try [(leek, "葱"), (box, "礼盒")].map {
            CatalogEntry(code: $0, name: try Name($1), unit: .piece, category: Melons.entries[0].category, price: price)
        }
        _ = try await catalog.importEntries(Melons.entries + entries, of: Melons.owner, by: principal)
        let components = [
            SetComponent(sku: Melons.melon, quantity: try Quantity(2)),
            SetComponent(sku: Melons.rice, quantity: try Quantity(1)),
        ]
        try await catalog.makeSet(box, of: components, by: principal)
        try await catalog.limit(leek, to: Quantity(6), by: principal)
        let start: [SKUCode: Int64] = [Melons.melon: 40, Melons.rice: 30, leek: 20]
        for warehouse in [Melons.warehouse, second] {
            _ = try await stock.receive(receipt("RK-\(warehouse)", start, in: warehouse), by: principal)
        }
        return start.mapValues { $0 * 2 }
    }

    /// A delivery of these goods.
    package static func receipt(
        _ name: String, _ quantities: [SKUCode: Int64], in warehouse: WarehouseCode
    ) throws -> Receipt {
        try Receipt(
            reference: ReceiptReference(rawValue: name)!, warehouse: warehouse, location: Melons.location,
            lines: quantities.sorted { $0.key < $1.key }.map {
                Receipt.Line(sku: $0, owner: Melons.owner, quantity: try Quantity($1))
            })
    }
}
