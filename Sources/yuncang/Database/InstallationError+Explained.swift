internal import CloudWarehouse
internal import Postgres

extension InstallationError: ExplainedFailure {
    /// Why the installation could not be made, changed or used, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .migration(let failure, let schema): failure.commandFailure(in: schema)
        case .notInstalled: .notMigrated
        case .keyTaken(let key):
            CommandFailure(
                .failure, what: Text(en: "there is a base '\(key)' already", zh: "已经有直播基地“\(key)”"),
                next: [.listBases])
        case .unknownBase(let key): BaseChoice.Refusal.unknown(key, known: []).commandFailure
        case .unknownTimeZone(let name):
            CommandFailure(
                .usage, what: Text(en: "PostgreSQL knows no time zone '\(name)'", zh: "PostgreSQL 没有时区“\(name)”"),
                remedy: Text(
                    en: "write a name such as Asia/Shanghai", zh: "写成 Asia/Shanghai 这样的名称"))
        case .database(let error): error.commandFailure
        }
    }
}

extension MigrationFailure {
    /// Why this schema could not be migrated, or used by this binary.
    func commandFailure(in schema: String) -> CommandFailure {
        switch self {
        case .missingRole(let role): Self.missing(role)
        case .locked:
            CommandFailure(
                .tryAgain, what: Text(en: "schema \(schema) is busy", zh: "schema \(schema) 正被占用"),
                why: text,
                remedy: Text(
                    en: "wait for the other migration, end what holds a lock for long, and run the command again",
                    zh: "等待另一个迁移完成，结束长时间持锁的会话，然后再次执行"),
                next: [.doctor])
        case .database(let error, let migration):
            error.commandFailure.because(
                migration.map { name in
                    Text(en: "\(schema), \(name): \(error.text.en)", zh: "\(schema)，\(name)：\(error.text.zh)")
                })
        case .newerThanBinary:
            CommandFailure(
                .configuration,
                what: Text(
                    en: "schema \(schema) is newer than this yuncang", zh: "schema \(schema) 比这个 yuncang 更新"),
                why: text,
                remedy: Text(
                    en: "run the yuncang that migrated it, or a later one; this is \(Version.current)",
                    zh: "使用执行过迁移的那个 yuncang 或更新的版本；当前版本是 \(Version.current)"),
                next: [.doctor])
        case .changed, .missing, .outOfOrder:
            CommandFailure(
                .configuration,
                what: Text(
                    en: "schema \(schema) was migrated by another yuncang than this one",
                    zh: "schema \(schema) 是由另一个 yuncang 迁移的"),
                why: text,
                remedy: Text(
                    en: """
                        run the yuncang that migrated it; a released migration never changes, so this binary or that one \
                        is no release
                        """,
                    zh: "使用执行过迁移的那个 yuncang；已发布的迁移不会改变，所以两者之一不是正式版本"),
                next: [.doctor])
        }
    }

    private static func missing(_ role: String) -> CommandFailure {
        CommandFailure(
            .configuration,
            what: Text(en: "the role \(role) does not exist", zh: "角色 \(role) 不存在"),
            why: Text(
                en: "migrations grant it the rights to serve; nothing was changed",
                zh: "迁移要授予它服务所需的权限；什么都没有更改"),
            remedy: Text(
                en: "as a superuser: CREATE ROLE \(role) LOGIN; and then, in psql: \\password \(role)",
                zh: "以超级用户执行：CREATE ROLE \(role) LOGIN; 然后在 psql 中执行：\\password \(role)"),
            next: [.migrate])
    }
}

extension CommandFailure {
    /// The same failure with a better reason, if there is one.
    func because(_ reason: Text?) -> CommandFailure {
        guard let reason else { return self }
        var failure = self
        failure.why = reason
        return failure
    }

    /// Fails unless the schema is what this binary works with.
    static func refuse(unlessCurrent condition: SchemaCondition) throws(CommandFailure) {
        switch condition.state {
        case .current: return
        case .pending(let names): throw .pending(names, in: condition.schema)
        case .unusable(let failure): throw failure.commandFailure(in: condition.schema)
        }
    }

    /// Migrations that are yet to run.
    static func pending(_ names: [String], in schema: String) -> CommandFailure {
        CommandFailure(
            .configuration,
            what: Text(en: "schema \(schema) is not migrated", zh: "schema \(schema) 尚未迁移"),
            why: Text(
                en: "these are yet to run: " + names.joined(separator: ", "),
                zh: "尚未执行：" + names.joined(separator: "、")),
            remedy: Text(en: "migrate it, as the schema's owner", zh: "以 schema 所有者的身份迁移"), next: [.migrate])
    }
}
