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
        SELECT token.id, token.prefix, token.role, owner.code, token.source, token.name,
            token.kind, token.family_id,
            CASE WHEN token.kind = 'overlay' THEN ARRAY(
                SELECT sku.code FROM overlay_sku JOIN sku ON sku.id = overlay_sku.sku_id
                WHERE overlay_sku.token_id = token.id ORDER BY overlay_sku.position
            ) END,
            token.digest,
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
                token: try row.next(), prefix: try row.next(), scope: try TokenScope(&row), name: try row.next(),
                bearing: try Caller.Bearing(&row)),
            digest: try row.next(), remaining: try row.next(Int64?.self).map { .microseconds($0) })
    }
}

extension Caller.Bearing {
    /// Reads kind, family and SKUs.
    fileprivate init(_ row: inout RowDecoder) throws(DecodingFailure) {
        let (kind, family, skus) = (
            try row.next(TokenKind.self), try row.next(ID<Token>?.self), try row.next([SKUCode]?.self)
        )
        switch (kind, family) {
        case (.session, let family?): self = .session(family: family)
        case (.overlay, _): self = .overlay(skus ?? [])
        case (.program, _): self = .program
        case (.session, nil): throw .malformed("a session without a family")
        }
    }
}
