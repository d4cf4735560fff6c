import Postgres

/// Writes a new code, in the place of one of its handle whose time is over; writes nothing where one lives.
struct InsertSignInCode: Command {
    let code: SignInCode
    let owner: ID<Owner>?
    let digest: TokenDigest

    static let sql = """
        INSERT INTO sign_in_code AS old (handle, digest, role, owner_id, source, name, issuer_id, created_at, expires_at,
            session_expires_at, wrong_tries)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
        ON CONFLICT (handle) DO UPDATE SET digest = EXCLUDED.digest, role = EXCLUDED.role, owner_id = EXCLUDED.owner_id,
            source = EXCLUDED.source, name = EXCLUDED.name, issuer_id = EXCLUDED.issuer_id,
            created_at = EXCLUDED.created_at, expires_at = EXCLUDED.expires_at,
            session_expires_at = EXCLUDED.session_expires_at, wrong_tries = 0, used_at = NULL, revoked_at = NULL
        WHERE old.expires_at <= EXCLUDED.created_at
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(code.handle)
        parameters.append(digest)
        parameters.append(code.scope.role)
        parameters.append(owner)
        parameters.append(code.scope.source)
        parameters.append(code.name)
        parameters.append(code.issuer)
        parameters.append(code.createdAt)
        parameters.append(code.expiresAt)
        parameters.append(code.sessionExpiresAt)
    }
}

/// How many codes live that were made from a session, or by operators where there is none.
struct LiveSignInCodes: Statement {
    let issuer: ID<Token>?
    let at: Timestamp

    static let sql = """
        SELECT count(*) FROM sign_in_code
        WHERE issuer_id IS NOT DISTINCT FROM $1 AND expires_at > $2
            AND used_at IS NULL AND revoked_at IS NULL AND wrong_tries < 5
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(issuer)
        parameters.append(at)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 {
        try row.next()
    }
}

/// Locks the code of a handle and reads it as it is under the lock, with its owner's id.
struct LockSignInCode: Statement {
    /// What is needed to decide and to open a session.
    struct Row: Sendable {
        let code: SignInCode
        let digest: TokenDigest
        let owner: ID<Owner>?
    }

    let handle: SignInHandle
    let at: Timestamp

    static let sql = """
        SELECT code.handle, code.role, owner.code, code.source, code.name, code.issuer_id, code.created_at,
            code.expires_at, code.session_expires_at, code.wrong_tries, code.used_at, code.revoked_at,
            code.expires_at <= $2, code.digest, code.owner_id
        FROM sign_in_code AS code
        LEFT JOIN owner ON owner.id = code.owner_id
        WHERE code.handle = $1
        FOR NO KEY UPDATE OF code
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(handle)
        parameters.append(at)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Row {
        Row(code: try SignInCode(&row), digest: try row.next(), owner: try row.next())
    }
}

/// Finds a session's family if it is still good, and keeps anybody from ending it before this transaction does: whoever ends a
/// whole family sees what was opened from it.
struct FamilyOfLiveSession: Statement {
    let session: ID<Token>
    let at: Timestamp

    static let sql = """
        SELECT family_id FROM token
        WHERE id = $1 AND kind = 'session' AND revoked_at IS NULL AND expires_at > $2
        FOR SHARE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(session)
        parameters.append(at)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<Token>? {
        try row.next()
    }
}

/// Writes what has become of a code.
struct UpdateSignInCode: Command {
    let handle: SignInHandle
    let wrongTries: Int16
    let usedAt: Timestamp?
    let revokedAt: Timestamp?

    static let sql = """
        UPDATE sign_in_code SET wrong_tries = $2, used_at = $3, revoked_at = $4 WHERE handle = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(handle)
        parameters.append(wrongTries)
        parameters.append(usedAt)
        parameters.append(revokedAt)
    }
}

/// The codes of the last days, the newest last.
struct RecentSignInCodes: Statement {
    let limit: Int32

    static let sql = """
        SELECT code.handle, code.role, owner.code, code.source, code.name, code.issuer_id, code.created_at,
            code.expires_at, code.session_expires_at, code.wrong_tries, code.used_at, code.revoked_at,
            code.expires_at <= statement_timestamp()
        FROM sign_in_code AS code
        LEFT JOIN owner ON owner.id = code.owner_id
        WHERE code.created_at > statement_timestamp() - interval '2 days'
        ORDER BY code.created_at, code.handle
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> SignInCode {
        try SignInCode(&row)
    }
}

extension SignInCode {
    /// Reads the columns in their order.
    fileprivate init(_ row: inout RowDecoder) throws(DecodingFailure) {
        self.init(
            handle: try row.next(), scope: try TokenScope(&row), name: try row.next(), issuer: try row.next(),
            createdAt: try row.next(), expiresAt: try row.next(), sessionExpiresAt: try row.next(),
            wrongTries: try row.next(), usedAt: try row.next(), revokedAt: try row.next(), hasExpired: try row.next())
    }
}
