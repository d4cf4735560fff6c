import Schema

/// The newest migration of a base, and how a test takes it back: so that it is missing, and can be run again.
enum LastMigration {
    static let name = "m0023_transfers"

    /// Undoes it in a schema, as its owner.
    static func undo(in schema: String) -> String {
        """
        SET LOCAL search_path TO \(schema);
        DROP TABLE transfer_arrival, transfer_pick, transfer_lot, transfer_event, transfer_line, transfer;
        DELETE FROM location WHERE code = 'transfer-dock' AND warehouse_id IS NULL;
        DELETE FROM migration WHERE name = '\(name)';
        """
    }
}
