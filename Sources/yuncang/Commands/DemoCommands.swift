internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang demo`
struct DemoCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "demo",
            abstract: Text(en: "A base to look at.", zh: "演示用基地。").current,
            subcommands: [DemoLoadCommand.self, DemoSessionCommand.self])
    }
}

/// `yuncang demo load`
struct DemoLoadCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "load",
            abstract: Text(
                en: "Fill the base with the cooperatives of Tianzhen, their produce and a delivery of each.",
                zh: "把田镇的合作社、农产品和各一次到货装入基地。"
            ).current,
            discussion: Text(
                en: "What is there already is left as it is, so it may be repeated.", zh: "已有的内容保持不变，可以重复执行。"
            ).current)
    }

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let levels = try await database.withBase(in: context) { base in
            let own = Set(DemoBase.tianzhen.growers.map(\.code))
            if let stranger = try await base.catalog.owners().first(where: { !own.contains($0.code.rawValue) }) {
                throw CommandFailure(
                    .failure,
                    what: Text(
                        en: "this base is somebody's: it has the owner '\(stranger.code)'",
                        zh: "该基地已有他人使用：存在货主“\(stranger.code)”"),
                    remedy: Text(
                        en: "load the demo into a base of its own", zh: "请把演示数据装入单独的基地"),
                    next: [.createBase(key: "demo")])
            }
            let loader = DemoLoader(
                base: base, principal: .atTerminal(context.environment),
                today: try await base.stock.today())
            try await loader.load(.tianzhen)
            return try await base.stock.levels()
        }
        context.output.show(StockList(levels: levels))
        return .success
    }
}
