import Postgres

extension Transaction {
    /// Records what was done to what, and by whom, with an id of its own.
    func record(
        _ action: String, of subject: String, by principal: Principal, at now: Timestamp, detail: String = "{}"
    ) async throws(PostgresError) {
        var ids = IDGenerator(at: now)
        try await execute(
            InsertAuditEntry(
                id: ids.next(), principal: principal, action: action, subject: subject, detail: JSONB(text: detail),
                at: now))
    }
}
