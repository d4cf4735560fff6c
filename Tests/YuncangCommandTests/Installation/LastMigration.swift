import Schema

/// The newest migration of a base, and how a test takes it back: so that it is missing, and can be run again.
enum LastMigration {
    static let name = "m0018_counts"

    /// Undoes it in a schema, as its owner.
    static func undo(in schema: String) -> String {
        """
        SET LOCAL search_path TO \(schema);
        ALTER TABLE pool DROP CONSTRAINT pool_is_a_quantity;
        ALTER TABLE customer_order DROP COLUMN line_count;
        DELETE FROM migration WHERE name = '\(name)';
        """
    }
}
