public import Postgres

/// Why a change of the catalog did not happen.
public enum CatalogError: DomainError {
    /// There is no owner of this code.
    case unknownOwner(OwnerCode)
    /// There is no SKU of this code.
    case unknownSKU(SKUCode)
    /// Something of this code is there already, or came in meanwhile.
    case codeTaken
    /// An import has more entries than one transaction takes.
    case tooManyEntries(maximum: Int)
    /// Nothing was imported, because of these entries.
    case refused([CatalogProblem])
    /// What is there is not what the change was made for.
    case notAsExpected
    /// Why a SKU is no set of these components.
    case notASet(SetRefusal)
    /// A limit lets a buyer have something.
    case limitOfNothing
    /// The database failed.
    case database(PostgresError)
}
