public import Postgres

/// Why a schema cannot be migrated, or used by this binary.
public enum MigrationFailure: Error, Sendable {
    /// This migration has run, but its text here is another.
    case changed(String)
    /// This migration has run, but is not in this binary's list.
    case missing(String)
    /// This migration has run, but at another place of the order.
    case outOfOrder(String)
    /// This migration has run and comes after all that this binary knows: the schema is newer than the binary.
    case newerThanBinary(String)
    /// The role of the service, which migrations grant to, does not exist.
    case missingRole(String)
    /// Another runner, or a long transaction, holds what the migration needs.
    case locked(migration: String)
    /// The database failed, or refused the migration's text.
    case database(PostgresError, migration: String?)
}

extension MigrationFailure: CustomStringConvertible {
    /// One line for a log.
    public var description: String {
        switch self {
        case .changed(let name): "migration \(name) has run with another text than this binary's"
        case .missing(let name): "migration \(name) has run, but this binary does not have it"
        case .outOfOrder(let name): "migration \(name) has run in another order than this binary's"
        case .newerThanBinary(let name): "the schema is newer than this binary: \(name) has run"
        case .missingRole(let role): "the role \(role) does not exist"
        case .locked(let name): "migration \(name) could not get its locks in time"
        case .database(let error, let name): "\(name.map { "migration \($0): " } ?? "")\(error)"
        }
    }
}
