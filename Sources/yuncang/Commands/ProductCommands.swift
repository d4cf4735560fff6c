internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang product`
struct ProductCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "product",
            abstract: Text(en: "What is sold, how it is counted, what it costs.", zh: "商品：卖什么、怎么计量、什么价格。").current,
            subcommands: [ProductAddCommand.self, ProductImportCommand.self, ProductListCommand.self])
    }
}

/// `yuncang product add <code> --name <name> --owner <code> --unit <unit> --price <price>`
struct ProductAddCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: Text(en: "Add a product with one SKU, or change it.", zh: "添加一个商品及其单品，或修改它。").current)
    }

    @Argument(help: ArgumentHelp(en: "The SKU's code.", zh: "单品编码。"))
    var code: String

    @Option(help: ArgumentHelp(en: "Its name for people.", zh: "供人阅读的名称。"))
    var name: String

    @Option(help: ArgumentHelp(en: "Who lists it.", zh: "所属货主。", valueName: "code"))
    var owner: String

    @Option(
        help: ArgumentHelp(
            en: """
                Counted by the piece or by the gram; it never changes. Else the name tells: a counting word in brackets \
                means pieces.
                """,
            zh: "按件或按克计量，永远不变。不指定时由名称判断：…(盒) 按件。"))
    var unit: BaseUnit?

    @Option(
        help: ArgumentHelp(
            en: "Yuan for a quantity: 39.9/500g, 39.9/jin, 12.5/pcs.", zh: "价格，单位元：39.9/500g、39.9/斤、12.5/件。"))
    var price: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let owner = try OwnerCode(argument: owner)
        let name = try Name(argument: name)
        let unit = unit ?? BaseUnit(naming: name.rawValue)
        let entry = CatalogEntry(
            code: try SKUCode(argument: code), name: name, unit: unit,
            price: try price.map { text throws(CommandFailure) in try Price(argument: text, in: unit) })
        let report = try await database.withBase(in: context) { base in
            try await base.catalog.importEntries([entry], of: owner, by: .atTerminal(context.environment))
        }
        context.output.show(ImportReport(report: report, refused: 0))
        return .success
    }
}

/// `yuncang product list`
struct ProductListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List the SKUs.", zh: "列出单品。").current)
    }

    @Option(help: ArgumentHelp(en: "Only the SKUs after this code.", zh: "只列出此编码之后的单品。", valueName: "code"))
    var after: String?

    @Option(help: ArgumentHelp(en: "At most so many, up to 1000.", zh: "最多列出多少个，上限 1000。"))
    var limit: Int32 = 100

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let after = try after.map { text throws(CommandFailure) in try SKUCode(argument: text) }
        guard (1...Catalog.maximumPage).contains(limit) else {
            throw CommandFailure.limit(limit, atMost: Catalog.maximumPage)
        }
        let skus = try await database.withBase(in: context) { try await $0.catalog.skus(after: after, limit: limit) }
        context.output.show(SKUList(skus: skus))
        if skus.count == Int(limit), let last = skus.last {
            context.output.hint(
                NextStep(
                    command: "yuncang product list --after \(last.code)", purpose: Text(en: "the next page", zh: "下一页"))
            )
        }
        return .success
    }
}

private struct SKUList: Presentable {
    let skus: [SKU]

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .words(Text(en: "NAME", zh: "名称")),
            .keys(Text(en: "OWNER", zh: "货主")), .words(Text(en: "COUNTED BY", zh: "计量")),
            .numbers(Text(en: "PRICE ¥", zh: "价格 ¥")),
        ])
        for sku in skus {
            table.append([
                StyledText(sku.code.rawValue), StyledText(sku.name.rawValue), StyledText(sku.owner.rawValue),
                StyledText(sku.unit.word.current),
                StyledText(sku.price.map { PriceText($0, in: sku.unit).words.current } ?? "—"),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there is no SKU here", zh: "这里没有单品"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for sku in skus {
            json.beginObject()
            json.member("code", sku.code.rawValue)
            json.member("name", sku.name.rawValue)
            json.member("owner", sku.owner.rawValue)
            json.member("unit", sku.unit.rawValue)
            json.member("category", sku.category?.code.rawValue)
            json.key("price")
            if let price = sku.price {
                json.beginObject()
                json.member("fen", price.fen.rawValue)
                json.member("per", price.per.rawValue)
                json.endObject()
            } else {
                json.null()
            }
            json.endObject()
        }
        json.endArray()
    }
}

extension BaseUnit {
    /// In words.
    var word: Text {
        switch self {
        case .piece: Text(en: "piece", zh: "件")
        case .gram: Text(en: "gram", zh: "克")
        }
    }
}
