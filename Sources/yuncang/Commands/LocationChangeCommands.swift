internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang location change <code> --warehouse <code> ...`
struct LocationChangeCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "change",
            abstract: Text(en: "Change a location; what is not said stays.", zh: "修改库位；没有写的保持不变。").current)
    }

    @Argument(help: ArgumentHelp(en: "The location.", zh: "库位。"))
    var code: String

    @Option(help: ArgumentHelp(en: "The warehouse that it is in.", zh: "所在的仓库。", valueName: "code"))
    var warehouse: String

    @Option(help: ArgumentHelp(en: "How cold it is.", zh: "温度：常温、冷藏、冷冻。", valueName: "class"))
    var storage: StorageClass?

    @OptionGroup
    var terms: LocationTermsOptions

    @Flag(help: ArgumentHelp(en: "It is in no zone.", zh: "不属于任何库区。"))
    var noZone = false

    @Flag(help: ArgumentHelp(en: "Its capacity is not known.", zh: "不设容量。"))
    var noCapacity = false

    @Flag(help: ArgumentHelp(en: "Pickers come to it last.", zh: "不设拣货顺序，排在最后。"))
    var noPickSequence = false

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (change, storage) = (try terms.change(), storage)
        let (noZone, noCapacity, noPickSequence) = (noZone, noCapacity, noPickSequence)
        return try await changeLocation(code, in: warehouse, of: database, context) { terms in
            if noZone { terms.zone = nil }
            if noCapacity { terms.capacity = nil }
            if noPickSequence { terms.pickSequence = nil }
            if let storage { terms.storageClass = storage }
            change(&terms)
        }
    }
}

/// `yuncang location close <code> --warehouse <code>`
struct LocationCloseCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "close",
            abstract: Text(en: "Use an empty location no longer.", zh: "停用空的库位。").current)
    }

    @Argument(help: ArgumentHelp(en: "The location.", zh: "库位。"))
    var code: String

    @Option(help: ArgumentHelp(en: "The warehouse that it is in.", zh: "所在的仓库。", valueName: "code"))
    var warehouse: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await changeLocation(code, in: warehouse, of: database, context) { $0.isClosed = true }
    }
}

/// `yuncang location open <code> --warehouse <code>`
struct LocationOpenCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "open",
            abstract: Text(en: "Use a closed location again.", zh: "重新启用库位。").current)
    }

    @Argument(help: ArgumentHelp(en: "The location.", zh: "库位。"))
    var code: String

    @Option(help: ArgumentHelp(en: "The warehouse that it is in.", zh: "所在的仓库。", valueName: "code"))
    var warehouse: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await changeLocation(code, in: warehouse, of: database, context) { $0.isClosed = false }
    }
}

/// Changes a location and shows it.
private func changeLocation(
    _ code: String, in warehouse: String, of database: DatabaseOptions, _ context: CommandContext,
    _ change: @Sendable @escaping (inout LocationTerms) -> Void
) async throws -> ExitStatus {
    let code = try LocationCode(argument: code)
    let warehouse = try WarehouseCode(argument: warehouse)
    let location = try await database.withBase(in: context) { base in
        try await base.stock.changeLocation(code, in: warehouse, by: .atTerminal(context.environment), change)
    }
    context.output.show(LocationList(locations: [location]))
    return .success
}
