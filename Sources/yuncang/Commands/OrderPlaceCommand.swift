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

                    What was sold elsewhere already is placed in any case: what there is not enough of is marked short.
                    """,
                zh: """
                    数量按习惯写：melon:2、rice:25斤、rice:2.5kg；单价写成每多少数量多少元：rice:25斤@39.9/500g。\
                    同一单号的同一订单只会下一次。

                    已在别处售出的订单一定会记下：货不够的部分标为缺货。
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

    @Flag(
        help: ArgumentHelp(
            en: "It was sold and paid elsewhere already: placed even for want of goods.",
            zh: "已在别处售出并付款：缺货也照样记下。"))
    var soldElsewhere = false

    @OptionGroup
    var terms: OrderTermsOptions

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
        let (payment, typed) = (try payment(), try terms.typed())
        let keys = try self.recipient == nil ? nil : RecipientKeys(in: context.environment)
        if self.recipient != nil, keys == nil { throw IntakeError.recipientsNotConfigured }
        let recipient = try recipient.map { (path) throws(CommandFailure) in try RecipientFile(path: path).recipient() }
        let (placed, details, times) = try await database.withBase(in: context) { base in
            let order: PlaceOrder
            let resolved = try await base.catalog.lines(lines)
            let terms = try await typed.terms(in: base)
            do throws(InvalidValue) {
                order = try PlaceOrder(
                    source: source, reference: reference, lines: resolved, payment: payment, terms: terms,
                    recipient: recipient, by: .atTerminal(context.environment))
            } catch {
                throw CommandFailure(
                    .usage, what: Text(en: "the order cannot be placed", zh: "无法下单"), why: error.text)
            }
            let placed = try await base.atDesk(recipientKeys: keys) { (desk) throws(IntakeError) in
                try await desk.place(order)
            }
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
        if details.map({ $0.summary.state == .paidShort }) ?? placed.isShort {
            context.output.warn(of: OrderShortage(order: placed.id, details: details))
        } else {
            context.output.hint(.cancel(placed.id))
        }
        return .success
    }

    /// Whether it is paid.
    private func payment() throws(CommandFailure) -> PlaceOrder.Payment {
        guard let hold else { return soldElsewhere ? .paidElsewhere : .paid }
        guard !soldElsewhere else {
            throw CommandFailure(
                .usage,
                what: Text(
                    en: "--hold and --sold-elsewhere exclude each other", zh: "--hold 和 --sold-elsewhere 不能同时使用"),
                remedy: Text(
                    en: "leave --hold out: what was sold elsewhere is paid already",
                    zh: "请去掉 --hold：在别处售出的订单已经付款"))
        }
        return try PlaceOrder.Payment(hold: hold)
    }
}

extension Catalog {
    /// The lines in the units of their SKUs.
    func lines(_ lines: [OrderLineArgument]) async throws -> [PlaceOrder.Line] {
        let skus = try await skus(of: lines.map(\.sku))
        return try lines.map { (line) throws(CommandFailure) in
            guard let sku = skus.first(where: { $0.code == line.sku }) else { throw .unknownSKU(line.sku) }
            return try line.line(of: sku)
        }
    }
}

extension OpenBase {
    /// Does something at the desk of an intake of this process's own: two intakes of one base get along. What is refused is
    /// told in the units of the goods.
    ///
    /// - Parameter lines: In what the order's lines are counted, by their positions.
    func atDesk<Value>(
        recipientKeys: RecipientKeys? = nil, lines: [Int16: BaseUnit] = [:],
        _ body: (OrderDesk) async throws(IntakeError) -> Value
    ) async throws -> Value {
        do throws(IntakeError) {
            return try await OrderIntake.once(pool: pool, recipientKeys: recipientKeys, body)
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            throw await failure(of: refusal, lines: lines)
        }
    }
}
