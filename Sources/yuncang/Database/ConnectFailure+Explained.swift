internal import Postgres

extension ConnectFailure: ExplainedFailure {
    /// Why there is no connection, and what to do.
    var commandFailure: CommandFailure {
        var failure = explanation
        failure.why = failure.why ?? text
        if failure.next.isEmpty { failure.next = [.doctor] }
        return failure
    }

    /// Whether waiting may help a service that starts: the database is down, starting, full, or about to be made.
    var mayPass: Bool {
        if lacksPassword { return false }
        return canHeal || sqlState == .invalidCatalogName
    }

    /// libpq's own refusals carry no code, this one neither.
    private var lacksPassword: Bool { message.contains("no password supplied") }

    private var explanation: CommandFailure {
        switch kind {
        case .badOptions: Self.badOptions
        case .unknownHost:
            CommandFailure(
                .unavailable,
                what: Text(en: "the database's host is not known", zh: "找不到数据库主机"),
                remedy: Text(
                    en: "check the host's name, and that this machine can look it up",
                    zh: "检查主机名，以及本机能否解析它"))
        case .unreachable: lacksPassword ? Self.missingPassword : Self.unreachable
        case .deadlineExceeded: Self.silent
        case .refused: refusal
        case .wrongVersion:
            CommandFailure(
                .configuration,
                what: Text(en: "the PostgreSQL server is too old", zh: "PostgreSQL 服务器版本太旧"),
                remedy: Text(
                    en: "upgrade the server with pg_upgrade, or connect to another one",
                    zh: "用 pg_upgrade 升级服务器，或连接另一台"))
        case .stopped: CommandFailure(.interrupted, what: Text(en: "connecting was given up", zh: "已放弃连接"))
        }
    }

    /// What the server refused, by its code.
    private var refusal: CommandFailure {
        switch sqlState {
        case .invalidPassword: Self.wrongPassword
        case .invalidAuthorization: Self.unknownRole
        case .invalidCatalogName:
            CommandFailure(
                .configuration,
                what: Text(en: "there is no such database", zh: "没有这个数据库"),
                remedy: Text(
                    en: """
                        create it as a superuser: CREATE DATABASE name OWNER yuncang_owner TEMPLATE template0 \
                        ENCODING 'UTF8' LOCALE 'C.UTF-8';
                        """,
                    zh: """
                        以超级用户创建：CREATE DATABASE name OWNER yuncang_owner TEMPLATE template0 \
                        ENCODING 'UTF8' LOCALE 'C.UTF-8';
                        """))
        case .insufficientPrivilege:
            CommandFailure(
                .notPermitted,
                what: Text(en: "the role may not connect to this database", zh: "该角色无权连接这个数据库"),
                remedy: Text(
                    en: "as the database's owner: GRANT CONNECT ON DATABASE name TO role;",
                    zh: "以数据库所有者的身份执行：GRANT CONNECT ON DATABASE name TO role;"))
        case .tooManyConnections:
            CommandFailure(
                .unavailable,
                what: Text(en: "the database has no connection left", zh: "数据库的连接已用完"),
                remedy: Text(
                    en: "end what is idle, lower --connections, or raise max_connections",
                    zh: "结束空闲的连接，调小 --connections，或调大 max_connections"))
        case .cannotConnectNow:
            CommandFailure(
                .unavailable,
                what: Text(en: "the database is starting or stopping", zh: "数据库正在启动或停止"),
                remedy: Text(en: "wait a moment and try again", zh: "稍候再试"))
        default:
            CommandFailure(
                .unavailable,
                what: Text(en: "the database refused the connection", zh: "数据库拒绝了连接"),
                remedy: Text(en: "look into the server's log", zh: "查看数据库服务器的日志"))
        }
    }

    private static let badOptions = CommandFailure(
        .configuration,
        what: Text(en: "the connection string is wrong", zh: "数据库连接字符串有误"),
        remedy: Text(
            en: """
                write postgresql://ROLE@HOST:PORT/DATABASE, with %XX for special characters in a password, \
                or libpq's key=value settings
                """,
            zh: "写成 postgresql://角色@主机:端口/数据库，密码中的特殊字符写成 %XX；也可用 libpq 的 key=value 设置"))

    private static let unreachable = CommandFailure(
        .unavailable,
        what: Text(en: "the database cannot be reached", zh: "数据库无法连接"),
        remedy: Text(
            en: "start PostgreSQL, or check host and port; YUNCANG_DATABASE_URL or --database say where it is",
            zh: "启动 PostgreSQL，或检查主机和端口；用 YUNCANG_DATABASE_URL 或 --database 指明位置"))

    private static let silent = CommandFailure(
        .unavailable,
        what: Text(en: "the database does not answer", zh: "数据库没有应答"),
        remedy: Text(
            en: "check that the server is not stopped or overloaded, and that no firewall drops the packets",
            zh: "检查服务器是否被暂停或过载，以及防火墙是否丢弃了数据包"))

    private static let wrongPassword = CommandFailure(
        .notPermitted,
        what: Text(
            en: "the role does not exist or its password is wrong", zh: "角色不存在，或密码错误"),
        remedy: Text(
            en: """
                check role and password in YUNCANG_DATABASE_URL, PGPASSWORD or ~/.pgpass; \
                a superuser sets it anew by \\password ROLE in psql
                """,
            zh: """
                检查 YUNCANG_DATABASE_URL、PGPASSWORD 或 ~/.pgpass 中的角色和密码；\
                超级用户可在 psql 中用 \\password ROLE 重设
                """))

    private static let missingPassword = CommandFailure(
        .notPermitted,
        what: Text(en: "the database asks for a password, and none was given", zh: "数据库要求密码，但没有提供"),
        remedy: Text(
            en: "put it into YUNCANG_DATABASE_URL, PGPASSWORD or ~/.pgpass",
            zh: "把密码放进 YUNCANG_DATABASE_URL、PGPASSWORD 或 ~/.pgpass"))

    private static let unknownRole = CommandFailure(
        .notPermitted,
        what: Text(en: "the database does not admit this role", zh: "数据库不接纳这个角色"),
        remedy: Text(
            en: "create the role as a superuser (CREATE ROLE name LOGIN PASSWORD '…';), or admit it in pg_hba.conf",
            zh: "以超级用户创建角色（CREATE ROLE name LOGIN PASSWORD '…';），或在 pg_hba.conf 中放行"))
}
