/// Which pool: what orders claim from is counted per SKU, warehouse and owner.
///
/// Pools are locked in the order of their keys, by everyone.
public struct PoolKey: Hashable, Sendable, Comparable {
    /// What is sold.
    public let sku: ID<SKU>
    /// Where it stands.
    public let warehouse: ID<Warehouse>
    /// Whose it is.
    public let owner: ID<Owner>

    /// Orders as the primary key of the table does.
    public static func < (left: Self, right: Self) -> Bool {
        (left.sku, left.warehouse, left.owner) < (right.sku, right.warehouse, right.owner)
    }
}
