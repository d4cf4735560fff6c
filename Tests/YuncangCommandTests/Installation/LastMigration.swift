import Schema

/// The newest migration of a base, and how a test takes it back: so that it is missing, and can be run again.
enum LastMigration {
    static let name = "m0018_layout"

    /// Undoes it in a schema, as its owner.
    static func undo(in schema: String) -> String {
        """
        SET LOCAL search_path TO \(schema);
        ALTER TABLE location DROP COLUMN zone_id, DROP COLUMN purpose, DROP COLUMN capacity, DROP COLUMN capacity_unit,
            DROP COLUMN pick_sequence, DROP COLUMN closed_at;
        REVOKE UPDATE (storage_class) ON location FROM yuncang_service;
        DROP TABLE zone;
        DELETE FROM migration WHERE name = '\(name)';
        """
    }
}
