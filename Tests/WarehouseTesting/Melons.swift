package import CloudWarehouse

/// What most tests sell: melons by the piece and rice by weight, of one owner, in one warehouse.
package enum Melons {
    package static let melon = try! SKUCode("melon")
    package static let rice = try! SKUCode("rice")
    package static let owner = try! OwnerCode("yimaqiao")
    package static let warehouse = try! WarehouseCode("main")
    package static let location = try! LocationCode("A-01")
    package static let source = OrderSource(rawValue: "shop")!

    package static let entries = [
        CatalogEntry(
            code: melon, name: try! Name("伊马乔大棚甜瓜"), unit: .piece,
            category: Category(code: try! CategoryCode("fruit"), name: try! Name("瓜果")),
            price: try! Price(fen: Fen(rawValue: 990), per: Quantity(1))),
        CatalogEntry(
            code: rice, name: try! Name("平安五彩早稻"), unit: .gram,
            price: try! Price(fen: Fen(rawValue: 2_200), per: Quantity(1_000))),
    ]

    package static func receipt(_ reference: String = "RK-1", melons: Int64, rice: Int64 = 0) throws -> Receipt {
        var lines = [Receipt.Line(sku: melon, owner: owner, quantity: try Quantity(melons))]
        if rice > 0 { lines.append(Receipt.Line(sku: self.rice, owner: owner, quantity: try Quantity(rice))) }
        return try Receipt(
            reference: ReceiptReference(rawValue: reference)!, warehouse: warehouse, location: location, lines: lines)
    }

    package static func order(
        _ reference: String, melons: Int64 = 0, rice: Int64 = 0, payment: PlaceOrder.Payment = .paid,
        recipient: Recipient? = nil
    ) throws -> PlaceOrder {
        var lines: [PlaceOrder.Line] = []
        if melons > 0 { lines.append(PlaceOrder.Line(sku: melon, quantity: try Quantity(melons))) }
        if rice > 0 { lines.append(PlaceOrder.Line(sku: self.rice, quantity: try Quantity(rice))) }
        return try PlaceOrder(
            source: source, reference: OrderReference(rawValue: reference)!, lines: lines, payment: payment,
            recipient: recipient)
    }
}

extension TestBase {
    /// A warehouse, an owner, melons and rice, and so much of them received.
    package func stockMelons(_ melons: Int64, rice: Int64 = 0) async throws {
        try await prepareMelons()
        _ = try await stock.receive(Melons.receipt(melons: melons, rice: rice), by: principal)
    }

    /// A warehouse, an owner, melons and rice, and nothing of them in stock.
    package func prepareMelons() async throws {
        _ = try await stock.addWarehouse(code: Melons.warehouse, name: try Name("主仓"), by: principal)
        _ = try await stock.addLocation(
            code: Melons.location, in: Melons.warehouse, storageClass: .chilled, by: principal)
        _ = try await catalog.addOwner(
            code: Melons.owner, name: try Name("伊马乔合作社"), kind: .cooperative, by: principal)
        _ = try await catalog.importEntries(Melons.entries, of: Melons.owner, by: principal)
    }
}
