internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang count finish <reference>`
struct CountFinishCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "finish", abstract: Text(en: "All of it is counted.", zh: "盘完。").current)
    }

    @OptionGroup
    var count: CountStepOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await count.run({ _ in .finish }, of: database, in: context)
    }
}

/// `yuncang count approve <reference>`
struct CountApproveCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "approve",
            abstract: Text(en: "The differences are right: they are posted.", zh: "审核：差异过账。").current)
    }

    @OptionGroup
    var count: CountStepOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await count.run({ _ in .approve }, of: database, in: context)
    }
}

/// `yuncang count cancel <reference>`
struct CountCancelCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cancel", abstract: Text(en: "Nothing comes of a count.", zh: "取消盘点。").current)
    }

    @OptionGroup
    var count: CountStepOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await count.run({ _ in .cancel }, of: database, in: context)
    }
}
