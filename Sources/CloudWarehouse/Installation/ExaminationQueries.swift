import Postgres

/// What the server is and how it keeps data.
struct ServerFacts: Statement {
    struct Row: Sendable {
        let version: Int32
        let transport: Finding.Transport
        let encoding: String
        let collation: String
        let characterType: String
        let durability: Finding
    }

    static let sql = """
        SELECT current_setting('server_version_num')::integer, inet_server_addr() IS NULL,
            COALESCE(inet_client_addr() <<= inet '127.0.0.0/8' OR inet_client_addr() = inet '::1', false),
            (SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl),
            pg_encoding_to_char(database.encoding), database.datcollate, database.datctype,
            current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes')
        FROM pg_database AS database
        WHERE database.datname = current_database()
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Row {
        Row(
            version: try row.next(),
            transport: transport(isSocket: try row.next(), isLoopback: try row.next(), tls: try row.next()),
            encoding: try row.next(), collation: try row.next(), characterType: try row.next(),
            durability: .durability(
                fsync: try row.next(), synchronousCommit: try row.next(), fullPageWrites: try row.next()))
    }

    private static func transport(isSocket: Bool, isLoopback: Bool, tls: String?) -> Finding.Transport {
        if isSocket { return .socket }
        if let tls { return .tls(tls) }
        return isLoopback ? .loopback : .plain
    }
}

/// Who is connected, and who owns the installation: the register's owner, or the database's before there is one.
struct SessionFacts: Statement {
    struct Row: Sendable {
        let role: String
        let isSuperuser: Bool
        let owner: String
        let ownerMayCreate: Bool
    }

    static let sql = """
        SELECT session.rolname::text, session.rolsuper, owner.rolname::text,
            has_database_privilege(owner.oid, database.oid, 'CREATE')
        FROM pg_database AS database
        JOIN pg_roles AS session ON session.rolname = current_user
        JOIN pg_roles AS owner ON owner.oid = COALESCE(
            (SELECT nspowner FROM pg_namespace WHERE nspname = 'yuncang'), database.datdba)
        WHERE database.datname = current_database()
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Row {
        Row(role: try row.next(), isSuperuser: try row.next(), owner: try row.next(), ownerMayCreate: try row.next())
    }
}

/// Which database of which server this is, and whether this role owns the installation in it.
struct DatabaseIdentity: Statement {
    struct Row: Sendable {
        let serverStart: Timestamp
        let database: String
        let role: String
        let owner: String
        let isOwner: Bool
    }

    static let sql = """
        SELECT pg_postmaster_start_time(), current_database()::text, current_user::text, owner.rolname::text,
            pg_has_role(owner.oid, 'USAGE')
        FROM pg_database AS database
        JOIN pg_roles AS owner ON owner.oid = COALESCE(
            (SELECT nspowner FROM pg_namespace WHERE nspname = 'yuncang'), database.datdba)
        WHERE database.datname = current_database()
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Row {
        Row(
            serverStart: try row.next(), database: try row.next(), role: try row.next(), owner: try row.next(),
            isOwner: try row.next())
    }
}

/// What the role that serves may do; no row when there is no such role.
struct ServiceRightsOf: Statement {
    let role: String

    static let sql = """
        SELECT role.rolsuper, role.rolcanlogin,
            (SELECT count(*) FROM pg_class WHERE pg_class.relowner = role.oid),
            has_database_privilege(role.oid, current_database(), 'CREATE')
                OR EXISTS (
                    SELECT FROM pg_namespace AS namespace
                    WHERE (namespace.nspname = 'yuncang' OR namespace.nspname LIKE 'base\\_%')
                        AND has_schema_privilege(role.oid, namespace.oid, 'CREATE'))
        FROM pg_roles AS role
        WHERE role.rolname = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(role)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ServiceRights {
        ServiceRights(
            isSuperuser: try row.next(), canLogIn: try row.next(), ownedRelations: try row.next(),
            mayCreate: try row.next())
    }
}

/// How busy and how large the database is.
struct LoadFacts: Statement {
    struct Row: Sendable {
        let connectionLimit: Int64
        let connections: Int64
        let databaseBytes: Int64
        let prepared: Int64
        let oldestSeconds: Int64
    }

    static let sql = """
        SELECT current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint,
            (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()),
            pg_database_size(current_database()),
            (SELECT count(*) FROM pg_prepared_xacts),
            COALESCE((SELECT extract(epoch FROM max(clock_timestamp() - xact_start))::bigint FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'), 0)
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Row {
        Row(
            connectionLimit: try row.next(), connections: try row.next(), databaseBytes: try row.next(),
            prepared: try row.next(), oldestSeconds: try row.next())
    }
}
