import Schema

/// The newest migration of a base, and how a test takes it back: so that it is missing, and can be run again.
enum LastMigration {
    static let name = "m0025_fulfilment"

    /// Undoes it in a schema, as its owner.
    static func undo(in schema: String) -> String {
        """
        SET LOCAL search_path TO \(schema);
        DROP TABLE pick_doubt, wave_pick, parcel_item, parcel_order, parcel, manifest, wave_order, wave, sku_packing;
        ALTER TABLE order_line DROP COLUMN shipped, DROP COLUMN bound;
        ALTER TABLE balance DROP COLUMN allocated;
        DELETE FROM migration WHERE name = '\(name)';
        """
    }
}
