import Postgres

/// Seals in order, from one number on.
struct SealsAfter: Statement {
    let number: Int64
    let limit: Int32

    static let sql = """
        SELECT number, from_id, through_id, row_count, contents, digest, sealed_at
        FROM audit_seal
        WHERE number > $1
        ORDER BY number
        LIMIT $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(number)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Seal {
        let number: Int64 = try row.next()
        let from: ID<AuditEntry> = try row.next()
        let through: ID<AuditEntry> = try row.next()
        // The table's CHECK holds them in order; whoever took that away is found out by the digest.
        return Seal(
            number: number, range: min(from, through)...max(from, through), count: try row.next(),
            contents: try row.next(), digest: try row.next(), sealedAt: try row.next())
    }
}

/// The end of the chain: the last seal's number, digest and last row.
struct LastSeal: Statement {
    struct Row: Sendable {
        let number: Int64
        let digest: Bytea
        let through: ID<AuditEntry>
    }

    static let sql = """
        SELECT number, digest, through_id
        FROM audit_seal
        ORDER BY number DESC
        LIMIT 1
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Row {
        Row(number: try row.next(), digest: try row.next(), through: try row.next())
    }
}

/// Appends a seal; writes nothing when another sealer was first.
struct InsertSeal: Command {
    let seal: Seal

    static let sql = """
        INSERT INTO audit_seal (number, from_id, through_id, row_count, contents, digest, sealed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (number) DO NOTHING
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(seal.number)
        parameters.append(seal.range.lowerBound)
        parameters.append(seal.range.upperBound)
        parameters.append(seal.count)
        parameters.append(seal.contents)
        parameters.append(seal.digest)
        parameters.append(seal.sealedAt)
    }
}

/// When the oldest of the other transactions began that this role runs in this database; null when there is none.
struct OldestTransaction: Statement {
    static let sql = """
        SELECT min(xact_start)
        FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Timestamp? {
        try row.next()
    }
}

/// The rows of the audit log between two ids, the second one included, in the order of ids.
///
/// What stands in a row is hashed as PostgreSQL writes a JSON array of it, which no two different rows have in common.
struct AuditContents: Statement {
    let after: ID<AuditEntry>
    let through: ID<AuditEntry>
    let limit: Int32

    static let sql = """
        SELECT id, sha256(convert_to(jsonb_build_array(actor, origin, action, subject, detail,
            (extract(epoch FROM recorded_at) * 1000000)::bigint)::text, 'UTF8'))
        FROM audit
        WHERE id > $1 AND id <= $2
        ORDER BY id
        LIMIT $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(after)
        parameters.append(through)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> AuditContent {
        AuditContent(id: try row.next(), digest: try row.next())
    }
}

/// How many rows of the audit log stand after an id.
struct AuditRowsAfter: Statement {
    let id: ID<AuditEntry>

    static let sql = "SELECT count(*) FROM audit WHERE id > $1"

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 {
        try row.next()
    }
}
