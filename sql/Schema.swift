/// The migrations that this binary carries, in the order in which they run.
///
/// Each list belongs to one kind of PostgreSQL schema: the runner creates the schema, makes it the `search_path` and runs
/// the list in it. No file names a schema. A list only ever grows at its end, and a published file never changes.
public enum Schema {
    /// What makes the schema `yuncang`, the installation's register of bases.
    public static let installation = [
        Migration(name: "i0001_registry", embedded: PackageResources.i0001_registry_sql)
    ]

    /// What makes the schema of one base.
    public static let base = [
        Migration(name: "m0001_places", embedded: PackageResources.m0001_places_sql),
        Migration(name: "m0002_catalog", embedded: PackageResources.m0002_catalog_sql),
        Migration(name: "m0003_stock", embedded: PackageResources.m0003_stock_sql),
        Migration(name: "m0004_orders", embedded: PackageResources.m0004_orders_sql),
        Migration(name: "m0005_journal", embedded: PackageResources.m0005_journal_sql),
        Migration(name: "m0006_access", embedded: PackageResources.m0006_access_sql),
        Migration(name: "m0007_recipients", embedded: PackageResources.m0007_recipients_sql),
        Migration(name: "m0008_relay", embedded: PackageResources.m0008_relay_sql),
        Migration(name: "m0009_seals", embedded: PackageResources.m0009_seals_sql),
        Migration(name: "m0010_signin", embedded: PackageResources.m0010_signin_sql),
        Migration(name: "m0011_adjustments", embedded: PackageResources.m0011_adjustments_sql),
        Migration(name: "m0012_intake", embedded: PackageResources.m0012_intake_sql),
        Migration(name: "m0013_bounds", embedded: PackageResources.m0013_bounds_sql),
        Migration(name: "m0014_sheet_mapping", embedded: PackageResources.m0014_sheet_mapping_sql),
        Migration(name: "m0015_shipments", embedded: PackageResources.m0015_shipments_sql),
        Migration(name: "m0016_sourcing", embedded: PackageResources.m0016_sourcing_sql),
        Migration(name: "m0017_repair", embedded: PackageResources.m0017_repair_sql),
        Migration(name: "m0018_counts", embedded: PackageResources.m0018_counts_sql),
        Migration(name: "m0019_layout", embedded: PackageResources.m0019_layout_sql),
        Migration(name: "m0020_inbound", embedded: PackageResources.m0020_inbound_sql),
        Migration(name: "m0021_hold_ends", embedded: PackageResources.m0021_hold_ends_sql),
        Migration(name: "m0022_dock", embedded: PackageResources.m0022_dock_sql),
        Migration(name: "m0023_transfers", embedded: PackageResources.m0023_transfers_sql),
        Migration(name: "m0024_stock_counts", embedded: PackageResources.m0024_stock_counts_sql),
        Migration(name: "m0025_fulfilment", embedded: PackageResources.m0025_fulfilment_sql),
        Migration(name: "m0026_count_conflicts", embedded: PackageResources.m0026_count_conflicts_sql),
    ]
}
