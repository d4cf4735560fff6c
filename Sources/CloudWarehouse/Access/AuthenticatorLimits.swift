/// The bounds that an authenticator keeps.
public struct AuthenticatorLimits: Sendable {
    /// How long what was read of a token is trusted, from before the database was asked: a revoked token lives no longer.
    public var trust: Duration = .seconds(5)
    /// How often the use of one token is noted.
    public var noting: Duration = .seconds(60)
    /// Good tokens that are remembered.
    public var liveTokens = 4_096
    /// Prefixes of which it is remembered that no good token has them.
    public var absentPrefixes = 4_096
    /// Requests that may wait for their tokens to be looked up.
    public var waiting = 4_096
    /// Uses that may wait to be noted.
    public var waitingUses = 1_024

    /// The bounds that the service uses.
    public init() {}
}
