import Postgres

/// One row of the audit log.
enum AuditEntry {}

/// Writes one row of the audit log, in the transaction of what it tells of.
struct InsertAuditEntry: Command {
    let id: ID<AuditEntry>
    let principal: Principal
    /// What was done, such as `catalog.import`.
    let action: String
    /// What it was done to, 1 to 256 characters.
    let subject: String
    /// A JSON object; it holds nothing of a recipient.
    let detail: JSONB
    let at: Timestamp

    static let sql = """
        INSERT INTO audit (id, actor, origin, action, subject, detail, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(principal.name)
        parameters.append(principal.origin)
        parameters.append(action)
        parameters.append(subject)
        parameters.append(detail)
        parameters.append(at)
    }
}
