internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang wave`
struct WaveCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "wave",
            abstract: Text(
                en: "Orders that are picked together: their lots, their parcels.", zh: "波次：一起拣货的订单，锁定批次，生成包裹。"
            ).current,
            subcommands: [
                WavePreviewCommand.self, WavePlanCommand.self, WaveReleaseCommand.self, WaveListCommand.self,
                WaveShowCommand.self, WavePicksCommand.self, WavePickCommand.self, WaveTrustCommand.self,
                WaveCloseCommand.self, WaveCancelCommand.self,
            ])
    }

    static var codeHelp: ArgumentHelp { ArgumentHelp(en: "The wave's code.", zh: "波次编号。") }
}

/// `yuncang wave preview --warehouse <code>`
struct WavePreviewCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "preview",
            abstract: Text(en: "See what a wave would take; nothing is chosen by it.", zh: "预览一个波次会包含什么；不做任何改变。")
                .current)
    }

    @OptionGroup
    var options: WaveTermsOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let preview = try await database.withBase(in: context) { base in
            try await base.fulfilment.preview(try await options.terms(in: base))
        }
        context.output.show(WavePreviewDescription(preview: preview))
        return .success
    }
}

/// `yuncang wave plan <code> --warehouse <code>`
struct WavePlanCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "plan",
            abstract: Text(en: "Choose the orders of a wave; no goods are bound yet.", zh: "选定波次的订单；尚不锁定货品。").current)
    }

    @Argument(help: WaveCommands.codeHelp)
    var code: String

    @OptionGroup
    var options: WaveTermsOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try WaveCode(argument: code)
        let progress = try await database.withBase(in: context) { base in
            try await base.fulfilment.plan(
                code, try await options.terms(in: base), by: .atTerminal(context.environment))
        }
        context.output.show(WaveProgressDescription(progress: progress))
        return .success
    }
}

/// `yuncang wave release <code>`
struct WaveReleaseCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "release",
            abstract: Text(
                en: "Bind lots to a wave, first expired first out, and make its parcels.", zh: "发放波次：按先到期先出锁定批次，生成包裹。"
            ).current)
    }

    @Argument(help: WaveCommands.codeHelp)
    var code: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try WaveCode(argument: code)
        let progress = try await database.withBase(in: context) { base in
            try await base.fulfilment.release(code, by: .atTerminal(context.environment))
        }
        context.output.show(WaveProgressDescription(progress: progress))
        return .success
    }
}

/// `yuncang wave close <code>`
struct WaveCloseCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "close",
            abstract: Text(en: "End a wave of which nothing is in the house.", zh: "完成波次：库内已没有它的包裹。").current)
    }

    @Argument(help: WaveCommands.codeHelp)
    var code: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try WaveCode(argument: code)
        let progress = try await database.withBase(in: context) { base in
            try await base.fulfilment.end(code, by: .close, .atTerminal(context.environment))
        }
        context.output.show(WaveProgressDescription(progress: progress))
        return .success
    }
}

/// `yuncang wave cancel <code>`
struct WaveCancelCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cancel",
            abstract: Text(en: "Give a wave up before goods are bound.", zh: "在锁定货品之前取消波次。").current)
    }

    @Argument(help: WaveCommands.codeHelp)
    var code: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try WaveCode(argument: code)
        let progress = try await database.withBase(in: context) { base in
            try await base.fulfilment.end(code, by: .cancel, .atTerminal(context.environment))
        }
        context.output.show(WaveProgressDescription(progress: progress))
        return .success
    }
}
