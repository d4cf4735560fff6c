public import Postgres

/// The tokens of a base: who got one, what for, and since when no longer.
public struct Tokens: Sendable {
    /// The most tokens that one page lists.
    public static let maximumPage: Int32 = 1_000

    private let pool: Pool
    private let base: BaseKey
    private let timeZone: String

    /// The tokens of the base that the connections of `pool` belong to, with its key and where its days end.
    public init(pool: Pool, base: BaseKey, timeZone: String) {
        self.pool = pool
        self.base = base
        self.timeZone = timeZone
    }

    /// Issues a token. Its text is in the answer and nowhere else: the database keeps the prefix and a digest.
    public func issue(
        _ scope: TokenScope, name: TokenName, expiry: TokenExpiry? = nil, by principal: Principal
    ) async throws(TokenError) -> IssuedToken {
        let text = TokenText(randomIn: base)
        return try await pool.transaction(throwing: TokenError.self) { transaction in
            let now = try await transaction.now()
            let expiresAt = try await expiry?.instant(from: now, timeZone: timeZone, in: transaction)
            if let expiresAt, expiresAt <= now { throw TokenError.expiryNotAhead }
            let owner = try await scope.owner?.found(in: transaction)
            var ids = IDGenerator(at: now)
            let token = Token(
                id: ids.next(), prefix: text.prefix, scope: scope, name: name, kind: .program, family: nil,
                createdAt: now, expiresAt: expiresAt, revokedAt: nil, lastUsedAt: nil, hasExpired: false)
            _ = try await transaction.batch(
                InsertToken(token: token, owner: owner?.id, digest: text.digest),
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "token.issue", subject: text.prefix.rawValue,
                    detail: JSONB(text: #"{"role": "\#(scope.role.rawValue)"}"#), at: now))
            return IssuedToken(token: token, text: text)
        }
    }

    /// Lists tokens in the order in which they were issued, a page at a time: at most `limit`, the first ones after `after`.
    public func list(
        after: ID<Token>? = nil, limit: Int32 = maximumPage
    ) async throws(TokenError) -> [Token] {
        try await pool.rows(
            of: TokensAfter(after: after, limit: min(max(limit, 1), Self.maximumPage)), throwing: TokenError.self)
    }

    /// Revokes a token, which is dead everywhere within ``AuthenticatorLimits/trust``; revoking it again changes nothing.
    public func revoke(_ prefix: TokenPrefix, by principal: Principal) async throws(TokenError) -> Token {
        try await pool.transaction(throwing: TokenError.self) { transaction in
            let now = try await transaction.now()
            var ids = IDGenerator(at: now)
            if try await transaction.execute(RevokeToken(prefix: prefix, at: now)) == 1 {
                try await transaction.execute(
                    InsertAuditEntry(
                        id: ids.next(), principal: principal, action: "token.revoke", subject: prefix.rawValue,
                        detail: JSONB(text: "{}"), at: now))
            }
            guard let token = try await transaction.query(TokensAfter(prefix: prefix, limit: 1)).first else {
                throw TokenError.unknownToken(prefix)
            }
            return token
        }
    }
}

extension OwnerCode {
    /// The owner of this code.
    func found(in transaction: Transaction) async throws -> Owner where Entity == Owner {
        guard let owner = try await transaction.query(OwnersByCode(codes: [self])).first else {
            throw TokenError.unknownOwner(self)
        }
        return owner
    }
}
