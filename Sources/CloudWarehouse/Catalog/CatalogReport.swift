import Postgres

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

    /// The report as the audit log keeps it.
    var detail: JSONB {
        JSONB(text: #"{"created": \#(created), "changed": \#(changed), "unchanged": \#(unchanged)}"#)
    }
}
