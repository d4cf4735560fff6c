internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang sourcing`
struct SourcingCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sourcing",
            abstract: Text(
                en: "Whose goods an order gets, where several have them.", zh: "货源规则：几家都有货时，订单用谁的货。"
            ).current,
            subcommands: [
                SourcingShowCommand.self, SourcingRuleCommand.self, SourcingShareCommand.self,
                SourcingZoneCommand.self,
            ])
    }

    /// The option that all of them have.
    static var skuHelp: ArgumentHelp {
        ArgumentHelp(
            en: "For this SKU; else for every one that has none of its own.", zh: "只为这个单品；不写则为没有自己规则的所有单品。",
            valueName: "code")
    }
}

/// `yuncang sourcing rule <criterion> ... [--sku <code>] | --none`
struct SourcingRuleCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "rule",
            abstract: Text(en: "Say by what it is chosen whose goods an order gets.", zh: "设定按什么选择货源。").current,
            discussion: Text(
                en: """
                    The first criterion that tells two apart decides: quota (the one that is the furthest behind its share), \
                    rotation (the one whose turn is the longest ago), earliest_expiry, nearest (by the delivery zones). One \
                    parcel comes before all of them. Example: yuncang sourcing rule earliest_expiry quota --sku melon
                    """,
                zh: """
                    依次比较，第一个能分出先后的标准决定：quota（配额，落后最多者先）、rotation（轮流，最久未轮到者先）、\
                    earliest_expiry（先到期先出）、nearest（就近，按配送区域）。能一仓发齐总是优先。\
                    例如：yuncang sourcing rule earliest_expiry quota --sku melon
                    """
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "In order, the most important first.", zh: "按先后，最重要的在前。", valueName: "criterion"))
    var criteria: [SourcingCriterion] = []

    @Option(help: SourcingCommands.skuHelp)
    var sku: String?

    @Flag(help: ArgumentHelp(en: "Take the rule away.", zh: "取消规则。"))
    var none = false

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let sku = try sku.map { text throws(CommandFailure) in try SKUCode(argument: text) }
        guard criteria.isEmpty == none else {
            throw CommandFailure(
                .usage, what: Text(en: "by what is it chosen?", zh: "没有说明按什么选择"),
                remedy: Text(en: "give one or more criteria, or --none", zh: "请写一个或几个标准，或写 --none"))
        }
        let rule = SourcingCriteria(criteria)
        guard none || rule != nil else {
            throw CommandFailure(
                .usage, what: Text(en: "a criterion is there twice", zh: "同一个标准写了两次"),
                remedy: Text(en: "name each once", zh: "每个标准只写一次"))
        }
        let description = try await database.withBase(in: context) { base in
            try await base.sourcing.setRule(rule, for: sku, by: .atTerminal(context.environment))
            return try await SourcingDescription(of: sku, in: base)
        }
        context.output.show(description)
        return .success
    }
}

/// `yuncang sourcing share <warehouse>/<owner>=<weight> ... [--sku <code>] | --none`
struct SourcingShareCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "share",
            abstract: Text(en: "Say how much of what is sold each owner's goods are to be.", zh: "设定各货主的配额。").current,
            discussion: Text(
                en: """
                    All shares are said each time, as weights; they take the place of what was said before, and counting \
                    starts anew. Rules with quota go by them. Example: yuncang sourcing share main/yimaqiao=3 main/pingan=1
                    """,
                zh: """
                    每次都写出全部配额（权重），取代原来的，并重新计数。含 quota 的规则按此分配。\
                    例如：yuncang sourcing share main/yimaqiao=3 main/pingan=1
                    """
            ).current)
    }

    @Argument(
        help: ArgumentHelp(
            en: "Where the goods stand, whose they are, and the weight.", zh: "货在哪个仓库、属于谁、权重多少。",
            valueName: "warehouse/owner=weight"))
    var shares: [String] = []

    @Option(help: SourcingCommands.skuHelp)
    var sku: String?

    @Flag(help: ArgumentHelp(en: "Take the shares away.", zh: "取消配额。"))
    var none = false

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let sku = try sku.map { text throws(CommandFailure) in try SKUCode(argument: text) }
        guard shares.isEmpty == none else {
            throw CommandFailure(
                .usage, what: Text(en: "how much of whose goods?", zh: "没有说明谁占多少"),
                remedy: Text(en: "give WAREHOUSE/OWNER=WEIGHT once for each, or --none", zh: "请为每家写 仓库/货主=权重，或写 --none")
            )
        }
        let terms = try shares.map { text throws(CommandFailure) in try SourcingShare(argument: text) }
        let description = try await database.withBase(in: context) { base in
            try await base.sourcing.setShares(terms, for: sku, by: .atTerminal(context.environment))
            return try await SourcingDescription(of: sku, in: base)
        }
        context.output.show(description)
        return .success
    }
}

/// `yuncang sourcing zone <region>=<rank> ... --warehouse <code> | --none`
struct SourcingZoneCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "zone",
            abstract: Text(en: "Say where a warehouse delivers to, and how near that is.", zh: "设定仓库的配送区域和远近。").current,
            discussion: Text(
                en: """
                    A region is how recipients' regions begin; of several that fit, the longest counts. The less the rank, the \
                    nearer. All zones are said each time, as REGION=RANK.
                    """,
                zh: """
                    区域按收件人省市区的开头匹配，有几个匹配时取最长的。数字越小越近。每次都写出全部区域。\
                    例如：yuncang sourcing zone --warehouse main 浙江省=1 上海市=2
                    """
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "A region, and how near it is.", zh: "区域及其远近。", valueName: "region=rank"))
    var zones: [String] = []

    @Option(help: ArgumentHelp(en: "The warehouse.", zh: "仓库。", valueName: "code"))
    var warehouse: String

    @Flag(help: ArgumentHelp(en: "Take the zones away.", zh: "取消配送区域。"))
    var none = false

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let warehouse = try WarehouseCode(argument: warehouse)
        guard zones.isEmpty == none else {
            throw CommandFailure(
                .usage, what: Text(en: "where does it deliver to?", zh: "没有说明送到哪里"),
                remedy: Text(en: "give REGION=RANK once for each, or --none", zh: "请为每个区域写 区域=远近，或写 --none"))
        }
        let terms = try zones.map { text throws(CommandFailure) in try SourcingZone(argument: text) }
        let description = try await database.withBase(in: context) { base in
            try await base.sourcing.setZones(terms, of: warehouse, by: .atTerminal(context.environment))
            return try await SourcingDescription(of: nil, in: base)
        }
        context.output.show(description)
        return .success
    }
}
