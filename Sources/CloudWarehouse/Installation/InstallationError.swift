public import Postgres

/// Why the installation, or a base of it, could not be made, changed or used.
public enum InstallationError: DomainError {
    /// A migration failed or does not fit; `schema` is where.
    case migration(MigrationFailure, schema: String)
    /// There is no schema `yuncang`: nothing was ever migrated here.
    case notInstalled
    /// There is a base of this key already.
    case keyTaken(BaseKey)
    /// No base has this key.
    case unknownBase(BaseKey)
    /// PostgreSQL does not know this time zone.
    case unknownTimeZone(String)
    /// The database failed.
    case database(PostgresError)
}
