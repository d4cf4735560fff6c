internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang zone`
struct ZoneCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "zone",
            abstract: Text(en: "The parts of a warehouse.", zh: "仓库里的库区。").current,
            subcommands: [
                ZoneAddCommand.self, ZoneListCommand.self, ZoneRenameCommand.self, ZoneCloseCommand.self,
                ZoneOpenCommand.self,
            ])
    }
}

/// Which zone a command is about.
struct ZoneArguments: ParsableArguments {
    @Argument(help: ArgumentHelp(en: "Its short name, such as A.", zh: "简短的编码，例如 A。"))
    var code: String

    @Option(help: ArgumentHelp(en: "The warehouse that it is in.", zh: "所在的仓库。", valueName: "code"))
    var warehouse: String

    /// Changes the zone and shows it.
    func run(
        of database: DatabaseOptions, in context: CommandContext,
        _ change: (Stock, WarehouseCode, ZoneCode, Principal) async throws -> Zone
    ) async throws -> ExitStatus {
        let code = try ZoneCode(argument: code)
        let warehouse = try WarehouseCode(argument: warehouse)
        let zone = try await database.withBase(in: context) { base in
            try await change(base.stock, warehouse, code, .atTerminal(context.environment))
        }
        context.output.show(ZoneList(zones: [zone]))
        return .success
    }
}

/// `yuncang zone add <code> --warehouse <code> --name <name>`
struct ZoneAddCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "add", abstract: Text(en: "Add a zone.", zh: "添加库区。").current)
    }

    @OptionGroup
    var zone: ZoneArguments

    @Option(help: ArgumentHelp(en: "Its name for people.", zh: "供人阅读的名称。"))
    var name: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let name = try Name(argument: name)
        return try await zone.run(of: database, in: context) { stock, warehouse, code, principal in
            try await stock.addZone(code: code, in: warehouse, name: name, by: principal)
        }
    }
}

/// `yuncang zone rename <code> --warehouse <code> --name <name>`
struct ZoneRenameCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "rename", abstract: Text(en: "Give a zone another name.", zh: "修改库区的名称。").current)
    }

    @OptionGroup
    var zone: ZoneArguments

    @Option(help: ArgumentHelp(en: "Its name for people.", zh: "供人阅读的名称。"))
    var name: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let name = try Name(argument: name)
        return try await zone.run(of: database, in: context) { stock, warehouse, code, principal in
            try await stock.changeZone(code, in: warehouse, name: name, by: principal)
        }
    }
}

/// `yuncang zone close <code> --warehouse <code>`
struct ZoneCloseCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "close",
            abstract: Text(en: "Use a zone no longer, whose locations are closed.", zh: "停用库区，其库位须已停用。").current)
    }

    @OptionGroup
    var zone: ZoneArguments

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await zone.run(of: database, in: context) { stock, warehouse, code, principal in
            try await stock.changeZone(code, in: warehouse, isClosed: true, by: principal)
        }
    }
}

/// `yuncang zone open <code> --warehouse <code>`
struct ZoneOpenCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "open", abstract: Text(en: "Use a closed zone again.", zh: "重新启用库区。").current)
    }

    @OptionGroup
    var zone: ZoneArguments

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await zone.run(of: database, in: context) { stock, warehouse, code, principal in
            try await stock.changeZone(code, in: warehouse, isClosed: false, by: principal)
        }
    }
}
