/// What was found of the names that a delivery gives.
struct ReceiptNames {
    var warehouse: Warehouse?
    var location: Location?
    var skus: [SKU]
    var owners: [Owner]
    /// Those of the SKUs that are sets.
    var sets: [SKUCode] = []

    /// Everything that `receipt` names and that was not found, or cannot be received; nil when all of it was found and can.
    func missing(of receipt: Receipt) -> StockError? {
        var missing: [StockError] = []
        if warehouse == nil {
            missing.append(.unknownWarehouse(receipt.warehouse))
        } else if location == nil {
            missing.append(.unknownLocation(receipt.warehouse, receipt.location))
        }
        let unknownSKUs = Set(receipt.lines.map(\.sku)).subtracting(skus.map(\.code))
        if !unknownSKUs.isEmpty { missing.append(.unknownSKUs(unknownSKUs.sorted())) }
        let unknownOwners = Set(receipt.lines.map(\.owner)).subtracting(owners.map(\.code))
        if !unknownOwners.isEmpty { missing.append(.unknownOwners(unknownOwners.sorted())) }
        if !sets.isEmpty { missing.append(.sets(sets)) }
        return missing.count > 1 ? .several(missing) : missing.first
    }
}
