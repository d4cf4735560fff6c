internal import CloudWarehouse

extension Finding {
    /// What to do about a finding that is not as it should be, and commands that help.
    var advice: (remedy: Text?, next: [NextStep]) {
        switch self {
        case .version: (Self.upgrade, [])
        case .transport: (Self.encrypt, [])
        case .text: (Self.makeAnew, [])
        case .session: (Self.serveModestly, [])
        case .owner(let role, _): (Self.letCreate(role), [])
        case .service(let rights): (rights.map(\.remedy) ?? Self.createService, rights == nil ? [.migrate] : [])
        case .schema(let condition): condition.advice
        case .hidden: (Self.reveal, [])
        case .bases:
            (Text(en: "create one, as the schema's owner", zh: "以 schema 所有者的身份创建一个"), [.createBase(key: "KEY")])
        case .partitions:
            (
                Text(
                    en: "make them, as the schema's owner, and let a timer do so once a day",
                    zh: "以 schema 所有者的身份建好，并让定时器每天运行一次"), [.maintain]
            )
        case .durability: (Self.keepWhatIsCommitted, [])
        case .connections: (Self.makeRoom, [])
        case .clock: (Self.setClock, [])
        case .size: (nil, [])
        case .vacuum: (Self.endOld, [])
        case .ownerSession: (Self.setOwnerURL, [])
        }
    }

    private static let upgrade = Text(
        en: "upgrade the server with pg_upgrade, or connect to another one", zh: "用 pg_upgrade 升级服务器，或连接另一台")

    private static let encrypt = Text(
        en: "switch TLS on (ssl = on in postgresql.conf), and add sslmode=verify-full to the URL",
        zh: "启用 TLS（postgresql.conf 中 ssl = on），并在 URL 中加上 sslmode=verify-full")

    private static let makeAnew = Text(
        en: """
            dump it, create it anew (CREATE DATABASE name OWNER yuncang_owner TEMPLATE template0 ENCODING 'UTF8' \
            LOCALE 'C.UTF-8';), and restore the dump
            """,
        zh: """
            导出数据，重新创建数据库（CREATE DATABASE name OWNER yuncang_owner TEMPLATE template0 ENCODING 'UTF8' \
            LOCALE 'C.UTF-8';），再恢复数据
            """)

    private static let serveModestly = Text(
        en: "let YUNCANG_DATABASE_URL name the role \(Installation.serviceRole), which cannot rewrite history",
        zh: "让 YUNCANG_DATABASE_URL 使用角色 \(Installation.serviceRole)，它不能改写历史")

    private static func letCreate(_ role: String) -> Text {
        Text(
            en: "as a superuser: GRANT CREATE ON DATABASE name TO \(role);",
            zh: "以超级用户执行：GRANT CREATE ON DATABASE name TO \(role);")
    }

    private static let createService = Text(
        en: """
            as a superuser: CREATE ROLE \(Installation.serviceRole) LOGIN; and then, in psql: \
            \\password \(Installation.serviceRole)
            """,
        zh: """
            以超级用户执行：CREATE ROLE \(Installation.serviceRole) LOGIN; 然后在 psql 中执行：\
            \\password \(Installation.serviceRole)
            """)

    private static let reveal = Text(
        en: "connect as \(Installation.serviceRole) or as the schema's owner",
        zh: "以 \(Installation.serviceRole) 或 schema 所有者的身份连接")

    private static let keepWhatIsCommitted = Text(
        en: """
            a crash could lose what was answered: as a superuser, ALTER SYSTEM RESET fsync, synchronous_commit and \
            full_page_writes, and remove them from postgresql.conf; then SELECT pg_reload_conf();
            """,
        zh: """
            崩溃时可能丢失已答复的数据：以超级用户 ALTER SYSTEM RESET fsync、synchronous_commit 和 full_page_writes，\
            并从 postgresql.conf 中删除，然后 SELECT pg_reload_conf();
            """)

    private static let makeRoom = Text(
        en: "end what is idle, lower --connections, or raise max_connections",
        zh: "结束空闲的连接，调小 --connections，或调大 max_connections")

    private static let setClock = Text(
        en: "keep both machines' time by NTP (chrony, systemd-timesyncd); the database's clock decides in any case",
        zh: "让两台机器都用 NTP 对时（chrony、systemd-timesyncd）；一切以数据库的时钟为准")

    private static let endOld = Text(
        en: """
            end it: pg_prepared_xacts lists prepared transactions (ROLLBACK PREPARED), pg_stat_activity the others \
            (pg_terminate_backend)
            """,
        zh: """
            结束它：pg_prepared_xacts 列出预备事务（ROLLBACK PREPARED），pg_stat_activity 列出其他事务\
            （pg_terminate_backend）
            """)

    private static let setOwnerURL = Text(
        en: "let YUNCANG_OWNER_URL name the same database, and the role that owns its schemas",
        zh: "让 YUNCANG_OWNER_URL 指向同一个数据库，并使用拥有其 schema 的角色")
}

extension ServiceRights {
    fileprivate var remedy: Text {
        let role = Installation.serviceRole
        var commands: [String] = []
        if !canLogIn { commands.append("ALTER ROLE \(role) LOGIN;") }
        if isSuperuser { commands.append("ALTER ROLE \(role) NOSUPERUSER;") }
        if ownedRelations > 0 { commands.append("REASSIGN OWNED BY \(role) TO yuncang_owner;") }
        if mayCreate && !isSuperuser {
            commands.append("REVOKE CREATE ON DATABASE name FROM \(role); REVOKE CREATE ON SCHEMA name FROM \(role);")
        }
        let text = commands.joined(separator: " ")
        return Text(en: "as a superuser: \(text)", zh: "以超级用户执行：\(text)")
    }
}

extension SchemaCondition {
    fileprivate var advice: (remedy: Text?, next: [NextStep]) {
        let failure: CommandFailure
        switch state {
        case .current: return (nil, [])
        case .pending(let names): failure = .pending(names, in: schema)
        case .unusable(let cause): failure = cause.commandFailure(in: schema)
        }
        let diagnosis = Diagnosis(.schema, failure)
        return (diagnosis.remedy, diagnosis.next)
    }
}
