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
    /// Codes that one session has made, or all operators together, and nobody has used: whoever makes more makes guessing easier.
    public static let codesAtMost: (ofSession: Int64, ofOperators: Int64) = (5, 1_000)
    /// Handles that are drawn before it is given up: each is free but for a millionth of what lives.
    private static let draws = 8

    let pool: Pool
    let base: BaseKey
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
            // One after another, or together they would make more than there may be.
            _ = try await transaction.query(LockToken(token: session.id))
            return try await write(
                for: caller.name, caller.scope, from: session.id, minutes: Self.usualCodeMinutes, sessionEnds: ends,
                at: now, by: caller.principal, in: transaction)
        }
    }

    private func write(
        for name: TokenName, _ scope: TokenScope, from issuer: ID<Token>?, minutes: Int64, sessionEnds: Timestamp,
        at now: Timestamp, by principal: Principal, in transaction: Transaction
    ) async throws -> IssuedSignInCode {
        let most = issuer == nil ? Self.codesAtMost.ofOperators : Self.codesAtMost.ofSession
        let waiting = try await transaction.query(LiveSignInCodes(issuer: issuer, at: now)).first ?? 0
        guard waiting < most else { throw SignInError.tooManyCodes(atMost: most) }
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
}

extension OwnerCode {
    fileprivate func foundForSigningIn(in transaction: Transaction) async throws -> Owner where Entity == Owner {
        do { return try await found(in: transaction) } catch TokenError.unknownOwner(let code) {
            throw SignInError.unknownOwner(code)
        }
    }
}
