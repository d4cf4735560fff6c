import Schema

/// The newest migration of a base, and how a test takes it back: so that it is missing, and can be run again.
enum LastMigration {
    static let name = "m0020_inbound"

    /// Undoes it in a schema, as its owner.
    static func undo(in schema: String) -> String {
        """
        SET LOCAL search_path TO \(schema);
        DROP TABLE inbound_receipt, inbound_event, inbound_line;
        ALTER TABLE inbound DROP COLUMN state, DROP COLUMN warehouse_id, ALTER COLUMN received_at SET NOT NULL;
        REVOKE UPDATE (received_at) ON inbound FROM yuncang_service;
        REVOKE UPDATE (status) ON lot FROM yuncang_service;
        DELETE FROM migration WHERE name = '\(name)';
        """
    }
}
