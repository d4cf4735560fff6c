public import Postgres

/// Why a code was not made or called off, or nobody signed in.
public enum SignInError: DomainError {
    /// It is no code that is good for anything: unknown, wrong, used, expired, called off or guessed at too often.
    case refused
    /// There is no owner of this code.
    case unknownOwner(OwnerCode)
    /// No code has this handle.
    case unknownCode(SignInHandle)
    /// No session has this prefix.
    case unknownSession(TokenPrefix)
    /// The session would end before it begins.
    case expiryNotAhead
    /// So many codes that were made where this one was to be made are waiting to be used, and no more may be.
    case tooManyCodes(atMost: Int64)
    /// Too many codes live at once: none of those that were drawn was free.
    case crowded
    /// The database failed.
    case database(PostgresError)
}
