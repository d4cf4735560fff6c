import Postgres

/// A token that was neither revoked nor expired when the database was asked.
struct LiveToken: Sendable {
    let caller: Caller
    let digest: TokenDigest
    /// How long it had yet to live by the database's clock; nil for ever.
    let remaining: Duration?
}

/// Finds the tokens of these prefixes that are good for anything; the others are not there, for whatever reason.
struct LiveTokensByPrefix: Statement {
    let prefixes: [TokenPrefix]

    static let sql = """
        SELECT token.id, token.prefix, token.role, owner.code, token.source, token.name, token.digest,
            (extract(epoch FROM token.expires_at - statement_timestamp()) * 1000000)::bigint
        FROM token
        LEFT JOIN owner ON owner.id = token.owner_id
        WHERE token.prefix = ANY ($1) AND token.revoked_at IS NULL
            AND (token.expires_at IS NULL OR token.expires_at > statement_timestamp())
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(prefixes)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> LiveToken {
        LiveToken(
            caller: Caller(
                token: try row.next(), prefix: try row.next(), scope: try TokenScope(&row), name: try row.next()),
            digest: try row.next(), remaining: try row.next(Int64?.self).map { .microseconds($0) })
    }
}
