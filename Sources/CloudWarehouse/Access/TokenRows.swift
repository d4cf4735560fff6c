import Postgres

/// Writes a new token.
struct InsertToken: Command {
    let token: Token
    let owner: ID<Owner>?
    let digest: TokenDigest

    static let sql = """
        INSERT INTO token (id, prefix, digest, role, owner_id, source, name, created_at, expires_at, kind, family_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(token.id)
        parameters.append(token.prefix)
        parameters.append(digest)
        parameters.append(token.scope.role)
        parameters.append(owner)
        parameters.append(token.scope.source)
        parameters.append(token.name)
        parameters.append(token.createdAt)
        parameters.append(token.expiresAt)
        parameters.append(token.kind)
        parameters.append(token.family)
    }
}

/// Ends a token of a kind; one that was revoked before keeps its time, and no row is written.
struct RevokeToken: Command {
    let prefix: TokenPrefix
    var kind = TokenKind.program
    let at: Timestamp

    static let sql = """
        UPDATE token SET revoked_at = $2 WHERE prefix = $1 AND kind = $3 AND revoked_at IS NULL
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(prefix)
        parameters.append(at)
        parameters.append(kind)
    }
}

/// Ends all sessions of a family that live, and tells which.
struct EndSessions: Statement {
    let family: ID<Token>
    let at: Timestamp

    static let sql = """
        UPDATE token SET revoked_at = $2
        WHERE id IN (
            SELECT id FROM token
            WHERE family_id = $1 AND kind = 'session' AND revoked_at IS NULL AND expires_at > $2
            ORDER BY id
            FOR NO KEY UPDATE
        )
        RETURNING prefix
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(family)
        parameters.append(at)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> TokenPrefix {
        try row.next()
    }
}

/// Locks a token's row.
struct LockToken: Statement {
    let token: ID<Token>

    static let sql = "SELECT id FROM token WHERE id = $1 FOR NO KEY UPDATE"

    func bind(to parameters: inout Parameters) {
        parameters.append(token)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<Token> {
        try row.next()
    }
}

/// Lists tokens of a kind in the order in which they were issued, a page at a time, or finds the one of a prefix.
struct TokensAfter: Statement {
    var kind = TokenKind.program
    /// Only those of this family.
    var family: ID<Token>?
    /// Only the one of this prefix, when there is one.
    var prefix: TokenPrefix?
    /// The last token of the page before; nil for the first page.
    var after: ID<Token>?
    let limit: Int32

    static let sql = """
        SELECT token.id, token.prefix, token.role, owner.code, token.source, token.name, token.kind,
            token.family_id, token.created_at,
            token.expires_at, token.revoked_at, token.last_used_at,
            coalesce(token.expires_at <= statement_timestamp(), false)
        FROM token
        LEFT JOIN owner ON owner.id = token.owner_id
        WHERE ($1::text IS NULL OR token.prefix = $1) AND ($2::uuid IS NULL OR token.id > $2)
            AND token.kind = $4 AND ($5::uuid IS NULL OR token.family_id = $5)
        ORDER BY token.id
        LIMIT $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(prefix)
        parameters.append(after)
        parameters.append(limit)
        parameters.append(kind)
        parameters.append(family)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Token {
        Token(
            id: try row.next(), prefix: try row.next(), scope: try TokenScope(&row), name: try row.next(),
            kind: try row.next(), family: try row.next(), createdAt: try row.next(), expiresAt: try row.next(),
            revokedAt: try row.next(), lastUsedAt: try row.next(),
            hasExpired: try row.next())
    }
}
