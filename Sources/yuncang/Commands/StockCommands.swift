internal import ArgumentParser

/// `yuncang stock`
struct StockCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "stock",
            abstract: Text(en: "What there is, and what can still be sold.", zh: "库存：有多少，还能卖多少。").current,
            subcommands: [StockWatchCommand.self])
    }
}
