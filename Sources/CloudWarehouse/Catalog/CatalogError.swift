public import Postgres

/// Why a change of the catalog did not happen.
public enum CatalogError: DomainError {
    /// There is no owner of this code.
    case unknownOwner(OwnerCode)
    /// Something of this code is there already, or came in meanwhile.
    case codeTaken
    /// An import has more entries than one transaction takes.
    case tooManyEntries(maximum: Int)
    /// Nothing was imported, because of these entries.
    case refused([CatalogProblem])
    /// What is there is not what the change was made for.
    case notAsExpected
    /// The database failed.
    case database(PostgresError)
}
