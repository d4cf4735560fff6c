import Postgres

extension SignIn {
    /// Opens a session for whoever typed this, and uses the code up.
    ///
    /// Whatever is wrong with it is refused in one way. A session is always new: nobody signs in to one that was there before.
    /// After a COMMIT that nobody answered the code is looked at again: a session that was opened is found, and one that was
    /// not is opened now.
    /// - Parameter before: Whoever signs in anew: their session ends with this one's beginning, or neither happens.
    public func enter(
        _ text: SignInCodeText, leaving before: Caller? = nil
    ) async throws(SignInError) -> IssuedToken {
        let session = TokenText(randomIn: base, as: .session)
        do throws(SignInError) {
            return try await enter(text, as: session, leaving: before, looksUp: false)
        } catch .database(.commitOutcomeUnknown) {
            return try await enter(text, as: session, leaving: before, looksUp: true)
        } catch {
            throw error
        }
    }

    /// - Parameter looksUp: An attempt before this one may have taken effect.
    private func enter(
        _ text: SignInCodeText, as session: TokenText, leaving before: Caller?, looksUp: Bool
    ) async throws(SignInError) -> IssuedToken {
        // A refusal is no error of the transaction, which has to keep the wrong try.
        let issued = try await pool.transaction(throwing: SignInError.self) { transaction -> IssuedToken? in
            let now = try await transaction.now()
            guard let row = try await transaction.query(LockSignInCode(handle: text.handle, at: now)).first else {
                return nil
            }
            if looksUp, row.code.usedAt != nil {
                let opened = try await transaction.query(
                    TokensAfter(kind: .session, prefix: session.prefix, limit: 1))
                return opened.first.map { IssuedToken(token: $0, text: session) }
            }
            let family = try await family(of: row.code.issuer, at: now, in: transaction)
            let decision = SignInDecision(
                typed: text.digest, stored: row.digest, of: row.code,
                issuerLives: row.code.issuer == nil || family != nil)
            switch decision {
            case .dead: return nil
            case .wrong(let tries):
                try await transaction.execute(
                    UpdateSignInCode(handle: text.handle, wrongTries: tries, usedAt: nil, revokedAt: nil))
                if tries >= SignInCode.triesAtMost {
                    try await transaction.record("signin.burn", of: text.handle.rawValue, by: .nobody, at: now)
                }
                return nil
            case .open:
                let token = try await open(session, by: row, family: family, at: now, in: transaction)
                if let before,
                    try await transaction.execute(
                        RevokeToken(prefix: before.prefix, kind: .session, at: now)) == 1
                {
                    try await transaction.record(
                        "session.end", of: before.prefix.rawValue, by: before.principal, at: now)
                }
                return IssuedToken(token: token, text: session)
            }
        }
        guard let issued else { throw .refused }
        return issued
    }

    private func family(
        of issuer: ID<Token>?, at now: Timestamp, in transaction: Transaction
    ) async throws -> ID<Token>? {
        guard let issuer else { return nil }
        return try await transaction.query(FamilyOfLiveSession(session: issuer, at: now)).first ?? nil
    }

    private func open(
        _ text: TokenText, by row: LockSignInCode.Row, family: ID<Token>?, at now: Timestamp,
        in transaction: Transaction
    ) async throws -> Token {
        var ids = IDGenerator(at: now)
        let id = ids.next(Token.self)
        let code = row.code
        let token = Token(
            id: id, prefix: text.prefix, scope: code.scope, name: code.name, kind: .session, family: family ?? id,
            createdAt: now, expiresAt: code.sessionExpiresAt, revokedAt: nil, lastUsedAt: nil, hasExpired: false)
        guard let principal = try? Principal(name: code.name.rawValue, origin: "session \(text.prefix)") else {
            preconditionFailure("a token's name is longer than a principal's")
        }
        _ = try await transaction.batch(
            UpdateSignInCode(handle: code.handle, wrongTries: code.wrongTries, usedAt: now, revokedAt: nil),
            InsertToken(token: token, owner: row.owner, digest: text.digest),
            InsertAuditEntry(
                id: ids.next(), principal: principal, action: "signin.enter", subject: code.handle.rawValue,
                detail: JSONB(text: #"{"role": "\#(code.scope.role.rawValue)"}"#), at: now))
        return token
    }
}

extension Principal {
    /// Whoever guesses at codes.
    fileprivate static let nobody = try! Principal(name: "nobody", origin: "sign-in page")
}
