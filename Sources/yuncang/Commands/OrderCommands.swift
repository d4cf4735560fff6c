internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang order`
struct OrderCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "order",
            abstract: Text(en: "Orders: place, read and cancel them.", zh: "订单：下单、查看、取消。").current,
            subcommands: [
                OrderPlaceCommand.self, OrderShowCommand.self, OrderListCommand.self, OrderCancelCommand.self,
            ])
    }
}

/// `yuncang order show <order>`
struct OrderShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Text(en: "Show one order with its lines.", zh: "查看一个订单及其明细。").current)
    }

    @Argument(help: OrderCommands.orderHelp)
    var order: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let order = try OrderIdentity(argument: order)
        let details = try await database.withBase(in: context) { base in
            guard let details = try await base.orders.details(of: order) else { throw OrdersError.unknownOrder }
            return details
        }
        context.output.show(OrderDescription(order: details))
        return .success
    }
}

/// `yuncang order list`
struct OrderListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List orders, the newest first.", zh: "列出订单，最新的在前。").current)
    }

    @Option(
        help: ArgumentHelp(en: "Only orders in this state.", zh: "只列出该状态的订单。"),
        completion: .list(OrderState.allCases.map(\.rawValue)))
    var state: String?

    @Option(help: ArgumentHelp(en: "Only orders of this source.", zh: "只列出该来源的订单。"))
    var source: String?

    @Option(help: ArgumentHelp(en: "How many at most.", zh: "最多列出多少个。", valueName: "number"))
    var limit = 20

    @Option(help: ArgumentHelp(en: "Only orders older than this one.", zh: "只列出比该订单更早的订单。", valueName: "id"))
    var after: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        guard (1...1_000_000).contains(limit) else {
            throw CommandFailure.invalid(
                "\(limit)", rule: Text(en: "--limit is from 1 to 1,000,000", zh: "--limit 取 1 到 1,000,000"))
        }
        let source = try source.map { (text) throws(CommandFailure) in try OrderSource(argument: text) }
        let state = try state.map { (text) throws(CommandFailure) in try OrderState(argument: text) }
        let after = try after.map { (text) throws(CommandFailure) in try Self.position(text) }
        let orders = try await database.withBase(in: context) { base in
            try await list(from: base.orders, after: after, source: source, state: state)
        }
        context.output.show(OrderList(orders: orders))
        return .success
    }

    /// Turns pages, which may be short, until there are enough.
    private func list(
        from orders: Orders, after: ID<CustomerOrder>?, source: OrderSource?, state: OrderState?
    ) async throws(OrdersError) -> [OrderSummary] {
        var found: [OrderSummary] = []
        var before = after
        repeat {
            let page = try await orders.list(
                before: before, source: source, state: state,
                limit: Int32(min(limit - found.count, Int(Orders.maximumPage))))
            found += page.orders
            before = page.next
        } while before != nil && found.count < limit
        return found
    }

    private static func position(_ text: String) throws(CommandFailure) -> ID<CustomerOrder> {
        guard let id = ID<CustomerOrder>(text) else {
            throw .invalid(text, rule: Text(en: "--after takes an order's id", zh: "--after 要订单的 id"))
        }
        return id
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
        let order = try OrderIdentity(argument: order)
        let person = Principal.atTerminal(context.environment)
        let cancelled = try await database.withBase(in: context) { base in
            try await base.orders.cancel(order, by: person)
        }
        context.output.show(OrderList(orders: [cancelled]))
        return .success
    }
}

extension OrderCommands {
    /// What names an order.
    static var orderHelp: ArgumentHelp {
        ArgumentHelp(
            en: "Its id, or SOURCE/REFERENCE.", zh: "订单 id，或 来源/单号。", valueName: "order")
    }
}
