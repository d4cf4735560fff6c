public import Postgres

/// Why the rules for the choice among pools were not changed.
public enum SourcingError: DomainError {
    /// There is no SKU of this code.
    case unknownSKU(SKUCode)
    /// There is no warehouse of this code.
    case unknownWarehouse(WarehouseCode)
    /// There is no owner of this code.
    case unknownOwner(OwnerCode)
    /// A warehouse and owner, or a region, is named twice.
    case repeated(String)
    /// A weight, a rank or a region breaks its rule.
    case outOfRange(String)
    /// There are more shares or zones than one change takes.
    case tooMany(maximum: Int)
    /// The database failed.
    case database(PostgresError)
}
