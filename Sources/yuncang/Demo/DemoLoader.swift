internal import CloudWarehouse
internal import Postgres

/// Fills a base with a demo, through the same services as everybody; what is there already is left as it is.
struct DemoLoader: Sendable {
    let base: OpenBase
    let principal: Principal
    /// The day of the deliveries, in the base's time zone.
    let today: CalendarDate

    /// Adds what is missing.
    func load(_ demo: DemoBase) async throws {
        let warehouse = try WarehouseCode(argument: demo.warehouse.code)
        try await unlessThere {
            _ = try await base.stock.addWarehouse(
                code: warehouse, name: try Name(argument: demo.warehouse.name), by: principal)
        }
        for location in demo.locations {
            try await unlessThere {
                _ = try await base.stock.addLocation(
                    code: try LocationCode(argument: location.code), in: warehouse,
                    terms: LocationTerms(storageClass: location.storage, purpose: location.purpose), by: principal)
            }
        }
        for grower in demo.growers { try await load(grower, at: warehouse) }
    }

    private func load(_ grower: DemoBase.Grower, at warehouse: WarehouseCode) async throws {
        let owner = try OwnerCode(argument: grower.code)
        try await unlessThere {
            _ = try await base.catalog.addOwner(
                code: owner, name: try Name(argument: grower.name), kind: grower.kind, by: principal)
        }
        let entries = try grower.goods.map(Self.entry)
        let listed = Set(try await base.catalog.skus(of: entries.map(\.code)).map(\.code))
        let missing = entries.filter { !listed.contains($0.code) }
        if !missing.isEmpty { _ = try await base.catalog.importEntries(missing, of: owner, by: principal) }
        for goods in grower.goods { try await receive(goods, of: owner, at: warehouse) }
    }

    private static func entry(_ goods: DemoBase.Goods) throws -> CatalogEntry {
        CatalogEntry(
            code: try SKUCode(argument: goods.code), name: try Name(argument: goods.name), unit: goods.unit,
            category: Category(
                code: try CategoryCode(argument: goods.category.code), name: try Name(argument: goods.category.name)),
            price: try Price(argument: goods.price, in: goods.unit))
    }

    /// Deliveries are dated by the day on which the demo was first loaded, so a later day's differs and is left out.
    private func receive(_ goods: DemoBase.Goods, of owner: OwnerCode, at warehouse: WarehouseCode) async throws {
        guard let reference = ReceiptReference(rawValue: "demo \(goods.code)") else {
            throw CommandFailure.invalid(goods.code, rule: InvalidValue.reference.text)
        }
        let line = Receipt.Line(
            sku: try SKUCode(argument: goods.code), owner: owner,
            quantity: try Quantity(argument: goods.delivered, in: goods.unit),
            harvestedOn: goods.harvestedDaysAgo.map { today.advanced(byDays: -$0) },
            expiresOn: goods.keepsDays.map { today.advanced(byDays: $0) },
            grade: try goods.grade.map { text throws(CommandFailure) in try Grade(argument: text) })
        let receipt = try Receipt(
            reference: reference, warehouse: warehouse, location: LocationCode(argument: goods.location),
            lines: [line])
        try await unlessThere { _ = try await base.stock.receive(receipt, by: principal) }
    }

    private func unlessThere(_ add: () async throws -> Void) async throws {
        do {
            try await add()
        } catch CatalogError.codeTaken {
        } catch StockError.codeTaken {
        } catch StockError.otherDeliveryUnderReference {
        }
    }
}
