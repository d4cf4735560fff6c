import Schema

/// The newest migration of a base, and how a test takes it back: so that it is missing, and can be run again.
enum LastMigration {
    static let name = "m0026_count_conflicts"

    /// Undoes it in a schema, as its owner.
    static func undo(in schema: String) -> String {
        """
        SET LOCAL search_path TO \(schema);
        DROP INDEX stock_count_line_of_place;
        DELETE FROM migration WHERE name = '\(name)';
        """
    }
}
