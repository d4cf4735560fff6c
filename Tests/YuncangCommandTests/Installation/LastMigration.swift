import Schema

/// The newest migration of a base, and how a test takes it back: so that it is missing, and can be run again.
enum LastMigration {
    static let name = "m0024_stock_counts"

    /// Undoes it in a schema, as its owner.
    static func undo(in schema: String) -> String {
        """
        SET LOCAL search_path TO \(schema);
        DROP TABLE stock_count_entry, stock_count_line, stock_count_event, stock_count;
        DELETE FROM migration WHERE name = '\(name)';
        """
    }
}
