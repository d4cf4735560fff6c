internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// Which delivery a step is about.
struct InboundStepOptions: ParsableArguments {
    @Argument(help: ArgumentHelp(en: "What stands on the delivery's paper.", zh: "单据上的单号。"))
    var reference: String

    /// Takes the delivery one step further and shows what has become of it.
    func run(
        _ task: (OpenBase) async throws -> InboundTask, of database: DatabaseOptions, in context: CommandContext
    ) async throws -> ExitStatus {
        let reference = try ReceiptReference(argument: reference)
        let progress = try await database.withBase(in: context) { base in
            try await base.stock.handle(try await task(base), of: reference, by: .atTerminal(context.environment))
        }
        context.output.show(InboundProgressDescription(reference: reference, progress: progress))
        return .success
    }
}

/// `yuncang inbound announce <reference> --warehouse <code> --owner <code> <sku>:<quantity> ...`
struct InboundAnnounceCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "announce", abstract: Text(en: "Say that a delivery will come.", zh: "预约到货。").current)
    }

    @OptionGroup
    var delivery: InboundStepOptions

    @Argument(
        help: ArgumentHelp(
            en: "What will come and how much: melon:200, rice:25jin.", zh: "货品及数量：melon:200件、rice:25斤。",
            valueName: "sku:quantity"))
    var lines: [String]

    @Option(help: ArgumentHelp(en: "Whose the goods are.", zh: "货主。", valueName: "code"))
    var owner: String

    @Option(help: ArgumentHelp(en: "Where it will arrive.", zh: "到货的仓库。", valueName: "code"))
    var warehouse: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let words = try lines.map { text throws(CommandFailure) in try LineArgument(text) }
        let owner = try OwnerCode(argument: owner)
        let warehouse = try WarehouseCode(argument: warehouse)
        return try await delivery.run(
            { base in
                let units = try await base.catalog.units(of: words.map(\.sku))
                return .announce(
                    at: warehouse,
                    try words.map { word in
                        guard let unit = units[word.sku] else { throw StockError.unknownSKUs([word.sku]) }
                        let quantity = try Quantity(argument: word.quantity, in: unit)
                        guard quantity > .zero else {
                            throw CommandFailure.invalid(word.quantity, rule: InvalidValue.emptyDeliveryLine(1).text)
                        }
                        return ExpectedGoods(sku: word.sku, owner: owner, quantity: quantity)
                    })
            }, of: database, in: context)
    }
}

/// `yuncang inbound arrive <reference> --warehouse <code>`
struct InboundArriveCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "arrive",
            abstract: Text(en: "Say that a delivery has come, announced or not.", zh: "登记到货，无论是否预约过。").current)
    }

    @OptionGroup
    var delivery: InboundStepOptions

    @Option(help: ArgumentHelp(en: "Where it has arrived.", zh: "到货的仓库。", valueName: "code"))
    var warehouse: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let warehouse = try WarehouseCode(argument: warehouse)
        return try await delivery.run({ _ in .arrive(at: warehouse) }, of: database, in: context)
    }
}

/// `yuncang inbound finish <reference>`
struct InboundFinishCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "finish",
            abstract: Text(en: "No more of a delivery comes: what came waits to be released.", zh: "收完：到货等待放行。").current
        )
    }

    @OptionGroup
    var delivery: InboundStepOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await delivery.run({ _ in .finish }, of: database, in: context)
    }
}

/// `yuncang inbound release <reference>`
struct InboundReleaseCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "release",
            abstract: Text(en: "Find a delivery's goods good: they become sellable.", zh: "放行：货可以销售。").current)
    }

    @OptionGroup
    var delivery: InboundStepOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await delivery.run({ _ in .release }, of: database, in: context)
    }
}

/// `yuncang inbound cancel <reference>`
struct InboundCancelCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cancel",
            abstract: Text(en: "A delivery does not come, or is sent away whole.", zh: "取消：货不来了，或整批退回。").current)
    }

    @OptionGroup
    var delivery: InboundStepOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await delivery.run({ _ in .cancel }, of: database, in: context)
    }
}

/// What has become of a delivery, as a command shows it.
struct InboundProgressDescription: Presentable {
    let reference: ReceiptReference
    let progress: InboundProgress

    func show(on page: inout Page) {
        let state = progress.state.word
        let name = reference.rawValue
        if progress.isRepeated {
            page.line(
                Text(en: "\(name) was that already: \(state.en)", zh: "\(name) 此前已是如此：\(state.zh)"), .good)
        } else {
            page.line(Text(en: "\(name): \(state.en)", zh: "\(name)：\(state.zh)"), .good)
        }
        if let lot = progress.lot { page.line(Text(en: "lot \(lot)", zh: "批次 \(lot)")) }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", progress.id.description)
        json.member("reference", reference.rawValue)
        json.member("state", progress.state.rawValue)
        json.member("lot", progress.lot?.description)
        json.member("repeated", progress.isRepeated)
        json.endObject()
    }
}
