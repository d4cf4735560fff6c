/// What an import did.
public struct CatalogReport: Hashable, Sendable {
    /// Entries that became a product with a SKU.
    public let created: Int
    /// Entries that gave a SKU another name, category or price.
    public let changed: Int
    /// Entries that said what was there already.
    public let unchanged: Int

    init(_ plan: CatalogPlan) {
        created = plan.created.count
        changed = plan.changed.count
        unchanged = plan.unchanged
    }
}
