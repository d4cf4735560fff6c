import CloudWarehouse
import WarehouseTesting

extension TestBase {
    /// A count of the only location, which is planned.
    func prepareCount(_ reference: String) async throws {
        let plan = StockCountPlan(warehouse: Melons.warehouse, scope: .location(Melons.location))
        _ = try await stock.handle(.plan(plan), of: ReceiptReference(rawValue: reference)!, by: principal)
    }

    /// A second warehouse, `north`, and transfers of one melon from the first one to it, which are asked for.
    func prepareTransfers(_ references: [String]) async throws {
        let north = try WarehouseCode("north")
        _ = try await stock.addWarehouse(code: north, name: try Name("北仓"), by: principal)
        for reference in references {
            let melon = ExpectedGoods(sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(1))
            let request = try TransferRequest(from: Melons.warehouse, to: north, lines: [melon])
            _ = try await stock.handle(.request(request), of: ReceiptReference(rawValue: reference)!, by: principal)
        }
    }
}
