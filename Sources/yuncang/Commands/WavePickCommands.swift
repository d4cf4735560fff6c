internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang wave picks <code>`
struct WavePicksCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "picks",
            abstract: Text(
                en: "What is to be picked, in the order in which pickers walk.", zh: "拣货单：按拣货路线排列。"
            ).current)
    }

    @Argument(help: WaveCommands.codeHelp)
    var code: String

    @Option(help: ArgumentHelp(en: "Only what is sorted in this round.", zh: "只列出这一轮分拣的。", valueName: "number"))
    var round: Int16?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try WaveCode(argument: code)
        let tasks = try await database.withBase(in: context) { base in
            try await base.fulfilment.picks(of: code, round: round)
        }
        context.output.show(PickList(tasks: tasks))
        return .success
    }
}

/// `yuncang wave pick <code> --as <reference> --location <code> --lot <id> [--found <quantity>]`
struct WavePickCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "pick",
            abstract: Text(
                en: "Say that goods were picked; what was not found is picked elsewhere.", zh: "登记拣货；未找到的改从别处拣。"
            ).current)
    }

    @Argument(help: WaveCommands.codeHelp)
    var code: String

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(en: "What this is known by: sent again, it picks once.", zh: "这次拣货的编号：重复发送只算一次。"))
    var identity: String

    @Option(help: ArgumentHelp(en: "Where the goods stood.", zh: "拣货的库位。", valueName: "code"))
    var location: String

    @Option(help: ArgumentHelp(en: "Goods of which lot.", zh: "哪个批次。", valueName: "id"))
    var lot: String

    @Option(help: ArgumentHelp(en: "Only for this round.", zh: "只为这一轮。", valueName: "number"))
    var round: Int16?

    @Option(
        help: ArgumentHelp(en: "How much was found; else all of it.", zh: "找到多少；不写则全部找到。", valueName: "quantity"))
    var found: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try WaveCode(argument: code)
        var pick = WavePick(
            reference: try ReceiptReference(argument: identity), location: try LocationCode(argument: location),
            lot: try ID<Lot>(argument: lot), round: round)
        let result = try await database.withBase(in: context) { base in
            if let found {
                guard let unit = try await base.stock.unit(of: pick.lot) else {
                    throw StockError.notAdjusted(.unknownLot(pick.lot))
                }
                pick.found = try Quantity(argument: found, in: unit)
            }
            return try await base.fulfilment.pick(pick, for: code, by: .atTerminal(context.environment))
        }
        context.output.show(PickDescription(result: result))
        return .success
    }
}

/// `yuncang wave trust --warehouse <code> --location <code> --lot <id>`
struct WaveTrustCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "trust",
            abstract: Text(
                en: "Say that goods that a picker had not found are there after all.", zh: "确认拣货员未找到的货其实在库位上。"
            ).current,
            discussion: Text(
                en: "Until then, or until the stock is corrected there, no wave binds them.",
                zh: "在此之前，或在更正该处库存之前，波次不会锁定它们。"
            ).current)
    }

    @Option(help: ArgumentHelp(en: "The warehouse.", zh: "仓库。", valueName: "code"))
    var warehouse: String

    @Option(help: ArgumentHelp(en: "Where the goods stand.", zh: "库位。", valueName: "code"))
    var location: String

    @Option(help: ArgumentHelp(en: "Goods of which lot.", zh: "哪个批次。", valueName: "id"))
    var lot: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (warehouse, location) = (try WarehouseCode(argument: warehouse), try LocationCode(argument: location))
        let lot = try ID<Lot>(argument: lot)
        try await database.withBase(in: context) { base in
            try await base.fulfilment.trust(lot, at: location, in: warehouse, by: .atTerminal(context.environment))
        }
        context.output.note(Text(en: "waves may bind them", zh: "波次可以锁定它们了"), .good)
        return .success
    }
}

private struct PickList: Presentable {
    let tasks: [PickTask]

    func show(on page: inout Page) {
        var table = Table([
            .numbers(Text(en: "ROUND", zh: "轮次")), .keys(Text(en: "LOCATION", zh: "库位")),
            .keys(Text(en: "SKU", zh: "单品")), .words(Text(en: "NAME", zh: "名称")),
            .numbers(Text(en: "QUANTITY", zh: "数量")), .terms(Text(en: "GOOD UNTIL", zh: "保质期到")),
            .terms(Text(en: "SLOTS", zh: "格口")), .keys(Text(en: "LOT", zh: "批次")),
        ])
        for task in tasks {
            table.append([
                StyledText("\(task.round)"), StyledText(task.location.rawValue), StyledText(task.sku.rawValue),
                StyledText(task.name.rawValue), StyledText(Text.amount(task.quantity, in: task.unit).current),
                StyledText(task.expiresOn?.description ?? "—"),
                StyledText(
                    task.slots.isEmpty ? "—" : task.slots.map { "\($0.number)×\($0.quantity)" }.joined(separator: " ")),
                StyledText(task.lot.description),
            ])
        }
        page.table(table, whenEmpty: Text(en: "nothing is to be picked", zh: "没有要拣的货"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for task in tasks {
            json.beginObject()
            json.member("round", Int64(task.round))
            json.member("location", task.location.rawValue)
            json.member("sku", task.sku.rawValue)
            json.member("name", task.name.rawValue)
            json.member("lot", task.lot.description)
            json.member("expires_on", task.expiresOn?.description)
            json.member("quantity", task.quantity)
            json.member("parcels", task.parcels)
            json.key("slots")
            json.beginArray()
            for slot in task.slots {
                json.beginObject()
                json.member("number", Int64(slot.number))
                json.member("quantity", slot.quantity)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
    }
}

private struct PickDescription: Presentable {
    let result: PickResult

    func show(on page: inout Page) {
        page.line(
            Text(en: "\(result.found) of \(result.asked) picked", zh: "应拣 \(result.asked)，已拣 \(result.found)"),
            result.found == result.asked ? .good : .warning)
        if result.rebound > 0 {
            page.line(Text(en: "\(result.rebound) to be picked elsewhere", zh: "\(result.rebound) 改从别处拣"))
        }
        if result.givenUp > 0 {
            page.line(
                Text(en: "\(result.givenUp) wait for another wave", zh: "\(result.givenUp) 等待下一个波次"), .warning)
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("asked", result.asked)
        json.member("found", result.found)
        json.member("rebound", result.rebound)
        json.member("given_up", result.givenUp)
        json.member("repeated", result.isRepeated)
        json.endObject()
    }
}
