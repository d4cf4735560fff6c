internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang product limit <code> <quantity> | --none`
struct ProductLimitCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "limit",
            abstract: Text(en: "Say how much of a SKU one buyer may have.", zh: "设定一个单品每位买家限购多少。").current,
            discussion: Text(
                en: """
                    Unpaid orders count too. A new limit counts orders from now on; another quantity goes on counting, and \
                    whoever has more than is allowed then keeps it.
                    """,
                zh: "未付款的订单也计入。新设的限购从现在起计数；改数量则继续计数，已超出的买家保留已购的。"
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "The SKU's code.", zh: "单品编码。"))
    var code: String

    @Argument(help: ArgumentHelp(en: "How much one buyer may have: 3, 5jin.", zh: "每位买家可购数量：3件、5斤。"))
    var quantity: String?

    @Flag(help: ArgumentHelp(en: "As much as there is.", zh: "不再限购。"))
    var none = false

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try SKUCode(argument: code)
        guard (quantity == nil) == none else {
            throw CommandFailure(
                .usage, what: Text(en: "how much may one buyer have?", zh: "没有说明限购多少"),
                remedy: Text(en: "give a quantity, or --none", zh: "请写数量，或写 --none"))
        }
        let description = try await database.withBase(in: context) { base in
            guard let unit = try await base.catalog.units(of: [code])[code] else { throw CatalogError.unknownSKU(code) }
            let limit = try quantity.map { text throws(CommandFailure) in try Quantity(argument: text, in: unit) }
            try await base.catalog.limit(code, to: limit, by: .atTerminal(context.environment))
            return try await ProductDescription(of: code, in: base)
        }
        context.output.show(description)
        return .success
    }
}
