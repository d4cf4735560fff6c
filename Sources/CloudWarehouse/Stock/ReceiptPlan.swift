import Postgres

/// What a delivery writes, decided without a database: a lot and a movement for each line, and what each pool gains.
struct ReceiptPlan {
    private(set) var movements: [Movement] = []
    /// What becomes sellable, each pool once.
    private(set) var additions: [(key: PoolKey, sellable: Int64)] = []

    /// Takes the delivery in at `location`; each SKU and owner that it names is among those given.
    ///
    /// What has expired before `today` is set aside, and none of it becomes sellable.
    init(
        _ receipt: Receipt, at location: Location, on today: CalendarDate, skus: [SKU], owners: [Owner],
        ids: inout IDGenerator
    ) {
        let skuIDs = Dictionary(skus.map { ($0.code, $0.id) }, uniquingKeysWith: { first, _ in first })
        let ownerIDs = Dictionary(owners.map { ($0.code, $0.id) }, uniquingKeysWith: { first, _ in first })
        var sellable: [PoolKey: Int64] = [:]
        for line in receipt.lines {
            guard let sku = skuIDs[line.sku], let owner = ownerIDs[line.owner] else {
                preconditionFailure("a delivery was planned that names what is not there")
            }
            let lot = Lot(
                id: ids.next(), sku: sku, owner: owner, harvestedOn: line.harvestedOn, expiresOn: line.expiresOn,
                grade: line.grade)
            let isGood = line.expiresOn.map { $0 >= today } ?? true
            movements.append(
                Movement(
                    id: ids.next(), from: Location.supplier, to: location.id, lot: lot, quantity: line.quantity,
                    quality: isGood ? .good : .held))
            guard isGood else { continue }
            let key = PoolKey(sku: sku, warehouse: location.warehouse, owner: owner)
            sellable[key, default: 0] += line.quantity.rawValue
        }
        additions = sellable.map { (key: $0.key, sellable: $0.value) }
    }
}
