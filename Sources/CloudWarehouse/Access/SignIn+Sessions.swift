import Postgres

extension SignIn {
    /// The sessions of browsers, in the order in which they were opened, a page at a time; of one family, where it is given.
    public func sessions(
        of family: ID<Token>? = nil, after: ID<Token>? = nil, limit: Int32 = maximumPage
    ) async throws(SignInError) -> [Token] {
        try await pool.rows(
            of: TokensAfter(
                kind: .session, family: family, after: after, limit: min(max(limit, 1), Self.maximumPage)),
            throwing: SignInError.self)
    }

    /// Ends a session, which is dead everywhere within ``AuthenticatorLimits/trust``; ending it again changes nothing.
    ///
    /// - Parameter family: Only one of this family, where it is given: another one is not there.
    public func end(
        _ prefix: TokenPrefix, of family: ID<Token>? = nil, by principal: Principal
    ) async throws(SignInError) -> Token {
        try await pool.transaction(throwing: SignInError.self) { transaction in
            let now = try await transaction.now()
            let query = TokensAfter(kind: .session, family: family, prefix: prefix, limit: 1)
            guard try await !transaction.query(query).isEmpty else { throw SignInError.unknownSession(prefix) }
            if try await transaction.execute(RevokeToken(prefix: prefix, kind: .session, at: now)) == 1 {
                try await transaction.record("session.end", of: prefix.rawValue, by: principal, at: now)
            }
            guard let token = try await transaction.query(query).first else { throw SignInError.unknownSession(prefix) }
            return token
        }
    }

    /// Ends a session and every other of its family, with the codes that were made from them; all of them as they are now.
    public func endFamily(
        of prefix: TokenPrefix, by principal: Principal
    ) async throws(SignInError) -> [Token] {
        try await pool.transaction(throwing: SignInError.self) { transaction in
            let now = try await transaction.now()
            let asked = try await transaction.query(TokensAfter(kind: .session, prefix: prefix, limit: 1))
            guard let family = asked.first?.family else { throw SignInError.unknownSession(prefix) }
            // Once those that are there are ended, no more can come of them; one may have come until then.
            while true {
                let ended = try await transaction.query(EndSessions(family: family, at: now))
                if ended.isEmpty { break }
                for prefix in ended {
                    try await transaction.record("session.end", of: prefix.rawValue, by: principal, at: now)
                }
            }
            var sessions: [Token] = []
            while true {
                let page = try await transaction.query(
                    TokensAfter(kind: .session, family: family, after: sessions.last?.id, limit: Self.maximumPage))
                sessions += page
                if page.count < Int(Self.maximumPage) { return sessions }
            }
        }
    }
}
