internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang count`
struct CountCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "count",
            abstract: Text(en: "Counting what stands somewhere, while work goes on.", zh: "盘点。").current,
            subcommands: [
                CountPlanCommand.self, CountEnterCommand.self, CountExplainCommand.self, CountFinishCommand.self,
                CountApproveCommand.self, CountCancelCommand.self, CountListCommand.self, CountShowCommand.self,
                CountDueCommand.self, CountShrinkageCommand.self,
            ])
    }
}

/// Which count a step is about.
struct CountStepOptions: ParsableArguments {
    @Argument(help: ArgumentHelp(en: "What stands on the count's paper.", zh: "盘点单号。"))
    var reference: String

    /// Takes the count one step further and shows what has become of it.
    func run(
        _ task: (OpenBase) async throws -> StockCountTask, of database: DatabaseOptions, in context: CommandContext
    ) async throws -> ExitStatus {
        let reference = try ReceiptReference(argument: reference)
        let progress = try await database.withBase(in: context) { base in
            try await base.stock.handle(try await task(base), of: reference, by: .atTerminal(context.environment))
        }
        context.output.show(CountProgressDescription(reference: reference, progress: progress))
        return .success
    }
}

/// Goods of which lot an entry is about, and where.
struct CountPlaceOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(en: "What this entry is known by: sent again, it counts once.", zh: "这条记录的编号：重复发送只算一次。"))
    var identity: String

    @Option(help: ArgumentHelp(en: "Goods of which lot.", zh: "哪个批次。", valueName: "id"))
    var lot: String

    @Option(help: ArgumentHelp(en: "Where they stand.", zh: "货所在的库位。", valueName: "code"))
    var location: String

    @Option(help: ArgumentHelp(en: "In what state they are.", zh: "货的状态。"))
    var quality = Quality.good

    /// The goods.
    var place: CountedPlace {
        get throws(CommandFailure) {
            CountedPlace(
                lot: try ID<Lot>(argument: lot), location: try LocationCode(argument: location), quality: quality)
        }
    }
}

/// `yuncang count plan <reference> --warehouse <code> (--location <code> | --sku <code>) [--open] [--tolerance <basis points>]`
struct CountPlanCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "plan",
            abstract: Text(en: "Plan to count a location, or a SKU in a warehouse.", zh: "计划盘点一个库位，或仓库里的一个单品。").current,
            discussion: Text(
                en: """
                    It is blind: nobody sees what is expected before the counting is over, unless it is --open. A difference \
                    beyond the tolerance is counted once more. Example: yuncang count plan PD-1 --warehouse main --location A-01
                    """,
                zh: """
                    默认盲盘：盘完之前看不到账面数，除非写 --open。差异超过容差的要复盘。例如：yuncang count plan PD-1 \
                    --warehouse main --location A-01
                    """
            ).current)
    }

    @OptionGroup
    var count: CountStepOptions

    @Option(help: ArgumentHelp(en: "In which warehouse.", zh: "哪个仓库。", valueName: "code"))
    var warehouse: String

    @Option(help: ArgumentHelp(en: "Everything at this location.", zh: "盘该库位的全部货。", valueName: "code"))
    var location: String?

    @Option(help: ArgumentHelp(en: "This SKU, wherever it stands.", zh: "盘该单品，无论在哪个库位。", valueName: "code"))
    var sku: String?

    @Flag(help: ArgumentHelp(en: "Show what is expected.", zh: "明盘：显示账面数。"))
    var open = false

    @Option(
        help: ArgumentHelp(
            en: "Basis points of what is expected, 0 to 10000.", zh: "容差，账面数的万分之几，0 到 10000。", valueName: "number"))
    var tolerance = BasisPoints.twoPercent.rawValue

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        guard let tolerance = BasisPoints(rawValue: tolerance) else {
            throw CommandFailure.invalid(
                "\(tolerance)", rule: Text(en: "--tolerance is from 0 to 10000", zh: "--tolerance 取 0 到 10000"))
        }
        let plan = StockCountPlan(
            warehouse: try WarehouseCode(argument: warehouse), scope: try scope, isBlind: !open, tolerance: tolerance)
        return try await count.run({ _ in .plan(plan) }, of: database, in: context)
    }

    private var scope: StockCountPlan.Scope {
        get throws(CommandFailure) {
            switch (location, sku) {
            case (let location?, nil): .location(try LocationCode(argument: location))
            case (nil, let sku?): .sku(try SKUCode(argument: sku))
            default:
                throw CommandFailure(
                    .usage, what: Text(en: "it is not said what is to be counted", zh: "没有写明盘什么"),
                    remedy: Text(en: "say either --location or --sku", zh: "请写 --location 或 --sku 其中之一"))
            }
        }
    }
}

/// `yuncang count enter <reference> --as <reference> --lot <id> --location <code> --counted <quantity>`
struct CountEnterCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "enter",
            abstract: Text(en: "Say how much of a lot is there, for the first time or again.", zh: "登记清点的数量，或复盘。")
                .current)
    }

    @OptionGroup
    var count: CountStepOptions

    @OptionGroup
    var goods: CountPlaceOptions

    @Option(help: ArgumentHelp(en: "How much is there; 0 for nothing.", zh: "清点的数量；没有则写 0。", valueName: "quantity"))
    var counted: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (place, identity) = (try goods.place, try ReceiptReference(argument: goods.identity))
        return try await count.run(
            { base in
                guard let unit = try await base.stock.unit(of: place.lot) else {
                    throw StockError.countStays(.outOfScope)
                }
                return .count(
                    StockCountEntry(
                        reference: identity, place: place, counted: try Quantity(argument: counted, in: unit)))
            }, of: database, in: context)
    }
}

/// `yuncang count explain <reference> --as <reference> --lot <id> --location <code> --because <reason> --answerable <name>`
struct CountExplainCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "explain",
            abstract: Text(en: "Say why something is missing, and who answers for it.", zh: "写明短少的原因和责任人。").current)
    }

    @OptionGroup
    var count: CountStepOptions

    @OptionGroup
    var goods: CountPlaceOptions

    @Option(help: ArgumentHelp(en: "Why it is missing.", zh: "短少的原因。", valueName: "reason"))
    var because: ShrinkageReason

    @Option(help: ArgumentHelp(en: "Who answers for it.", zh: "责任人。", valueName: "name"))
    var answerable: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let explanation = StockCountExplanation(
            reference: try ReceiptReference(argument: goods.identity), place: try goods.place, reason: because,
            answerable: try PlainWords(argument: answerable))
        return try await count.run({ _ in .explain(explanation) }, of: database, in: context)
    }
}

/// What has become of a count, as a command shows it.
private struct CountProgressDescription: Presentable {
    let reference: ReceiptReference
    let progress: StockCountProgress

    func show(on page: inout Page) {
        let (state, name) = (progress.state.word, reference.rawValue)
        if progress.isRepeated {
            page.line(
                Text(en: "\(name) was that already: \(state.en)", zh: "\(name) 此前已是如此：\(state.zh)"), .good)
        } else {
            page.line(Text(en: "\(name): \(state.en)", zh: "\(name)：\(state.zh)"), .good)
        }
        if progress.needsRecount {
            page.line(Text(en: "count it once more: the difference is too large", zh: "请复盘：差异过大"), .warning)
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", progress.id.description)
        json.member("reference", reference.rawValue)
        json.member("state", progress.state.rawValue)
        json.member("needs_recount", progress.needsRecount)
        json.member("repeated", progress.isRepeated)
        json.endObject()
    }
}
