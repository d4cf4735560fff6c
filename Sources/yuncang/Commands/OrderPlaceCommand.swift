internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang order place --source <source> --reference <reference> --line <line> …`
struct OrderPlaceCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "place",
            abstract: Text(en: "Place an order, all of it or nothing.", zh: "下单：要么全部成功，要么什么都不占用。").current,
            discussion: Text(
                en: """
                    Quantities are written as people say them: melon:2, rice:25jin, rice:2.5kg; a price is in yuan for a \
                    quantity: rice:25jin@39.9/500g. The same order under the same reference is placed once.
                    """,
                zh: """
                    数量按习惯写：melon:2、rice:25斤、rice:2.5kg；单价写成每多少数量多少元：rice:25斤@39.9/500g。\
                    同一单号的同一订单只会下一次。
                    """
            ).current)
    }

    @Option(help: ArgumentHelp(en: "Who sends the order.", zh: "订单来源。"))
    var source: String

    @Option(help: ArgumentHelp(en: "The source's number for it.", zh: "来源的单号。"))
    var reference: String

    @Option(
        help: ArgumentHelp(
            en: "SKU:QUANTITY or SKU:QUANTITY@PRICE; once for each line.", zh: "单品:数量 或 单品:数量@单价；每行一个。",
            valueName: "sku:qty[@price]"))
    var line: [String]

    @Option(
        help: ArgumentHelp(
            en: "Place it unpaid and hold the stock so long, such as 15m; else it is paid.",
            zh: "未付款下单并占用库存这么久，例如 15m；不写则视为已付款。", valueName: "time"))
    var hold: String?

    @Option(
        help: ArgumentHelp(
            en:
                "A file that says who gets it, or - for standard input: {\"name\":…,\"phone\":…,\"region\":…,\"address\":…}.",
            zh: "写有收件人的文件，或用 - 从标准输入读取：{\"name\":…,\"phone\":…,\"region\":…,\"address\":…}。", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var recipient: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let source = try OrderSource(argument: source)
        let reference = try OrderReference(argument: reference)
        let lines = try line.map { (text) throws(CommandFailure) in try OrderLineArgument(argument: text) }
        let payment = try hold.map { (text) throws(CommandFailure) in try PlaceOrder.Payment(hold: text) } ?? .paid
        let keys = try self.recipient == nil ? nil : RecipientKeys(in: context.environment)
        if self.recipient != nil, keys == nil { throw OrderError.recipientsNotConfigured }
        let recipient = try recipient.map { (path) throws(CommandFailure) in try RecipientFile(path: path).recipient() }
        let (placed, details, times) = try await database.withBase(in: context) { base in
            let order: PlaceOrder
            let resolved = try await Self.resolve(lines, in: base.catalog)
            do throws(InvalidValue) {
                order = try PlaceOrder(
                    source: source, reference: reference, lines: resolved, payment: payment,
                    recipient: recipient, by: .atTerminal(context.environment))
            } catch {
                throw CommandFailure(
                    .usage, what: Text(en: "the order cannot be placed", zh: "无法下单"), why: error.text)
            }
            let placed = try await Self.placed(order, in: base, keys: keys)
            let details = try? await base.orders.details(of: .id(placed.id))
            let times = try? await base.times(of: details?.instants ?? [placed.placedAt])
            return (placed, details, times ?? .utc)
        }
        if let details {
            context.output.show(OrderDescription(order: details, times: times))
        } else {
            context.output.show(
                PlacedOrderDescription(
                    key: OrderKey(source: source, reference: reference), order: placed, times: times))
            context.output.note(
                Text(en: "it is placed, but could not be read back", zh: "订单已下，但未能读回明细"), .warning)
        }
        context.output.hint(
            NextStep(
                command: "yuncang order cancel \(placed.id)", purpose: Text(en: "call it off", zh: "取消订单")))
        return .success
    }

    /// The lines in the units of their SKUs.
    private static func resolve(
        _ lines: [OrderLineArgument], in catalog: Catalog
    ) async throws -> [PlaceOrder.Line] {
        let skus = try await catalog.skus(of: lines.map(\.sku))
        return try lines.map { (line) throws(CommandFailure) in
            guard let sku = skus.first(where: { $0.code == line.sku }) else { throw .unknownSKU(line.sku) }
            return try line.line(of: sku)
        }
    }

    /// Places it; what is short is told in the units of its SKUs.
    private static func placed(
        _ order: PlaceOrder, in base: OpenBase, keys: RecipientKeys?
    ) async throws -> PlacedOrder {
        do throws(OrderError) {
            return try await place(order, in: base, keys: keys)
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            throw refusal.commandFailure(in: (try? await base.catalog.units(of: order.lines.map(\.sku))) ?? [:])
        }
    }

    /// Places it through an intake of this process's own: two intakes of one base get along.
    private static func place(
        _ order: PlaceOrder, in base: OpenBase, keys: RecipientKeys?
    ) async throws(OrderError) -> PlacedOrder {
        let intake = OrderIntake(pool: base.pool, recipientKeys: keys)
        async let running: Void = intake.run()
        let outcome: Result<PlacedOrder, OrderError>
        do throws(OrderError) {
            outcome = .success(try await intake.place(order))
        } catch {
            outcome = .failure(error)
        }
        await intake.close()
        await running
        return try outcome.get()
    }
}
