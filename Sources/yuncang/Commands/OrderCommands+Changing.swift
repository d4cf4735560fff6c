internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

extension OrderCommands {
    /// Which revision of an order a change is meant for.
    static var revisionHelp: ArgumentHelp {
        ArgumentHelp(
            en: "Only if the order has this revision; else whichever it has.", zh: "仅当订单是这个版本；不写则不限。",
            valueName: "number")
    }

    /// Does it, and shows the order and whether it was so already.
    static func apply(
        _ change: ChangeOrder.Change, to order: String, _ database: DatabaseOptions, _ context: CommandContext
    ) async throws -> ExitStatus {
        try await apply(to: order, revision: nil, database, context) { _, _ in (change, [:]) }
    }

    /// Does what `change` makes of the base and the order, and shows the order and whether it was so already.
    ///
    /// - Parameter change: What is to be done, and in what the order's lines are counted, as far as a refusal may name them.
    static func apply(
        to order: String, revision: Int32?, _ database: DatabaseOptions, _ context: CommandContext,
        _ change: (OpenBase, OrderIdentity) async throws -> (ChangeOrder.Change, units: [Int16: BaseUnit])
    ) async throws -> ExitStatus {
        let order = try OrderIdentity(argument: order)
        let person = Principal.atTerminal(context.environment)
        let (shown, details) = try await database.withBase(in: context) { base in
            let (change, units) = try await change(base, order)
            let command: ChangeOrder
            do throws(InvalidValue) {
                command = try ChangeOrder(change, order, revision: revision, by: person)
            } catch {
                throw CommandFailure(
                    .usage, what: Text(en: "the order cannot be changed so", zh: "不能这样改动订单"), why: error.text)
            }
            let changed = try await base.atDesk(lines: units) { (desk) throws(IntakeError) in
                try await desk.change(command)
            }
            let isShort = changed.order.state == .paidShort
            let details = isShort ? try? await base.orders.details(of: .id(changed.order.id)) : nil
            let times = (try? await base.times(of: [changed.order.placedAt])) ?? .utc
            return (ChangedOrderDescription(changed: changed, change: change, times: times), details)
        }
        context.output.show(shown)
        if shown.changed.order.state == .paidShort {
            context.output.warn(of: OrderShortage(order: shown.changed.order.id, details: details))
        }
        return .success
    }
}

/// An order after something was asked of it.
private struct ChangedOrderDescription: Presentable {
    let changed: ChangedOrder
    let change: ChangeOrder.Change
    let times: LocalTimes

    func show(on page: inout Page) {
        OrderList(orders: [changed.order], times: times).show(on: &page)
        if changed.isRepeated {
            let (was, unchanged) = (already, Text(en: "nothing was changed", zh: "没有改变什么"))
            page.line(
                Text(en: "\(was.en): \(unchanged.en)", zh: "\(was.zh)，\(unchanged.zh)"), .warning)
        }
    }

    private var already: Text {
        switch change {
        case .pay: Text(en: "it was paid already", zh: "此前已付款")
        case .cancel: Text(en: "it was cancelled already", zh: "此前已取消")
        case .expire: Text(en: "it was released already", zh: "此前已释放")
        case .claim where changed.order.state == .paidShort:
            Text(en: "the goods that it is short of have not come yet", zh: "所缺的货还没有到")
        case .claim: Text(en: "it was not short of anything", zh: "此前货已齐全")
        case .edit: Text(en: "it had these lines already", zh: "此前已是这些行")
        case .reduce: Text(en: "just so much of it was left already", zh: "此前已只剩这些")
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
