internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang parcel`
struct ParcelCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "parcel",
            abstract: Text(
                en: "Parcels on the packing table and on their way to the truck.", zh: "包裹：打包、编号、换单、拆包、交接。"
            ).current,
            subcommands: [
                ParcelPackCommand.self, ParcelNumberCommand.self, ParcelRelabelCommand.self,
                ParcelDissolveCommand.self, ParcelHandOverCommand.self,
            ])
    }

    static var scansHelp: ArgumentHelp {
        ArgumentHelp(
            en: "What was scanned: labels such as W-1-17, or carriers' numbers.", zh: "扫到的标签（如 W-1-17）或快递单号。",
            valueName: "scan")
    }
}

extension ParcelScan {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let scan = ParcelScan(text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a scan has 1 to 80 printable ASCII characters without spaces",
                    zh: "扫码内容是 1 到 80 个可打印的 ASCII 字符，不含空格"))
        }
        self = scan
    }
}

/// `yuncang parcel pack <scan> ...`
struct ParcelPackCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "pack",
            abstract: Text(
                en: "Pack parcels, each by one scan; of a single-SKU wave that picks them too.",
                zh: "打包，每个包裹扫一次；单品波次同时算拣货。"
            ).current)
    }

    @Argument(help: ParcelCommands.scansHelp)
    var scans: [String]

    @Option(help: ArgumentHelp(en: "What one parcel weighs: 2.5kg.", zh: "包裹的重量：2.5kg。", valueName: "weight"))
    var weight: String?

    @Flag(help: ArgumentHelp(en: "Send it without what was not found.", zh: "少发未找到的货。"))
    var short = false

    @Flag(help: ArgumentHelp(en: "Send it whatever it weighs.", zh: "不管重量是否相符。"))
    var anyWeight = false

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let grams = try weight.map { text throws(CommandFailure) in try Quantity(argument: text, in: .gram).rawValue }
        let scans = try scans.map { text throws(CommandFailure) in
            PackScan(
                try ParcelScan(argument: text), weighedGrams: grams, acceptsShort: short, acceptsWeight: anyWeight)
        }
        let results = try await database.withBase(in: context) { base in
            try await base.fulfilment.pack(scans, by: .atTerminal(context.environment))
        }
        let list = ParcelResultList(results: results)
        context.output.show(list)
        return list.status
    }
}

/// `yuncang parcel hand-over <scan> ... --manifest <code> [--carrier <carrier>]`
struct ParcelHandOverCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "hand-over",
            abstract: Text(en: "Hand parcels to a carrier: their goods have left.", zh: "交接给承运方：货已出库。").current)
    }

    @Argument(help: ParcelCommands.scansHelp)
    var scans: [String]

    @Option(help: ArgumentHelp(en: "Under which manifest.", zh: "交接单号。", valueName: "code"))
    var manifest: String

    @Option(help: ArgumentHelp(en: "Who takes them; else the base's own cars.", zh: "承运方；不写则自有车辆。"))
    var carrier: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try ManifestCode(argument: manifest)
        let carrier = try carrier.map { text throws(CommandFailure) in try Carrier(argument: text) }
        let scans = try scans.map { text throws(CommandFailure) in try ParcelScan(argument: text) }
        let results = try await database.withBase(in: context) { base in
            try await base.fulfilment.handOver(scans, on: code, to: carrier, by: .atTerminal(context.environment))
        }
        let list = ParcelResultList(results: results)
        context.output.show(list)
        return list.status
    }
}

/// What became of parcels that were scanned, as a command shows it.
struct ParcelResultList: Presentable {
    let results: [ParcelResult]

    /// Not a success when one of them stays as it is.
    var status: ExitStatus {
        results.contains { if case .refused = $0.outcome { true } else { false } } ? .failure : .success
    }

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "PARCEL", zh: "包裹")), .words(Text(en: "WHAT BECAME OF IT", zh: "结果")),
        ])
        for result in results {
            let (text, role): (Text, Role) =
                switch result.outcome {
                case .done: (Text(en: "done", zh: "完成"), .good)
                case .repeated: (Text(en: "was so already", zh: "此前已是如此"), .quiet)
                case .refused(.stopped(let stop)): (ParcelRefusal.stopped(stop).words, .bad)
                case .refused(let reason): (reason.words, .warning)
                }
            table.append([
                StyledText(result.label?.description ?? result.scan.description), StyledText(text.current, role),
            ])
        }
        page.table(table, whenEmpty: Text(en: "nothing was scanned", zh: "没有扫描"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for result in results {
            json.beginObject()
            json.member("scan", result.scan.description)
            json.member("label", result.label?.description)
            switch result.outcome {
            case .done: json.member("outcome", "done")
            case .repeated: json.member("outcome", "repeated")
            case .refused(let reason):
                json.member("outcome", "refused")
                json.member("reason", reason.name)
                json.member("detail", reason.words.current)
            }
            json.endObject()
        }
        json.endArray()
    }
}
