internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang migrate`
struct MigrateCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "migrate",
            abstract: Text(
                en: "Bring the database's schemas up to date.", zh: "把数据库的 schema 更新到最新。"
            ).current,
            discussion: Text(
                en: """
                    Runs as the schema's owner, at YUNCANG_OWNER_URL if that is set. Installs yuncang where it is not; \
                    a base that is being served stays served.
                    """,
                zh: "以 schema 所有者的身份运行；设置了 YUNCANG_OWNER_URL 时使用它。尚未安装时进行安装；正在服务的直播基地不受影响。"
            ).current)
    }

    @Flag(
        help: ArgumentHelp(
            en: "Only list what would run; exits with 3 if there is something.",
            zh: "只列出将要执行的迁移；有待执行的则以 3 退出。"))
    var check = false

    @OptionGroup(title: ServerOptions.title)
    var server: ServerOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let location = try server.ownerLocation(in: context.environment)
        return try await DatabaseAccess.at(location) { database in
            try await database.withInstallation { installation in
                check ? try await list(installation, context) : try await migrate(installation, context)
            }
        }
    }

    private func migrate(_ installation: Installation, _ context: CommandContext) async throws -> ExitStatus {
        let done = try await installation.migrate()
        context.output.show(
            MigrationList(
                schemas: done.map { (schema: $0.schema, migrations: $0.ran) }, verb: Text(en: "RAN", zh: "已执行"),
                key: "ran", whenEmpty: Text(en: "everything had run already", zh: "没有需要执行的迁移")))
        if try await installation.bases().isEmpty { context.output.hint(.createBase(key: "KEY")) }
        return .success
    }

    private func list(_ installation: Installation, _ context: CommandContext) async throws -> ExitStatus {
        let conditions = try await installation.conditions()
        var pending: [(schema: String, migrations: [String])] = []
        for condition in conditions {
            switch condition.state {
            case .current: pending.append((condition.schema, []))
            case .pending(let names): pending.append((condition.schema, names))
            case .unusable(let failure): throw failure.commandFailure(in: condition.schema)
            }
        }
        context.output.show(
            MigrationList(
                schemas: pending, verb: Text(en: "PENDING", zh: "待执行"), key: "pending",
                whenEmpty: Text(en: "nothing is pending", zh: "没有待执行的迁移")))
        guard pending.contains(where: { !$0.migrations.isEmpty }) else { return .success }
        context.output.hint(.migrate)
        return .differences
    }
}

/// Migrations by schema.
private struct MigrationList: Presentable {
    let schemas: [(schema: String, migrations: [String])]
    /// The heading of the migrations.
    let verb: Text
    /// Their name in JSON.
    let key: String
    let whenEmpty: Text

    func show(on page: inout Page) {
        var table = Table([.words(Text(en: "SCHEMA", zh: "SCHEMA")), .words(verb)])
        for (schema, migrations) in schemas {
            for migration in migrations { table.append([StyledText(schema), StyledText(migration)]) }
        }
        page.table(table, whenEmpty: whenEmpty)
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for (schema, migrations) in schemas {
            json.beginObject()
            json.key("schema")
            json.string(schema)
            json.key(key)
            json.strings(migrations)
            json.endObject()
        }
        json.endArray()
    }
}
