internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang order edit <order> --line <line> … [--revision <number>]`
struct OrderEditCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "edit",
            abstract: Text(en: "Give an unpaid order other lines.", zh: "改单：替换未付款订单的全部行。").current,
            discussion: Text(
                en: """
                    Its lines are replaced by these, all of them or none, and its hold ends when it would have. A line without \
                    a price keeps the price that the order has for the SKU.
                    """,
                zh: "原有各行换成这些行，要么全部成功，要么保持原样；占用到期时间不变。不写单价的行沿用订单中该单品的单价。"
            ).current)
    }

    @Argument(help: OrderCommands.orderHelp)
    var order: String

    @Option(
        help: ArgumentHelp(
            en: "SKU:QUANTITY or SKU:QUANTITY@PRICE; once for each line.", zh: "单品:数量 或 单品:数量@单价；每行一个。",
            valueName: "sku:qty[@price]"))
    var line: [String]

    @Option(help: OrderCommands.revisionHelp)
    var revision: Int32?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let lines = try line.map { (text) throws(CommandFailure) in try OrderLineArgument(argument: text) }
        return try await OrderCommands.apply(to: order, revision: revision, database, context) { base, _ in
            (.edit(try await base.catalog.lines(lines)), [:])
        }
    }
}

/// `yuncang order reduce <order> --keep <line>=<quantity> … [--revision <number>]`
struct OrderReduceCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "reduce",
            abstract: Text(
                en: "Cancel a part of an order: say how much of a line remains.", zh: "部分取消：写明某行保留多少。"
            ).current,
            discussion: Text(
                en: """
                    yuncang order show numbers the lines; those that are not named stay as they are. Since it says what \
                    remains, the same command again changes nothing.
                    """,
                zh: "yuncang order show 列出行号；没有写到的行保持不变。写的是保留的数量，所以重复同一命令不会改变什么。"
            ).current)
    }

    @Argument(help: OrderCommands.orderHelp)
    var order: String

    @Option(
        help: ArgumentHelp(
            en: "So much of the line remains, such as 1=2 or 2=1.5kg; 0 for nothing. Once for each line.",
            zh: "该行保留这么多，例如 1=2 或 2=1.5kg；0 表示全部取消。每行一个。", valueName: "line=qty"))
    var keep: [String]

    @Option(help: OrderCommands.revisionHelp)
    var revision: Int32?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let typed = try keep.map { (text) throws(CommandFailure) in try RemainderArgument(argument: text) }
        return try await OrderCommands.apply(to: order, revision: revision, database, context) { base, order in
            guard let details = try await base.orders.details(of: order) else { throw OrdersError.unknownOrder }
            let bought = details.lines.filter { $0.partOf == nil }
            let remainders = try typed.map { (remainder) throws(CommandFailure) in
                guard let line = bought.first(where: { $0.position == remainder.position }) else {
                    throw OrderRefusal.unknownLine(remainder.position).commandFailure()
                }
                return try remainder.remainder(of: line)
            }
            let units = Dictionary(bought.map { ($0.position, $0.unit) }, uniquingKeysWith: { first, _ in first })
            return (.reduce(remainders), units)
        }
    }
}
