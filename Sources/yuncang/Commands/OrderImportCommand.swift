internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang order import <file> --source <source>`
struct OrderImportCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: Text(
                en: "Place the orders of a shop platform's export, CSV or .xlsx.", zh: "把店铺平台导出的订单（CSV 或 .xlsx）下单。"
            ).current,
            discussion: Text(
                en: """
                    A row for each line of an order; rows of one order number are one order, placed as paid under that number, \
                    whole or not at all. Importing again places nothing twice. Rows of which nothing comes are written to a file \
                    with what is wrong: mend and import it. Columns by the platforms' usual headings, by a saved mapping \
                    (yuncang mapping), or by --map: order, sku, quantity; price or amount in yuan; name, phone, region or \
                    province, city, district, address; status, after-sale.
                    """,
                zh: """
                    每行是订单的一个明细；订单编号相同的行是同一个订单，按该编号作为已付款订单下单，要么全部，要么不下。重复导入不会重复下单。\
                    没有下单的行连同问题写入一个文件：改好后再导入。列可用平台的常见标题、已保存的对应关系（yuncang mapping）或 --map 指定：\
                    order 订单编号、sku 商家编码、quantity 数量；price 单价或 amount 金额（元）；name 收件人、phone 手机号、\
                    region 地区或 province 省、city 市、district 区、address 详细地址；status 订单状态、after-sale 售后状态。
                    """
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "The file.", zh: "文件。"), completion: .file(extensions: ["csv", "xlsx"]))
    var file: String

    @Option(help: ArgumentHelp(en: "Whose orders they are: the shop.", zh: "订单来源，即哪个店铺。"))
    var source: String

    @OptionGroup(title: SavedMappingOptions.title)
    var sheet: SavedMappingOptions

    @Flag(
        help: ArgumentHelp(
            en: "Say what would become of the orders, without the stock, and place none.",
            zh: "只说明订单将会怎样（不看库存），不下单。"))
    var dryRun = false

    @Flag(
        help: ArgumentHelp(
            en: "Leave names, phones and addresses alone, such as masked ones.", zh: "不读取姓名、电话和地址，例如已脱敏的。"))
    var withoutRecipients = false

    @Option(
        help: ArgumentHelp(
            en: "Where to write the rows that were not placed; else beside the file.", zh: "未下单的行写到哪里；不指定时写在原文件旁边。",
            valueName: "file"),
        completion: .file(extensions: ["csv", "xlsx"]))
    var refused: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let source = try OrderSource(argument: source)
        if let refused { try SmallFile(path: refused).requireAbsent() }
        let keys = try withoutRecipients ? nil : RecipientKeys(in: context.environment)
        var result = try await database.withBase(in: context) { base in
            let mapping = try await sheet.mapping(of: source, .orders, in: base)
            let units = try await base.catalog.allUnits()
            let contents = try SheetFile(path: file).read(
                OrderSheet(units: units, states: mapping.states, takesRecipients: !withoutRecipients),
                mapping: try mapping.columns(), encoding: sheet.encoding, named: sheet.sheetName,
                limits: OrderPlan.limits)
            context.output.noteUnused(contents.unusedHeadings)
            let plan = OrderPlan(contents, source: source, by: .atTerminal(context.environment))
            if plan.isEmpty, plan.problemCount > 0 { throw CommandFailure(nothingOf: plan, in: file) }
            if keys == nil, plan.orders.contains(where: { $0.order.recipient != nil }) {
                throw CommandFailure.noRecipientKeys
            }
            let service = OrderImport(pool: base.pool, recipientKeys: keys)
            let report: OrderImport.Report
            if dryRun {
                report = try await service.preview(plan)
            } else {
                var display = context.output.progress(Text(en: "placing orders", zh: "下单"), total: plan.orders.count)
                report = await service.place(plan) { display.advance(to: $0) }
            }
            return OrderImportResult(
                plan: plan, report: report, headings: contents.headings, units: units, isDryRun: dryRun)
        }
        if !dryRun, !result.rows.isEmpty {
            let path = refused ?? RefusedRows.path(beside: file)
            do throws(CommandFailure) {
                try RefusedRows(headings: result.headings, rows: result.rows).write(to: path)
            } catch {
                context.output.show(result)
                throw error
            }
            result.refusedFile = path
        }
        context.output.show(result)
        if let failure = result.failure { throw failure }
        return result.details.isEmpty ? .success : .badInput
    }
}

extension CommandFailure {
    /// A file of which nothing was placed.
    fileprivate init(nothingOf plan: OrderPlan, in file: String) {
        self.init(
            .badInput,
            what: Text(
                en: "\(file): \(Text.count(plan.problemCount, "problem")), nothing was placed",
                zh: "\(file)：\(plan.problemCount) 个问题，没有下单"),
            remedy: Text(
                en: "mend the file or name its columns with --map; rows that cannot be read may belong to any order",
                zh: "请修正文件，或用 --map 对应列；无法读取的行可能属于任何一个订单"))
        details = plan.problems.map { FailureDetail($0) }
        detailCount = plan.problemCount
    }

    fileprivate static var noRecipientKeys: CommandFailure {
        var failure = IntakeError.recipientsNotConfigured.commandFailure
        failure.remedy = Text(
            en: "set YUNCANG_RECIPIENT_KEYS, or leave the recipients out with --without-recipients",
            zh: "请设置 YUNCANG_RECIPIENT_KEYS，或用 --without-recipients 不读取收件人")
        return failure
    }
}
