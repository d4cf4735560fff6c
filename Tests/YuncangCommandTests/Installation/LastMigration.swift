import Schema

/// The newest migration of a base, and how a test takes it back: so that it is missing, and can be run again.
enum LastMigration {
    static let name = "m0021_hold_ends"

    /// Undoes it in a schema, as its owner.
    static func undo(in schema: String) -> String {
        """
        SET LOCAL search_path TO \(schema);
        ALTER TABLE customer_order DROP COLUMN hold_ends_at;
        DELETE FROM migration WHERE name = '\(name)';
        """
    }
}
