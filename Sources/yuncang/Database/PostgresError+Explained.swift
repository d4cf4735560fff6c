internal import Postgres

extension PostgresError: ExplainedFailure {
    /// What the database's failure means to a command, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .connect(let failure): failure.commandFailure
        case .pool(.deadlineExceeded(let failure?)): failure.commandFailure
        case .server(let error): Self.explained(error)
        case .connectionLost, .rolledBack:
            CommandFailure(
                .tryAgain, what: Text(en: "the connection to the database broke", zh: "与数据库的连接中断"),
                why: text,
                remedy: Text(en: "run the same command again", zh: "再次执行同一命令"), next: [.doctor])
        case .commitOutcomeUnknown:
            CommandFailure(
                .tryAgain,
                what: Text(en: "whether it took effect is not known", zh: "不知道是否已经生效"),
                why: text,
                remedy: Text(
                    en: "run the same command again: what has happened is not done twice",
                    zh: "再次执行同一命令：已生效的不会重复"))
        case .deadlineExceeded, .pool:
            CommandFailure(
                .unavailable, what: Text(en: "the database did not answer in time", zh: "数据库没有及时应答"),
                why: text,
                remedy: Text(en: "look for what keeps it busy", zh: "查找是什么让它繁忙"), next: [.doctor])
        case .cancelled: CommandFailure(.interrupted, what: Text(en: "interrupted", zh: "已中断"))
        case .decoding, .misuse:
            CommandFailure(
                .internalError, what: Text(en: "the database's answer was not understood", zh: "无法理解数据库的应答"),
                why: text, next: [.doctor])
        }
    }

    private static func explained(_ error: ServerError) -> CommandFailure {
        var failure = explanation(of: error.sqlState)
        failure.why = .quoted(error.description)
        return failure
    }

    private static func explanation(of state: SQLState) -> CommandFailure {
        switch state {
        case .insufficientPrivilege: .missingRight
        case .diskFull:
            CommandFailure(
                .unavailable, what: Text(en: "the database's disk is full", zh: "数据库的磁盘已满"),
                remedy: Text(
                    en: "make room on the server's disk; what was committed is safe",
                    zh: "在服务器磁盘上腾出空间；已提交的数据是安全的"))
        case .readOnlyTransaction:
            CommandFailure(
                .unavailable,
                what: Text(en: "this server is a standby and takes no changes", zh: "这台服务器是备库，不接受更改"),
                remedy: Text(
                    en: "connect to the primary: list all hosts and add target_session_attrs=read-write",
                    zh: "连接主库：列出所有主机，并加上 target_session_attrs=read-write"))
        case .lockNotAvailable:
            CommandFailure(
                .tryAgain, what: Text(en: "somebody else holds what is needed", zh: "所需的数据被占用"),
                remedy: Text(en: "run the same command again", zh: "再次执行同一命令"))
        case .undefinedTable, .invalidSchemaName: .notMigrated
        default:
            CommandFailure(
                state.category == "53" || state.category == "57" ? .unavailable : .failure,
                what: Text(en: "the database refused it", zh: "数据库拒绝了请求"), next: [.doctor])
        }
    }
}

extension CommandFailure {
    /// 42501
    static var missingRight: CommandFailure {
        CommandFailure(
            .notPermitted,
            what: Text(en: "the database role lacks a right", zh: "数据库角色缺少权限"),
            remedy: Text(
                en: """
                    migrate, base create and maintain need the schema's owner: set YUNCANG_OWNER_URL. Everything else \
                    needs the role yuncang_service, whose rights come with: yuncang migrate
                    """,
                zh: """
                    migrate、base create 和 maintain 需要 schema 所有者：请设置 YUNCANG_OWNER_URL。\
                    其他命令使用角色 yuncang_service，其权限由 yuncang migrate 授予
                    """),
            next: [.doctor])
    }

    /// Nothing was ever migrated here.
    static var notMigrated: CommandFailure {
        CommandFailure(
            .configuration,
            what: Text(en: "yuncang is not installed in this database", zh: "这个数据库里还没有安装 yuncang"),
            remedy: Text(en: "migrate it, as the schema's owner", zh: "以 schema 所有者的身份迁移"), next: [.migrate])
    }
}
