public import Postgres

/// Why a token was not issued, listed or revoked.
public enum TokenError: DomainError {
    /// There is no owner of this code.
    case unknownOwner(OwnerCode)
    /// No token has this prefix.
    case unknownToken(TokenPrefix)
    /// The token would end before it begins.
    case expiryNotAhead
    /// The database failed.
    case database(PostgresError)
}
