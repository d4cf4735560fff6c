internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang stock`
struct StockCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "stock",
            abstract: Text(en: "What there is, and how much of it may be sold.", zh: "库存：有什么，还能卖多少。").current,
            subcommands: [
                StockShowCommand.self, StockWatchCommand.self, StockLotsCommand.self, StockMovementsCommand.self,
                StockAdjustCommand.self, StockReverseCommand.self,
            ])
    }
}

/// `yuncang stock show [<sku>]`
struct StockShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Text(
                en: "Show stock per SKU, warehouse and owner, as the database has it now.",
                zh: "按单品、仓库和货主显示数据库中此刻的库存。"
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "Only this SKU.", zh: "只看这个单品。"))
    var sku: String?

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let sku = try sku.map { text throws(CommandFailure) in try SKUCode(argument: text) }
        let after = try page.after.map { text throws(CommandFailure) in try StockLevel.Position(argument: text) }
        let limit = try page.limit(atMost: Stock.maximumPage)
        let listed = try await database.withBase(in: context) { base in
            if let sku, try await base.catalog.units(of: [sku]).isEmpty { throw StockError.unknownSKUs([sku]) }
            return try await Listed.page(after: after, limit: limit, position: \StockLevel.position) {
                try await base.stock.levels(of: sku, after: $0, limit: $1)
            }
        }
        context.output.show(StockList(levels: listed.rows))
        if listed.hasMore, let last = listed.rows.last {
            let command = sku.map { "stock show \(ShellWord.quoted($0.rawValue))" } ?? "stock show"
            context.output.more(
                NextPage(command, after: last.position.argument, limit: limit, database: database, global: global))
        }
        if listed.rows.isEmpty, after == nil {
            context.output.hint(
                NextStep(command: "yuncang help inbound receive", purpose: Text(en: "how goods come in", zh: "怎样收货")))
        }
        return .success
    }
}

extension StockLevel.Position {
    /// As the next page is asked for: its codes, none of which holds a space; a gift set has no owner.
    fileprivate var argument: String {
        ([sku.rawValue, warehouse.rawValue] + (owner.map { [$0.rawValue] } ?? [])).joined(separator: " ")
    }

    /// Takes an argument.
    fileprivate init(argument text: String) throws(CommandFailure) {
        let codes = text.split(separator: " ").map(String.init)
        guard (2...3).contains(codes.count) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "--after takes a SKU, a warehouse and an owner with spaces between, as the page before said",
                    zh: "--after 要以空格分隔的单品、仓库和货主，见上一页末尾的提示"))
        }
        self.init(
            sku: try SKUCode(argument: codes[0]), warehouse: try WarehouseCode(argument: codes[1]),
            owner: codes.count == 3 ? try OwnerCode(argument: codes[2]) : nil)
    }
}

extension StockLevel.Position {
    /// Whose it is; a gift set is of whoever's goods.
    var ownerWords: StyledText {
        owner.map { StyledText($0.rawValue) } ?? StyledText(Text(en: "(set)", zh: "（礼盒）").current, .quiet)
    }
}

/// Stock levels as people read them.
struct StockList: Presentable {
    let levels: [StockLevel]

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .words(Text(en: "NAME", zh: "名称")),
            .keys(Text(en: "WAREHOUSE", zh: "仓库")), .keys(Text(en: "OWNER", zh: "货主")),
            .numbers(Text(en: "AVAILABLE", zh: "可售")), .numbers(Text(en: "HELD", zh: "占用")),
            .numbers(Text(en: "COMMITTED", zh: "已付")), .numbers(Text(en: "ALLOTTED", zh: "场次预留")),
            .numbers(Text(en: "SELLABLE", zh: "可售总量")),
        ])
        for level in levels {
            let counters = level.counters
            let numbers = [
                counters.available, counters.held, counters.committed, counters.allotted, counters.sellable,
            ]
            table.append(
                [
                    StyledText(level.position.sku.rawValue), StyledText(level.name.rawValue),
                    StyledText(level.position.warehouse.rawValue), level.position.ownerWords,
                ] + numbers.map { StyledText(Text.amount($0, in: level.unit).current, $0 == 0 ? .quiet : .plain) })
        }
        page.table(table, whenEmpty: Text(en: "there is no stock here", zh: "这里没有库存"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for level in levels { level.write(to: &json) }
        json.endArray()
    }
}

extension StockLevel {
    /// The level as an object, with the names that the API gives its members.
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("sku", position.sku.rawValue)
        json.member("name", name.rawValue)
        json.member("unit", unit.rawValue)
        json.member("warehouse", position.warehouse.rawValue)
        if let owner = position.owner { json.member("owner", owner.rawValue) }
        json.member("available", counters.available)
        json.member("sellable", counters.sellable)
        json.member("held", counters.held)
        json.member("committed", counters.committed)
        json.member("allotted", counters.allotted)
        json.member("version", version)
        json.endObject()
    }
}
