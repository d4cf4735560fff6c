internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang product`
struct ProductCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "product",
            abstract: Text(en: "What is sold, how it is counted, what it costs.", zh: "商品：卖什么、怎么计量、什么价格。").current,
            subcommands: [
                ProductAddCommand.self, ProductImportCommand.self, ProductListCommand.self, ProductShowCommand.self,
                ProductSetCommand.self, ProductLimitCommand.self,
                ProductPackingCommand.self,
            ])
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
            do throws(CatalogError) {
                return try await base.catalog.importEntries([entry], of: owner, by: .atTerminal(context.environment))
            } catch {
                guard case .refused(let problems) = error else { throw error }
                throw Self.refusal(problems, of: entry, for: owner)
            }
        }
        context.output.show(ImportReport(report: report, refused: 0))
        return .success
    }

    /// What is wrong in the words of the options.
    private static func refusal(
        _ problems: [CatalogProblem], of entry: CatalogEntry, for owner: OwnerCode
    ) -> CommandFailure {
        switch problems.first {
        case .otherUnit(_, let unit)?:
            CommandFailure(
                .failure,
                what: Text(
                    en: "'\(entry.code)' is counted by the \(unit.word.en), and stays so",
                    zh: "“\(entry.code)”按\(unit.word.zh)计量，不能更改"),
                remedy: Text(
                    en: "say --unit \(unit.rawValue), or give what is counted otherwise another code",
                    zh: "请写 --unit \(unit.rawValue)，或为另一种计量的商品换一个编码"))
        case .listedByAnother?, .repeatedCode?, nil:
            CommandFailure(
                .failure,
                what: Text(
                    en: "the code '\(entry.code)' is taken by another owner's product",
                    zh: "编码“\(entry.code)”已被其他货主的商品占用"),
                remedy: Text(
                    en: "choose another code, or say with --owner whose it is: it is not \(owner)'s",
                    zh: "请换一个编码，或用 --owner 写明它的货主：它不属于 \(owner)"),
                next: [
                    NextStep(command: "yuncang product list", purpose: Text(en: "whose it is", zh: "查看所属货主"))
                ])
        }
    }
}

/// `yuncang product list`
struct ProductListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List the SKUs.", zh: "列出单品。").current)
    }

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (after, limit) = (try page.code(of: SKU.self), try page.limit(atMost: Catalog.maximumPage))
        let listed = try await database.withBase(in: context) { base in
            try await Listed.page(after: after, limit: limit, position: \SKU.code) {
                try await base.catalog.skus(after: $0, limit: $1)
            }
        }
        context.output.show(SKUList(skus: listed.rows))
        if listed.hasMore, let last = listed.rows.last {
            context.output.more(
                NextPage("product list", after: last.code.rawValue, limit: limit, database: database, global: global))
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
            sku.writeMembers(to: &json)
            json.endObject()
        }
        json.endArray()
    }
}

extension SKU {
    /// Its members, in an object that others may stand in too.
    func writeMembers(to json: inout JSONWriter) {
        json.member("code", code.rawValue)
        json.member("name", name.rawValue)
        json.member("owner", owner.rawValue)
        json.member("unit", unit.rawValue)
        json.member("category", category?.code.rawValue)
        json.key("price")
        if let price {
            json.beginObject()
            json.member("fen", price.fen.rawValue)
            json.member("per", price.per.rawValue)
            json.endObject()
        } else {
            json.null()
        }
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
