internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang order pay <order>`
struct OrderPayCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "pay",
            abstract: Text(
                en: "Mark an order as paid: its stock is committed to it.", zh: "把订单记为已付款：库存归它所有。"
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

extension OrderCommands {
    /// Does it, and shows the order and whether it was so already.
    fileprivate static func apply(
        _ event: OrderEvent, to order: String, _ database: DatabaseOptions, _ context: CommandContext
    ) async throws -> ExitStatus {
        let order = try OrderIdentity(argument: order)
        let person = Principal.atTerminal(context.environment)
        let (changed, times) = try await database.withBase(in: context) { base in
            let changed = try await base.orders.apply(event, to: order, by: person)
            return (changed, (try? await base.times(of: [changed.order.placedAt])) ?? .utc)
        }
        context.output.show(ChangedOrderDescription(changed: changed, event: event, times: times))
        return .success
    }
}

/// An order after something was asked of it.
private struct ChangedOrderDescription: Presentable {
    let changed: ChangedOrder
    let event: OrderEvent
    let times: LocalTimes

    func show(on page: inout Page) {
        OrderList(orders: [changed.order], times: times).show(on: &page)
        if changed.isRepeated {
            page.line(
                Text(en: "it was \(done.en) already: nothing was changed", zh: "此前已\(done.zh)，没有改变什么"), .warning)
        }
    }

    private var done: Text {
        switch event {
        case .pay: Text(en: "paid", zh: "付款")
        case .cancel: Text(en: "cancelled", zh: "取消")
        case .expire: Text(en: "released", zh: "释放")
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        json.beginObject()
        changed.order.writeMembers(to: &json)
        json.member("repeated", changed.isRepeated)
        json.endObject()
        json.endArray()
    }
}
