public import Postgres

/// What is known of an overlay's key: everything but its secret.
public struct OverlayKey: Hashable, Sendable {
    /// The most SKUs that one shows.
    public static let skusAtMost = 20

    /// Its token.
    public let token: Token
    /// What it shows, in this order, and nothing else.
    public let skus: [SKUCode]
}

/// A key together with its text.
public struct IssuedOverlayKey: Sendable {
    /// What is known of it from now on.
    public let key: OverlayKey
    /// What only the overlay shall know.
    public let text: TokenText
}

/// Why an overlay's key was not made or ended.
public enum OverlayError: DomainError {
    /// There is no such SKU, or none of this owner's.
    case unknownSKU(SKUCode)
    /// There is no owner of this code.
    case unknownOwner(OwnerCode)
    /// No key has this prefix.
    case unknownKey(TokenPrefix)
    /// None, too many, or one twice.
    case unfitSKUs
    /// The key would end before it begins.
    case expiryNotAhead
    /// The database failed.
    case database(PostgresError)
}
