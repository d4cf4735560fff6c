internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang order pay <order>`
struct OrderPayCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "pay",
            abstract: Text(
                en: "Mark an order as paid: its stock is committed to it.", zh: "把订单记为已付款：库存归它所有。"
            ).current,
            discussion: Text(
                en: "After its hold has ended, it claims again what is there; what is not there is marked short.",
                zh: "占用已到期的订单会重新认领现有的货；没有的部分标为缺货。"
            ).current)
    }

    @Argument(help: OrderCommands.orderHelp)
    var order: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await OrderCommands.apply(.pay, to: order, database, context)
    }
}

/// `yuncang order claim <order>`
struct OrderClaimCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "claim",
            abstract: Text(
                en: "Look again for the goods that a paid order is short of.", zh: "认领缺货：为已付款的订单重新找货。"
            ).current)
    }

    @Argument(help: OrderCommands.orderHelp)
    var order: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await OrderCommands.apply(.claim, to: order, database, context)
    }
}

/// `yuncang order cancel <order>`
struct OrderCancelCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cancel",
            abstract: Text(
                en: "Cancel an order and give back what it claims.", zh: "取消订单并释放其占用的库存。"
            ).current)
    }

    @Argument(help: OrderCommands.orderHelp)
    var order: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await OrderCommands.apply(.cancel, to: order, database, context)
    }
}
