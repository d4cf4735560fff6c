public import Postgres

/// The keys of overlays: each reads the stock of a few SKUs, for a while, and can do nothing else.
public struct Overlays: Sendable {
    /// How long a key lives unless somebody says otherwise.
    public static let usualExpiry = try! TokenExpiry(days: 7)
    /// The most keys that one page lists.
    public static let maximumPage: Int32 = 1_000

    private let pool: Pool
    private let base: BaseKey
    private let timeZone: String

    /// The keys of the base that the connections of `pool` belong to, with its key and where its days end.
    public init(pool: Pool, base: BaseKey, timeZone: String) {
        self.pool = pool
        self.base = base
        self.timeZone = timeZone
    }

    /// Makes a key that shows these SKUs; with an owner, of that owner's goods alone. Its text is in the answer and nowhere else.
    public func make(
        showing skus: [SKUCode], ofOwner owner: OwnerCode? = nil, name: TokenName, expiry: TokenExpiry = usualExpiry,
        by principal: Principal
    ) async throws(OverlayError) -> IssuedOverlayKey {
        guard (1...OverlayKey.skusAtMost).contains(skus.count), Set(skus).count == skus.count else { throw .unfitSKUs }
        guard let scope = try? TokenScope(role: owner == nil ? .host : .cooperative, owner: owner) else {
            preconditionFailure("a cooperative has an owner and a host has none")
        }
        let text = TokenText(randomIn: base, as: .overlay)
        return try await pool.transaction(throwing: OverlayError.self) { transaction in
            let now = try await transaction.now()
            let ends = try await expiry.instant(from: now, timeZone: timeZone, in: transaction)
            guard ends > now else { throw OverlayError.expiryNotAhead }
            let found = try await owner?.foundForOverlay(in: transaction)
            let rows = try await transaction.query(OverlaySKUs(codes: skus, owner: found?.id))
            for sku in skus where !rows.contains(where: { $0.code == sku }) { throw OverlayError.unknownSKU(sku) }
            var ids = IDGenerator(at: now)
            let token = Token(
                id: ids.next(), prefix: text.prefix, scope: scope, name: name, kind: .overlay, family: nil,
                createdAt: now, expiresAt: ends, revokedAt: nil, lastUsedAt: nil, hasExpired: false)
            _ = try await transaction.batch(
                InsertToken(token: token, owner: found?.id, digest: text.digest),
                InsertOverlaySKUs(token: token.id, skus: rows.map(\.id)),
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "overlay.create", subject: text.prefix.rawValue,
                    detail: JSONB(text: "{}"), at: now))
            return IssuedOverlayKey(key: OverlayKey(token: token, skus: skus), text: text)
        }
    }

    /// Lists keys in the order in which they were made, a page at a time.
    public func list(after: ID<Token>? = nil, limit: Int32 = maximumPage) async throws(OverlayError) -> [OverlayKey] {
        let limit = min(max(limit, 1), Self.maximumPage)
        return try await pool.transaction(throwing: OverlayError.self, .repeatableRead, .readOnly) { transaction in
            let tokens = try await transaction.query(TokensAfter(kind: .overlay, after: after, limit: limit))
            return try await transaction.keys(of: tokens)
        }
    }

    /// Ends a key, which is dead everywhere within ``AuthenticatorLimits/trust``; ending it again changes nothing.
    public func revoke(_ prefix: TokenPrefix, by principal: Principal) async throws(OverlayError) -> OverlayKey {
        try await pool.transaction(throwing: OverlayError.self) { transaction in
            let now = try await transaction.now()
            if try await transaction.execute(RevokeToken(prefix: prefix, kind: .overlay, at: now)) == 1 {
                try await transaction.record("overlay.revoke", of: prefix.rawValue, by: principal, at: now)
            }
            let tokens = try await transaction.query(TokensAfter(kind: .overlay, prefix: prefix, limit: 1))
            guard let key = try await transaction.keys(of: tokens).first else { throw OverlayError.unknownKey(prefix) }
            return key
        }
    }
}

extension Transaction {
    /// The keys of these tokens.
    fileprivate func keys(of tokens: [Token]) async throws -> [OverlayKey] {
        let shown = try await query(SKUsOfOverlays(tokens: tokens.map(\.id)))
        let skus = Dictionary(grouping: shown, by: \.token)
        return tokens.map { OverlayKey(token: $0, skus: skus[$0.id, default: []].map(\.sku)) }
    }
}

extension OwnerCode {
    fileprivate func foundForOverlay(in transaction: Transaction) async throws -> Owner where Entity == Owner {
        do { return try await found(in: transaction) } catch TokenError.unknownOwner(let code) {
            throw OverlayError.unknownOwner(code)
        }
    }
}
