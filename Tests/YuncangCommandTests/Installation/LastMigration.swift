import Schema

/// The newest migration of a base, and how a test takes it back: so that it is missing, and can be run again.
enum LastMigration {
    static let name = "m0022_dock"

    /// Undoes it in a schema, as its owner.
    static func undo(in schema: String) -> String {
        """
        SET LOCAL search_path TO \(schema);
        DROP TABLE inbound_picture, loading_worker, loading_event, loading;
        ALTER TABLE inbound_event
            DROP CONSTRAINT inbound_event_event_check,
            ADD CONSTRAINT inbound_event_event_check CHECK (
                event IN ('announce', 'arrive', 'count', 'finish', 'release', 'put_away', 'cancel')),
            DROP CONSTRAINT inbound_event_is_known,
            ADD CONSTRAINT inbound_event_is_known CHECK (
                (event IN ('count', 'put_away')) = (reference IS NOT NULL) AND (reference IS NULL) = (fingerprint IS NULL));
        DELETE FROM migration WHERE name = '\(name)';
        """
    }
}
