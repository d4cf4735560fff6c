internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang inbound retract <reference> --count <reference> --note <text>`
struct InboundRetractCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "retract",
            abstract: Text(en: "Take a wrong count back, before the release.", zh: "撤销有误的清点（放行之前）。").current,
            discussion: Text(
                en: """
                    What it took in leaves the stock as it came, and the delivery is counted again: the right count has \
                    another reference, and `inbound finish` ends it. A count is taken back once. Example: yuncang inbound \
                    retract RK-1 --count c2 --note 'counted twice'
                    """,
                zh: """
                    这次清点收下的货按原样退出库存，入库单重新清点：正确的清点另用编号，再以 `inbound finish` 收完。每次清点只撤销一次。\
                    例如：yuncang inbound retract RK-1 --count c2 --note 重复清点
                    """
            ).current)
    }

    @OptionGroup
    var delivery: InboundStepOptions

    @Option(
        help: ArgumentHelp(en: "The count, as it was called by --as.", zh: "清点的编号（当时的 --as）。", valueName: "reference"))
    var count: String

    @Option(help: ArgumentHelp(en: "Why, in your words.", zh: "原因，用自己的话写。", valueName: "text"))
    var note: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let retraction = InboundRetraction(
            count: try ReceiptReference(argument: count), note: try AdjustmentNote(argument: note))
        return try await delivery.run({ _ in .retract(retraction) }, of: database, in: context)
    }
}
