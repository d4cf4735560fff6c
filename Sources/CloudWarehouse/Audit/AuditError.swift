public import Postgres

/// Why the audit log could not be sealed.
public enum AuditError: DomainError {
    /// The database failed.
    case database(PostgresError)
}
