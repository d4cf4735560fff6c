public import Postgres

/// What is known of a sign-in code: everything but its secret.
public struct SignInCode: Hashable, Sendable {
    /// Whether it is good for anything.
    public enum State: String, CaseIterable, Hashable, Sendable {
        /// It is.
        case live
        /// Somebody has signed in with it.
        case used
        /// Its time is over.
        case expired
        /// Somebody has guessed at it too often.
        case burnt
        /// Somebody has called it off.
        case revoked
    }

    /// After so many wrong tries it is dead.
    public static let triesAtMost: Int16 = 5

    /// By what it is found.
    public let handle: SignInHandle
    /// What whoever signs in with it may do.
    public let scope: TokenScope
    /// Who is to sign in with it.
    public let name: TokenName
    /// The session from which it was made; nil where an operator made it.
    public let issuer: ID<Token>?
    /// When it was made.
    public let createdAt: Timestamp
    /// When it ends by itself.
    public let expiresAt: Timestamp
    /// When the session ends that it opens.
    public let sessionExpiresAt: Timestamp
    /// How often something else was typed after its handle.
    public let wrongTries: Int16
    /// When somebody signed in with it.
    public let usedAt: Timestamp?
    /// When it was called off.
    public let revokedAt: Timestamp?
    /// Whether its time was over by the database's clock when this was read.
    let hasExpired: Bool

    /// Whether it is good for anything.
    public var state: State {
        if usedAt != nil { return .used }
        if revokedAt != nil { return .revoked }
        if wrongTries >= Self.triesAtMost { return .burnt }
        return hasExpired ? .expired : .live
    }
}

/// A code together with its text.
public struct IssuedSignInCode: Sendable {
    /// What is known of it from now on.
    public let code: SignInCode
    /// What only its bearer shall know.
    public let text: SignInCodeText
}
