/// What the database says to a batch of orders, read under the locks of the pools that they touch.
struct IntakeSnapshot {
    /// What an order may know of a SKU.
    struct Offer {
        let sku: ID<SKU>
        let price: Price?
    }

    /// An order that is there already.
    struct Recorded {
        let order: PlacedOrder
        let fingerprint: Fingerprint
    }

    /// The SKUs that exist among those that the batch names.
    var offers: [SKUCode: Offer] = [:]
    /// What may be claimed from each pool, by SKU, in key order.
    var pools: [ID<SKU>: [(key: PoolKey, available: Int64)]] = [:]
    /// The orders of the batch that were placed before.
    var recorded: [OrderKey: Recorded] = [:]
}
