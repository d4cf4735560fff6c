internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang base`
struct BaseCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "base",
            abstract: Text(
                en: "The livestream bases of this installation.", zh: "本安装中的直播基地。"
            ).current,
            subcommands: [BaseCreateCommand.self, BaseListCommand.self, BaseShowCommand.self])
    }
}

/// `yuncang base create <key> --name <name>`
struct BaseCreateCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: Text(en: "Create a base, as the schema's owner.", zh: "以 schema 所有者的身份创建直播基地。").current)
    }

    @Argument(help: ArgumentHelp(en: "Its short name, such as gaoqing.", zh: "简短的键，例如 gaoqing。"))
    var key: String

    @Option(help: ArgumentHelp(en: "Its name for people.", zh: "供人阅读的名称。"))
    var name: String

    @Option(
        name: [.customLong("zone"), .customLong("time-zone")],
        help: ArgumentHelp(en: "Where its days begin and end.", zh: "以哪里的时间划分日期。", valueName: "zone"))
    var timeZone = "Asia/Shanghai"

    @OptionGroup(title: ServerOptions.title)
    var server: ServerOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let key = try BaseKey(argument: key)
        let name = try Name(argument: name)
        let location = try server.ownerLocation(in: context.environment)
        let base = try await DatabaseAccess.at(location) { database in
            try await database.withInstallation { installation in
                guard let register = try await installation.conditions().first else { throw CommandFailure.notMigrated }
                try CommandFailure.refuse(unlessCurrent: register)
                return try await installation.createBase(
                    key: key, name: name, timeZone: timeZone, by: .atTerminal(context.environment))
            }
        }
        context.output.show(BaseDescription(base: base))
        context.output.hint(
            NextStep(command: "yuncang serve --base \(key)", purpose: Text(en: "serve it", zh: "启动服务")))
        return .success
    }
}

/// `yuncang base list`
struct BaseListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List the bases.", zh: "列出直播基地。").current)
    }

    @OptionGroup(title: ServerOptions.title)
    var server: ServerOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let location = try server.location(in: context.environment)
        let bases = try await DatabaseAccess.at(location) { database in
            try await database.withInstallation { try await $0.bases() }
        }
        context.output.show(BaseList(bases: bases))
        if bases.isEmpty { context.output.hint(.createBase(key: "KEY")) }
        return .success
    }
}

/// `yuncang base show [<key>]`
struct BaseShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: Text(en: "Show one base.", zh: "查看一个直播基地。").current)
    }

    @Argument(
        help: ArgumentHelp(
            en: "The base; else YUNCANG_BASE, else the only one.", zh: "直播基地；不指定时取 YUNCANG_BASE，再取唯一的那个。"))
    var key: String?

    @OptionGroup(title: ServerOptions.title)
    var server: ServerOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let location = try server.location(in: context.environment)
        let key = key ?? context.environment[.base]
        let description = try await DatabaseAccess.at(location) { database in
            try await database.withInstallation { installation in
                let base = try await BaseChoice(key: key).chosen(from: installation.bases())
                let condition = try await installation.condition(of: base)
                guard case .current = condition.state else { return BaseDescription(base: base, condition: condition) }
                return BaseDescription(
                    base: base, condition: condition, gaps: try await installation.partitionGaps(of: base))
            }
        }
        context.output.show(description)
        return .success
    }
}
