internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang loading`
struct LoadingCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "loading",
            abstract: Text(en: "Loading and unloading: who did it, when, and how much.", zh: "装卸：谁做的、何时、多少。").current,
            subcommands: [
                LoadingPlanCommand.self, LoadingStartCommand.self, LoadingFinishCommand.self,
                LoadingCancelCommand.self, LoadingListCommand.self, LoadingShowCommand.self, LoadingDayCommand.self,
            ])
    }
}

/// Which loading a step is about.
struct LoadingStepOptions: ParsableArguments {
    @Argument(help: ArgumentHelp(en: "What the loading is known by.", zh: "装卸单号。"))
    var reference: String

    /// Takes the loading one step further and shows what has become of it.
    func run(
        _ task: (OpenBase) async throws -> LoadingTask, of database: DatabaseOptions, in context: CommandContext
    ) async throws -> ExitStatus {
        let reference = try ReceiptReference(argument: reference)
        let progress = try await database.withBase(in: context) { base in
            try await base.stock.handle(try await task(base), of: reference, by: .atTerminal(context.environment))
        }
        context.output.show(LoadingProgressDescription(reference: reference, progress: progress))
        return .success
    }
}

/// `yuncang loading plan <reference> unload --warehouse <code> [--inbound <reference>]`
struct LoadingPlanCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "plan", abstract: Text(en: "Say what is to be unloaded or loaded.", zh: "安排装卸。").current)
    }

    @OptionGroup
    var loading: LoadingStepOptions

    @Argument(help: ArgumentHelp(en: "Which way the goods go: unload or load.", zh: "卸货或装货。"))
    var kind: LoadingKind

    @Option(help: ArgumentHelp(en: "Where.", zh: "在哪个仓库。", valueName: "code"))
    var warehouse: String

    @Option(help: ArgumentHelp(en: "Of which delivery.", zh: "哪张入库单。", valueName: "reference"))
    var inbound: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let subject = try inbound.map { text throws(CommandFailure) in
            LoadingSubject(kind: .inbound, reference: try ReceiptReference(argument: text))
        }
        let plan = LoadingPlan(kind: kind, warehouse: try WarehouseCode(argument: warehouse), subject: subject)
        return try await loading.run({ _ in .plan(plan) }, of: database, in: context)
    }
}

/// `yuncang loading start <reference> --staff <name> --hired <name> [--at <time>]`
struct LoadingStartCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "start", abstract: Text(en: "Say who begins.", zh: "登记开工的人。").current)
    }

    @OptionGroup
    var loading: LoadingStepOptions

    @OptionGroup
    var people: LoadingPeopleOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        guard let crew = try people.crew() else {
            throw CommandFailure(
                .usage, what: Text(en: "nobody is named", zh: "没有写明谁开工"),
                remedy: Text(en: "name them: --staff NAME, --hired NAME", zh: "请写明：--staff 姓名，--hired 姓名"))
        }
        return try await loading.run(
            { base in .start(crew, at: try await people.instant(in: base)) }, of: database, in: context)
    }
}

/// `yuncang loading finish <reference> --pieces <number> --weight <weight> [--staff <name> ...] [--at <time>]`
struct LoadingFinishCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "finish",
            abstract: Text(en: "Say that it is done, and how much was moved.", zh: "登记完工和数量。").current,
            discussion: Text(
                en: "Those who began did it, unless others are named.", zh: "不写人则为开工的那些人。"
            ).current)
    }

    @OptionGroup
    var loading: LoadingStepOptions

    @Option(help: ArgumentHelp(en: "How many pieces, as they were carried.", zh: "件数。", valueName: "number"))
    var pieces: String?

    @Option(help: ArgumentHelp(en: "How much it weighed: 950kg.", zh: "重量：950kg。", valueName: "weight"))
    var weight: String?

    @OptionGroup
    var people: LoadingPeopleOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let pieces = try pieces.map { text throws(CommandFailure) in try Quantity(argument: text, in: .piece) }
        let grams = try weight.map { text throws(CommandFailure) in try Quantity(argument: text, in: .gram) }
        guard let amount = LoadingAmount(pieces: pieces, grams: grams) else {
            throw CommandFailure(
                .usage, what: Text(en: "it is not said how much was moved", zh: "没有写明数量"),
                remedy: Text(
                    en: "say --pieces, --weight or both, more than nothing", zh: "请写 --pieces、--weight 或两者，大于零"))
        }
        let crew = try people.crew()
        return try await loading.run(
            { base in .finish(amount, crew, at: try await people.instant(in: base)) }, of: database, in: context)
    }
}

/// `yuncang loading cancel <reference>`
struct LoadingCancelCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cancel", abstract: Text(en: "It is not done.", zh: "取消装卸。").current)
    }

    @OptionGroup
    var loading: LoadingStepOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await loading.run({ _ in .cancel }, of: database, in: context)
    }
}

/// Who loads or unloads, and when.
struct LoadingPeopleOptions: ParsableArguments {
    @Option(help: ArgumentHelp(en: "Somebody of the base; once for each.", zh: "员工姓名；每人一个。", valueName: "name"))
    var staff: [String] = []

    @Option(help: ArgumentHelp(en: "Somebody who is hired; once for each.", zh: "临时工姓名；每人一个。", valueName: "name"))
    var hired: [String] = []

    @Option(
        help: ArgumentHelp(
            en: "When, by the base's clocks, at most 7 days ago; else now.", zh: "时间（基地当地），最早 7 天前；不写则为现在。",
            valueName: "time"))
    var at: String?

    /// The people; nil where nobody is named.
    func crew() throws(CommandFailure) -> LoadingCrew? {
        if staff.isEmpty && hired.isEmpty { return nil }
        let workers = try staff.map { text throws(CommandFailure) in try Self.worker(text, .staff) }
        let others = try hired.map { text throws(CommandFailure) in try Self.worker(text, .hired) }
        guard let crew = LoadingCrew(workers + others) else {
            throw CommandFailure(
                .usage, what: Text(en: "these cannot all be at it", zh: "这些人不能同时登记"),
                remedy: Text(
                    en: "name at most \(Loading.maximumWorkers) people, each once",
                    zh: "最多 \(Loading.maximumWorkers) 人，每人一次"))
        }
        return crew
    }

    /// When it was; nil for now.
    func instant(in base: OpenBase) async throws -> Timestamp? {
        guard let at else { return nil }
        return try await base.instant(try LocalInstant(argument: at, of: .start))
    }

    private static func worker(
        _ text: String, _ employment: LoadingWorker.Employment
    ) throws(CommandFailure) -> LoadingWorker {
        guard let name = Name(rawValue: text) else { throw .invalid(text, rule: InvalidValue.name.text) }
        return LoadingWorker(name: name, employment: employment)
    }
}

/// What has become of a loading, as a command shows it.
private struct LoadingProgressDescription: Presentable {
    let reference: ReceiptReference
    let progress: LoadingProgress

    func show(on page: inout Page) {
        let (state, name) = (progress.state.word, reference.rawValue)
        page.line(
            progress.isRepeated
                ? Text(en: "\(name) was that already: \(state.en)", zh: "\(name) 此前已是如此：\(state.zh)")
                : Text(en: "\(name): \(state.en)", zh: "\(name)：\(state.zh)"), .good)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", progress.id.description)
        json.member("reference", reference.rawValue)
        json.member("state", progress.state.rawValue)
        json.member("repeated", progress.isRepeated)
        json.endObject()
    }
}
