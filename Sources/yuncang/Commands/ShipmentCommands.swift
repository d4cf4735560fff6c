internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang shipment`
struct ShipmentCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "shipment",
            abstract: Text(
                en: "Under which numbers orders were sent, to be told to the platforms.", zh: "订单的快递单号：登记，并回传给平台。"
            ).current,
            subcommands: [
                ShipmentAddCommand.self, ShipmentImportCommand.self, ShipmentListCommand.self,
                ShipmentExportCommand.self, ShipmentWithdrawCommand.self,
            ])
    }
}

/// `yuncang shipment add <order> --carrier <carrier> --tracking <number>`
struct ShipmentAddCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: Text(
                en: "Record a parcel of an order. The order itself stays as it is.", zh: "登记订单的一个包裹；订单本身的状态不变。"
            ).current)
    }

    @Argument(help: OrderCommands.orderHelp)
    var order: String

    @Option(help: ArgumentHelp(en: "Who carries it, such as SF Express.", zh: "快递公司，例如 圆通速递。"))
    var carrier: String

    @Option(
        help: ArgumentHelp(
            en: "Under which number; once for each parcel.", zh: "快递单号；每个包裹一个。", valueName: "number"))
    var tracking: [String]

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let order = try OrderIdentity(argument: order)
        let carrier = try Carrier(argument: carrier)
        let numbers = try tracking.map { text throws(CommandFailure) in try TrackingNumber(argument: text) }
        let (parcels, times, repeated) = try await database.withBase(in: context) { base in
            guard let details = try await base.orders.details(of: order) else { throw OrdersError.unknownOrder }
            let key = details.summary.key
            let parcels = numbers.map { Shipment.Parcel(order: key, carrier: carrier, tracking: $0) }
            let outcomes = try await base.shipments.record(parcels, by: .atTerminal(context.environment))
            if let refusal = outcomes.lazy.compactMap({ $0.refusal(of: key) }).first {
                throw CommandFailure(.failure, what: refusal.text)
            }
            let all = try await base.shipments.list(order: order)
            return (all, try await base.times(of: all.flatMap(\.instants)), outcomes.allSatisfy { $0 == .repeated })
        }
        context.output.show(ShipmentList(shipments: parcels, times: times))
        if repeated {
            context.output.note(Text(en: "it was recorded before: nothing was changed", zh: "此前已登记，没有改变什么"), .warning)
        }
        return .success
    }
}

/// `yuncang shipment withdraw <order> --tracking <number>`
struct ShipmentWithdrawCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "withdraw",
            abstract: Text(en: "Take back a parcel that was recorded by mistake.", zh: "撤回误登记的包裹。").current,
            discussion: Text(
                en: "No file tells it any more. What a platform was told already is to be mended there.",
                zh: "之后的文件不再写它。已回传给平台的，请到平台上更正。"
            ).current)
    }

    @Argument(help: OrderCommands.orderHelp)
    var order: String

    @Option(help: ArgumentHelp(en: "Under which number.", zh: "快递单号。", valueName: "number"))
    var tracking: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let order = try OrderIdentity(argument: order)
        let number = try TrackingNumber(argument: tracking)
        let (parcels, times) = try await database.withBase(in: context) { base in
            try await base.shipments.withdraw(number, of: order, by: .atTerminal(context.environment))
            let all = try await base.shipments.list(order: order)
            return (all, try await base.times(of: all.flatMap(\.instants)))
        }
        context.output.show(ShipmentList(shipments: parcels, times: times))
        return .success
    }
}

/// `yuncang shipment list`
struct ShipmentListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List parcels, the newest first.", zh: "列出包裹，最新的在前。").current)
    }

    @Option(help: ArgumentHelp(en: "Only of orders of this source.", zh: "只列出该来源的订单的。"))
    var source: String?

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (before, limit) = (try page.id(of: Shipment.self), try page.limit(atMost: Shipments.maximumPage - 1))
        let source = try source.map { text throws(CommandFailure) in try OrderSource(argument: text) }
        let (found, times) = try await database.withBase(in: context) { base in
            let found = try await base.shipments.list(before: before, source: source, limit: limit + 1)
            return (found, try await base.times(of: found.flatMap(\.instants)))
        }
        let shown = Array(found.prefix(Int(limit)))
        context.output.show(ShipmentList(shipments: shown, times: times))
        if found.count > shown.count, let last = shown.last {
            context.output.more(
                NextPage(
                    "shipment list", after: last.id.description, limit: limit,
                    filters: [("--source", source?.rawValue)], database: database, global: global))
        }
        return .success
    }
}

extension Carrier {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        do throws(InvalidValue) { try self.init(text) } catch { throw .invalid(text, rule: error.text) }
    }
}

extension TrackingNumber {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        do throws(InvalidValue) { try self.init(text) } catch { throw .invalid(text, rule: error.text) }
    }
}
