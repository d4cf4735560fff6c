package import CloudWarehouse

extension TestBase {
    /// The id of the only lot of a SKU.
    package func lot(of sku: SKUCode) async throws -> String {
        guard let lot = try await stock.lots(of: sku).lots.first else { throw NoRow() }
        return lot.id.description
    }

    /// The id of the newest row of the ledger about a SKU.
    package func movement(of sku: SKUCode) async throws -> String {
        guard let entry = try await stock.ledger(of: sku).entries.first else { throw NoRow() }
        return entry.id.description
    }
}
