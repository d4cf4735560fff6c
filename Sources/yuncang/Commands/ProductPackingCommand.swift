internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang product packing <code> [--life <days>] [--weight <weight>] [--per-parcel <quantity>]`
struct ProductPackingCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "packing",
            abstract: Text(
                en: "Say how a SKU is packed: the life that has to remain, its weight, how much a parcel takes.",
                zh: "设定单品的打包规则：最短剩余保质期、重量、每个包裹装多少。"
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "The SKU's code.", zh: "单品编码。"))
    var code: String

    @Option(
        help: ArgumentHelp(
            en: "So many days have to remain when it leaves.", zh: "发出时至少剩余多少天保质期。", valueName: "days"))
    var life: Int16 = 0

    @Option(
        help: ArgumentHelp(
            en: "What one piece weighs with its own packing: 2.5kg.", zh: "一件连内包装的重量：2.5kg。", valueName: "weight"))
    var weight: String?

    @Option(
        help: ArgumentHelp(en: "How much one parcel takes: 4, 10kg.", zh: "每个包裹最多装多少：4件、10kg。", valueName: "quantity"))
    var perParcel: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try SKUCode(argument: code)
        let grams = try weight.map { text throws(CommandFailure) in try Quantity(argument: text, in: .gram).rawValue }
        let packing = try await database.withBase(in: context) { base in
            guard let unit = try await base.catalog.units(of: [code])[code] else { throw CatalogError.unknownSKU(code) }
            let most = try perParcel.map { text throws(CommandFailure) in
                try Quantity(argument: text, in: unit).rawValue
            }
            let packing = SKUPacking(minimumLifeDays: life, unitGrams: grams, mostPerParcel: most)
            try await base.fulfilment.setPacking(packing, of: code, by: .atTerminal(context.environment))
            return packing
        }
        context.output.show(PackingDescription(code: code, packing: packing))
        return .success
    }
}

private struct PackingDescription: Presentable {
    let code: SKUCode
    let packing: SKUPacking

    func show(on page: inout Page) {
        var record = Record()
        record.append(Text(en: "SKU", zh: "单品"), StyledText(code.rawValue, .heading))
        record.append(
            Text(en: "days that have to remain", zh: "最短剩余保质期（天）"), StyledText("\(packing.minimumLifeDays)"))
        record.append(
            Text(en: "grams of one unit", zh: "单件克数"), StyledText(packing.unitGrams.map { "\($0)" } ?? "—"))
        record.append(
            Text(en: "units of a parcel", zh: "每个包裹最多"), StyledText(packing.mostPerParcel.map { "\($0)" } ?? "—"))
        page.record(record)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("sku", code.rawValue)
        json.member("minimum_life_days", Int64(packing.minimumLifeDays))
        if let grams = packing.unitGrams { json.member("unit_grams", grams) }
        if let most = packing.mostPerParcel { json.member("most_per_parcel", most) }
        json.endObject()
    }
}
