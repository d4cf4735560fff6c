internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// Which parcel is changed.
struct ParcelChangeOptions: ParsableArguments {
    @Argument(help: ArgumentHelp(en: "The parcel's label or number.", zh: "包裹标签或快递单号。", valueName: "scan"))
    var scan: String

    /// Changes it and shows what became of it.
    func run(
        _ change: ParcelChange, of database: DatabaseOptions, in context: CommandContext
    ) async throws -> ExitStatus {
        let scan = try ParcelScan(argument: scan)
        let result = try await database.withBase(in: context) { base in
            try await base.fulfilment.change(scan, change, by: .atTerminal(context.environment))
        }
        context.output.show(ParcelResultList(results: [result]))
        return .success
    }
}

/// `yuncang parcel number <scan> --carrier <carrier> --tracking <number>`
struct ParcelNumberCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "number",
            abstract: Text(en: "Give a parcel the number of its carrier.", zh: "登记包裹的快递单号。").current)
    }

    @OptionGroup
    var parcel: ParcelChangeOptions

    @Option(help: ArgumentHelp(en: "Who carries it.", zh: "快递公司。"))
    var carrier: String

    @Option(help: ArgumentHelp(en: "Under which number.", zh: "快递单号。", valueName: "number"))
    var tracking: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let change = ParcelChange.number(
            try Carrier(argument: carrier), try TrackingNumber(argument: tracking))
        return try await parcel.run(change, of: database, in: context)
    }
}

/// `yuncang parcel relabel <scan>`
struct ParcelRelabelCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "relabel",
            abstract: Text(
                en: "Say that the label has the address as it is now.", zh: "换单：面单已换成现在的地址。"
            ).current)
    }

    @OptionGroup
    var parcel: ParcelChangeOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await parcel.run(.relabel, of: database, in: context)
    }
}

/// `yuncang parcel dissolve <scan> [--to <code>]`
struct ParcelDissolveCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "dissolve",
            abstract: Text(
                en: "Take a parcel apart: its goods go back, its orders wait for another wave.",
                zh: "拆包：货放回库位，订单等待下一个波次。"
            ).current)
    }

    @OptionGroup
    var parcel: ParcelChangeOptions

    @Option(
        help: ArgumentHelp(
            en: "Where picked goods are put; else where they came from.", zh: "已拣的货放到哪个库位；不写则放回原处。", valueName: "code"))
    var to: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let target = try to.map { text throws(CommandFailure) in try LocationCode(argument: text) }
        return try await parcel.run(.dissolve(to: target), of: database, in: context)
    }
}

/// Parcels, as a command shows them.
struct ParcelList: Presentable {
    let parcels: [Parcel]

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "PARCEL", zh: "包裹")), .terms(Text(en: "STATE", zh: "状态")),
            .numbers(Text(en: "ORDERS", zh: "订单")), .terms(Text(en: "SLOT", zh: "格口")),
            .terms(Text(en: "CLASS", zh: "温层")), .words(Text(en: "CARRIER", zh: "承运方")),
            .keys(Text(en: "NUMBER", zh: "快递单号")), .numbers(Text(en: "WEIGHT", zh: "重量")),
        ])
        for parcel in parcels {
            table.append([
                StyledText(parcel.label.description),
                StyledText(parcel.state.word.current, parcel.isShort ? .warning : .plain),
                StyledText("\(parcel.orders)"), StyledText(parcel.slot.map { "\(parcel.round)/\($0)" } ?? "—"),
                StyledText(parcel.storageClass.word.current), StyledText(parcel.carrier?.rawValue ?? "—"),
                StyledText(parcel.tracking?.rawValue ?? "—"),
                StyledText((parcel.weighedGrams ?? parcel.expectedGrams).map { "\($0) g" } ?? "—"),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there are no parcels", zh: "没有包裹"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for parcel in parcels {
            json.beginObject()
            json.member("id", parcel.id.description)
            json.member("label", parcel.label.description)
            json.member("state", parcel.state.rawValue)
            json.member("orders", parcel.orders)
            json.member("round", Int64(parcel.round))
            if let slot = parcel.slot { json.member("slot", Int64(slot)) }
            json.member("storage_class", parcel.storageClass.rawValue)
            json.member("carrier", parcel.carrier?.rawValue)
            json.member("tracking", parcel.tracking?.rawValue)
            if let grams = parcel.expectedGrams { json.member("expected_grams", grams) }
            if let grams = parcel.weighedGrams { json.member("weighed_grams", grams) }
            json.member("short", parcel.isShort)
            json.endObject()
        }
        json.endArray()
    }
}
