internal import ArgumentParser
internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import Postgres

/// `yuncang replay <file> --owner <code> --warehouse <code> --location <code>`
struct ReplayCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "replay",
            abstract: Text(
                en: "Replay a till's record of sales as orders over HTTP, and compare the sums.",
                zh: "把收银记录作为订单通过 HTTP 重放，并核对合计。"
            ).current,
            discussion: Text(
                en: """
                    Receives what the file sells, places each sale as an order with its own price, then compares lines, \
                    quantity and fen of every SKU, the stock over HTTP, and verifies. The SKUs must be there: product \
                    import. The same file again has no further effect. The token, if the service asks for one, is taken \
                    from YUNCANG_TOKEN.
                    """,
                zh: """
                    收下文件中卖出的数量，把每笔销售按其价格下单，然后核对每个单品的行数、数量和金额以及 HTTP 上的库存，并做核验。\
                    单品须已存在（product import）。重复同一文件不会有更多影响。服务需要令牌时取自 YUNCANG_TOKEN。
                    """
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "The CSV file.", zh: "CSV 文件。"), completion: .file(extensions: ["csv"]))
    var file: String

    @Option(help: ArgumentHelp(en: "Only the sales of this day.", zh: "只取这一天的销售。", valueName: "date"))
    var day: String?

    @Option(help: ArgumentHelp(en: "Where the base is served.", zh: "服务的地址。"))
    var url = "http://127.0.0.1:8080"

    @Option(help: ArgumentHelp(en: "The source of the orders.", zh: "订单来源。"))
    var source = "till"

    @Option(help: ArgumentHelp(en: "Whose the goods are.", zh: "货主。", valueName: "code"))
    var owner: String

    @Option(help: ArgumentHelp(en: "Where they are received.", zh: "收货的仓库。", valueName: "code"))
    var warehouse: String

    @Option(help: ArgumentHelp(en: "Where they stand.", zh: "存放的库位。", valueName: "code"))
    var location: String

    @Option(help: ArgumentHelp(en: "Connections that place orders, 1 to 1000.", zh: "下单的连接数，1 到 1000。"))
    var clients = 16

    @OptionGroup(title: SheetOptions.title)
    var sheet: SheetOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let address = try SocketAddress(url: url)
        guard (1...1_000).contains(clients) else {
            throw CommandFailure.invalid(
                "\(clients)", rule: Text(en: "--clients is from 1 to 1000", zh: "--clients 取 1 到 1000"))
        }
        let report = try await database.withBase(in: context) { base in
            let plan = try self.plan(units: try await base.catalog.allUnits())
            let receipt = try self.receipt(for: plan)
            // Nothing is received for orders that nobody would take.
            try await ServedStock(address: address, token: context.environment[.token], loop: base.pool.loop).greet()
            _ = try await base.stock.receive(receipt, by: .atTerminal(context.environment))
            return try await replay(plan, in: base, at: address, context)
        }
        context.output.show(report)
        return report.agrees ? .success : .differences
    }

    private func replay(
        _ plan: ReplayPlan, in base: OpenBase, at address: SocketAddress, _ context: CommandContext
    ) async throws -> ReplayReport {
        let token = context.environment[.token]
        let sales = Sales(pool: base.pool)
        let references = plan.orders.map(\.reference)
        let stock = ServedStock(address: address, token: token, loop: base.pool.loop)
        let skus = plan.sold.map(\.sku)
        let before = (
            sales: try await sales.total(of: plan.source, references: references),
            stock: try await stock.committed(of: skus)
        )
        let run = ReplayRun(address: address, token: token, connections: clients, loop: base.pool.loop)
        var display = context.output.progress(Text(en: "placing orders", zh: "下单"), total: plan.orders.count)
        let outcome = await run.place(plan) { display.advance(to: $0) }
        let after = try await stock.committed(of: skus)
        return ReplayReport(
            outcome, expected: plan.sold, before: before.sales,
            found: try await sales.total(of: plan.source, references: references),
            rise: after.merging(before.stock) { $0 - $1 },
            verification: try await Verification(pool: base.pool).run())
    }

    private func plan(units: [SKUCode: BaseUnit]) throws -> ReplayPlan {
        let day = try day.map { text throws(CommandFailure) in try CalendarDate(argument: text) }
        let source = try OrderSource(argument: source)
        let contents = try SheetFile(path: file).read(
            SalesSheet(units: units), mapping: try sheet.mapping().columns(), encoding: sheet.encoding,
            named: sheet.sheetName)
        guard contents.problems.isEmpty else {
            throw CommandFailure(
                contents.problems, in: file, undone: Text(en: "nothing was placed", zh: "没有下单"),
                remedy: Text(
                    en: "mend the file, import the products that it sells, or name its columns with --map",
                    zh: "请修正文件，导入它所售的商品，或用 --map 对应列"))
        }
        let sales = contents.rows.filter { $0.row.kind == .sale && (day == nil || $0.row.moment.day == day) }
        guard !sales.isEmpty else {
            throw CommandFailure(
                .badInput, what: Text(en: "\(file) has no sale of that day", zh: "\(file) 中没有当天的销售"))
        }
        return try ReplayPlan(sales.map { ($0.line, $0.row) }, from: source)
    }

    /// The delivery's reference is the source and the day, or all days: the same one is received once.
    private func receipt(for plan: ReplayPlan) throws -> Receipt {
        let kind = day ?? "all"
        guard let reference = ReceiptReference(rawValue: "replay \(source) \(kind)") else {
            throw CommandFailure.invalid(kind, rule: Text(en: "a day is written 2026-11-23", zh: "日期写成 2026-11-23"))
        }
        return try plan.receipt(
            reference, of: OwnerCode(argument: owner), at: WarehouseCode(argument: warehouse),
            LocationCode(argument: location))
    }
}

extension SocketAddress {
    /// Reads `http://127.0.0.1:8080`.
    init(url: String) throws(CommandFailure) {
        guard url.hasPrefix("http://") else {
            throw .invalid(url, rule: Text(en: "write http://127.0.0.1:8080", zh: "写成 http://127.0.0.1:8080"))
        }
        let rest = url.dropFirst("http://".count)
        try self.init(argument: String(rest.hasSuffix("/") ? rest.dropLast() : rest))
    }
}

extension Catalog {
    /// What every SKU is counted in.
    func allUnits() async throws(CatalogError) -> [SKUCode: BaseUnit] {
        var units: [SKUCode: BaseUnit] = [:]
        var last: SKUCode?
        while true {
            let page = try await skus(after: last)
            for sku in page { units[sku.code] = sku.unit }
            guard page.count == Int(Self.maximumPage) else { return units }
            last = page.last?.code
        }
    }
}
