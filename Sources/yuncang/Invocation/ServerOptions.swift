internal import ArgumentParser

/// Where PostgreSQL is: options of every command that connects to it.
struct ServerOptions: ParsableArguments {
    /// A URL or libpq's key=value settings, without a password.
    @Option(
        help: ArgumentHelp(
            en: """
                PostgreSQL as URL or key=value settings; else YUNCANG_DATABASE_URL, else libpq's PG* variables. \
                Passwords belong there or in ~/.pgpass, not here.
                """,
            zh: """
                PostgreSQL 的 URL 或 key=value 设置；不指定时取 YUNCANG_DATABASE_URL，再取 libpq 的 PG* 变量。\
                密码放在那里或 ~/.pgpass，不放在这里。
                """,
            valueName: "url"))
    var database: String?

    /// The title of their section in help.
    static var title: String { Text(en: "Database options", zh: "数据库选项").current }

    /// Where the database is, by the first of option, YUNCANG_DATABASE_URL and libpq's own sources that says so.
    func location(in environment: Environment) throws(CommandFailure) -> DatabaseLocation {
        if let database {
            guard !Redaction.holdsPassword(database) else { throw .passwordInArguments }
            return DatabaseLocation(connectionString: database, source: .option)
        }
        if let url = environment[.databaseURL] {
            return DatabaseLocation(connectionString: url, source: .environment(.databaseURL))
        }
        return DatabaseLocation(connectionString: "", source: .libpq)
    }

    /// Where the database is for what only the schema's owner may do: YUNCANG_OWNER_URL goes before the ordinary one.
    func ownerLocation(in environment: Environment) throws(CommandFailure) -> DatabaseLocation {
        guard database == nil, let url = environment[.ownerURL] else { return try location(in: environment) }
        return DatabaseLocation(connectionString: url, source: .environment(.ownerURL))
    }
}

extension CommandFailure {
    /// Every user of a machine can read the arguments of every process on it.
    static var passwordInArguments: CommandFailure {
        CommandFailure(
            .usage,
            what: Text(en: "a password among the arguments", zh: "参数中含有密码"),
            why: Text(
                en: "everybody on this machine can read the arguments of a running command, and the shell keeps them",
                zh: "本机的任何人都能看到正在运行的命令的参数，shell 还会把它们记入历史"),
            remedy: Text(
                en: "put the URL into the variable YUNCANG_DATABASE_URL, or the password into PGPASSWORD or ~/.pgpass",
                zh: "把 URL 放进环境变量 YUNCANG_DATABASE_URL，或把密码放进 PGPASSWORD 或 ~/.pgpass"))
    }
}
