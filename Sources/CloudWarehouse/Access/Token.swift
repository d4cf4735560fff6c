public import Postgres

/// What is known of an issued token: everything but its secret.
public struct Token: Hashable, Sendable {
    /// Whether it is good for anything.
    public enum State: String, Hashable, Sendable {
        /// It is.
        case live
        /// Its time is over.
        case expired
        /// Somebody has revoked it.
        case revoked
    }

    /// Its identity in the database.
    public let id: ID<Token>
    /// What people know it by.
    public let prefix: TokenPrefix
    /// What it lets its bearer do.
    public let scope: TokenScope
    /// What people call it.
    public let name: TokenName
    /// What it is shown as.
    public let kind: TokenKind
    /// Of a session: the one that its person signed in to first.
    public let family: ID<Token>?
    /// When it was issued.
    public let createdAt: Timestamp
    /// When it ends by itself; nil for never.
    public let expiresAt: Timestamp?
    /// When it was revoked, if it was.
    public let revokedAt: Timestamp?
    /// When it was last used, to the minute; nil for never.
    public let lastUsedAt: Timestamp?
    /// Whether its time was over by the database's clock when this was read.
    let hasExpired: Bool

    /// Whether it is good for anything.
    public var state: State { revokedAt != nil ? .revoked : hasExpired ? .expired : .live }
}

/// A token together with its text.
public struct IssuedToken: Sendable {
    /// What is known of it from now on.
    public let token: Token
    /// What only its bearer shall know.
    public let text: TokenText
}
