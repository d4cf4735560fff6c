public import Postgres

/// One-time codes, and the sessions of browsers that they open.
public struct SignIn: Sendable {
    /// How long a code lives, in minutes.
    public static let codeMinutes: ClosedRange<Int64> = 1...1_440
    /// How long one lives unless somebody says otherwise.
    public static let usualCodeMinutes: Int64 = 10
    /// How long a session lives unless somebody says otherwise.
    public static let usualSession = try! TokenExpiry(days: 7)
    /// The most codes or sessions that one page lists.
    public static let maximumPage: Int32 = 1_000
    /// Handles that are drawn before it is given up: each is free but for a millionth of what lives.
    private static let draws = 8

    let pool: Pool
    private let base: BaseKey
    private let timeZone: String

    /// Signing in to the base that the connections of `pool` belong to, with its key and where its days end.
    public init(pool: Pool, base: BaseKey, timeZone: String) {
        self.pool = pool
        self.base = base
        self.timeZone = timeZone
    }

    // MARK: Codes

    /// Makes a code with which one person can sign in, once. Its text is in the answer and nowhere else.
    public func makeCode(
        for name: TokenName, _ scope: TokenScope, minutes: Int64 = usualCodeMinutes,
        session: TokenExpiry = usualSession, by principal: Principal
    ) async throws(SignInError) -> IssuedSignInCode {
        try await pool.transaction(throwing: SignInError.self) { transaction in
            let now = try await transaction.now()
            let ends = try await session.instant(from: now, timeZone: timeZone, in: transaction)
            guard ends > now else { throw SignInError.expiryNotAhead }
            return try await write(
                for: name, scope, from: nil, minutes: minutes, sessionEnds: ends, at: now, by: principal,
                in: transaction)
        }
    }

    /// Makes a code for another device of whoever asks in a session: of the same person and scope, and opening a session that
    /// ends when the asker's does.
    public func makeCode(forAnotherDeviceOf caller: Caller) async throws(SignInError) -> IssuedSignInCode {
        try await pool.transaction(throwing: SignInError.self) { transaction in
            let now = try await transaction.now()
            let sessions = try await transaction.query(
                TokensAfter(kind: .session, prefix: caller.prefix, limit: 1))
            guard let session = sessions.first, session.state == .live, let ends = session.expiresAt, ends > now else {
                throw SignInError.refused
            }
            return try await write(
                for: caller.name, caller.scope, from: session.id, minutes: Self.usualCodeMinutes, sessionEnds: ends,
                at: now, by: caller.principal, in: transaction)
        }
    }

    private func write(
        for name: TokenName, _ scope: TokenScope, from issuer: ID<Token>?, minutes: Int64, sessionEnds: Timestamp,
        at now: Timestamp, by principal: Principal, in transaction: Transaction
    ) async throws -> IssuedSignInCode {
        let owner = try await scope.owner?.foundForSigningIn(in: transaction)
        let minutes = min(max(minutes, Self.codeMinutes.lowerBound), Self.codeMinutes.upperBound)
        for _ in 0..<Self.draws {
            let text = SignInCodeText()
            let code = SignInCode(
                handle: text.handle, scope: scope, name: name, issuer: issuer, createdAt: now,
                expiresAt: now.advanced(by: .seconds(60 * minutes)), sessionExpiresAt: sessionEnds, wrongTries: 0,
                usedAt: nil, revokedAt: nil, hasExpired: false)
            guard
                try await transaction.execute(
                    InsertSignInCode(code: code, owner: owner?.id, digest: text.digest)) == 1
            else { continue }
            try await transaction.record(
                "signin.code", of: text.handle.rawValue, by: principal, at: now,
                detail: #"{"role": "\#(scope.role.rawValue)"}"#)
            return IssuedSignInCode(code: code, text: text)
        }
        throw SignInError.crowded
    }

    /// The codes of the last two days, in the order in which they were made.
    public func codes() async throws(SignInError) -> [SignInCode] {
        try await pool.rows(of: RecentSignInCodes(limit: Self.maximumPage), throwing: SignInError.self)
    }

    /// Calls a code off; one that is dead already stays as it is.
    public func revokeCode(_ handle: SignInHandle, by principal: Principal) async throws(SignInError) {
        try await pool.transaction(throwing: SignInError.self) { transaction in
            let now = try await transaction.now()
            guard let row = try await transaction.query(LockSignInCode(handle: handle, at: now)).first else {
                throw SignInError.unknownCode(handle)
            }
            guard row.code.state == .live else { return }
            try await transaction.execute(
                UpdateSignInCode(handle: handle, wrongTries: row.code.wrongTries, usedAt: nil, revokedAt: now))
            try await transaction.record("signin.cancel", of: handle.rawValue, by: principal, at: now)
        }
    }

    // MARK: Signing in

    /// Opens a session for whoever typed this, and uses the code up.
    ///
    /// Whatever is wrong with it is refused in one way. A session is always new: nobody signs in to one that was there before.
    public func enter(_ text: SignInCodeText) async throws(SignInError) -> IssuedToken {
        let session = TokenText(randomIn: base, as: .session)
        // A refusal is no error of the transaction, which has to keep the wrong try.
        let issued = try await pool.transaction(throwing: SignInError.self) { transaction -> IssuedToken? in
            let now = try await transaction.now()
            guard let row = try await transaction.query(LockSignInCode(handle: text.handle, at: now)).first else {
                return nil
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

extension OwnerCode {
    fileprivate func foundForSigningIn(in transaction: Transaction) async throws -> Owner where Entity == Owner {
        do { return try await found(in: transaction) } catch TokenError.unknownOwner(let code) {
            throw SignInError.unknownOwner(code)
        }
    }
}

extension Principal {
    /// Whoever guesses at codes.
    fileprivate static let nobody = try! Principal(name: "nobody", origin: "sign-in page")
}
