internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang order`
struct OrderCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "order",
            abstract: Text(
                en: "Orders: place, read, pay, change and cancel them.", zh: "订单：下单、查看、付款、改单、取消。"
            ).current,
            subcommands: [
                OrderPlaceCommand.self, OrderImportCommand.self, OrderShowCommand.self, OrderListCommand.self,
                OrderPayCommand.self, OrderClaimCommand.self, OrderEditCommand.self, OrderReduceCommand.self,
                OrderCancelCommand.self, OrderRecipientCommand.self,
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
        let (details, times) = try await database.withBase(in: context) { base in
            guard let details = try await base.orders.details(of: order) else { throw OrdersError.unknownOrder }
            return (details, try await base.times(of: details.instants))
        }
        context.output.show(OrderDescription(order: details, times: times))
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

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (after, limit) = (try page.id(of: CustomerOrder.self), try page.limit(atMost: 1_000_000))
        let source = try source.map { (text) throws(CommandFailure) in try OrderSource(argument: text) }
        let state = try state.map { (text) throws(CommandFailure) in try OrderState(argument: text) }
        let (orders, next, times) = try await database.withBase(in: context) { base in
            let found = try await Self.list(
                from: base.orders, after: after, limit: Int(limit), source: source, state: state)
            return (found.orders, found.next, try await base.times(of: found.orders.map(\.placedAt)))
        }
        context.output.show(OrderList(orders: orders, times: times))
        if let next {
            context.output.more(
                NextPage(
                    "order list", after: next.description, limit: limit,
                    filters: [("--state", state?.rawValue), ("--source", source?.rawValue)], database: database,
                    global: global))
        }
        return .success
    }

    /// Turns pages, which may be short, until there are enough; a page that would be empty is no next one.
    private static func list(
        from orders: Orders, after: ID<CustomerOrder>?, limit: Int, source: OrderSource?, state: OrderState?
    ) async throws(OrdersError) -> (orders: [OrderSummary], next: ID<CustomerOrder>?) {
        var found: [OrderSummary] = []
        var before = after
        repeat {
            let page = try await orders.list(
                before: before, source: source, state: state,
                limit: Int32(min(limit - found.count, Int(Orders.maximumPage))))
            found += page.orders
            before = page.next
        } while before != nil && found.count < limit
        return (found, before)
    }
}

extension OrderCommands {
    /// What names an order.
    static var orderHelp: ArgumentHelp {
        ArgumentHelp(
            en: "Its id, or SOURCE/REFERENCE.", zh: "订单 id，或 来源/单号。", valueName: "order")
    }
}
