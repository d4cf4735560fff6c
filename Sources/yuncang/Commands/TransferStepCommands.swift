internal import ArgumentParser
internal import CloudWarehouse
internal import Postgres

/// `yuncang transfer approve <reference>`
struct TransferApproveCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "approve",
            abstract: Text(en: "Let a transfer go: its goods may be picked.", zh: "审批：可以拣货。").current)
    }

    @OptionGroup
    var transfer: TransferStepOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await transfer.run({ _ in .approve }, of: database, in: context)
    }
}

/// `yuncang transfer pick <reference> --as <reference> --lot <id> --location <code> --quantity <quantity>`
struct TransferPickCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "pick",
            abstract: Text(
                en: "Take goods of a transfer from their shelf: nobody can sell them any more.", zh: "调拨拣货：拣下的货不再可售。"
            ).current)
    }

    @OptionGroup
    var transfer: TransferStepOptions

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(en: "What this pick is known by: sent again, it happens once.", zh: "这次拣货的编号：重复发送只算一次。"))
    var identity: String

    @Option(help: ArgumentHelp(en: "Goods of which lot.", zh: "哪个批次。", valueName: "id"))
    var lot: String

    @Option(help: ArgumentHelp(en: "Where they stand.", zh: "货所在的库位。", valueName: "code"))
    var location: String

    @Option(help: ArgumentHelp(en: "How much.", zh: "数量。", valueName: "quantity"))
    var quantity: String

    @Option(help: ArgumentHelp(en: "In what state they are: they go as they are.", zh: "货的状态，原样调拨。"))
    var quality = Quality.good

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (lot, identity) = (try ID<Lot>(argument: lot), try ReceiptReference(argument: identity))
        let location = try LocationCode(argument: location)
        return try await transfer.run(
            { base in
                let quantity = try await base.quantity(quantity, of: lot)
                do throws(InvalidValue) {
                    return .pick(
                        try TransferPick(
                            reference: identity, lot: lot, location: location, quality: quality, quantity: quantity))
                } catch {
                    throw CommandFailure.transfer(error)
                }
            }, of: database, in: context)
    }
}

/// `yuncang transfer load <reference>`
struct TransferLoadCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "load",
            abstract: Text(en: "All that was picked is on the truck.", zh: "装车：拣下的货都已上车。").current)
    }

    @OptionGroup
    var transfer: TransferStepOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await transfer.run({ _ in .load }, of: database, in: context)
    }
}

/// `yuncang transfer depart <reference> [--expected <time>]`
struct TransferDepartCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "depart",
            abstract: Text(en: "The truck leaves: what was picked is in transit.", zh: "发车：拣下的货在途。").current)
    }

    @OptionGroup
    var transfer: TransferStepOptions

    @Option(
        help: ArgumentHelp(
            en: "When it should arrive, if that is other than was said.", zh: "预计到达时间，如与申请时不同。", valueName: "time"))
    var expected: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let expected = try expected.map { text throws(CommandFailure) in try LocalInstant(argument: text, of: .end) }
        return try await transfer.run(
            { base in
                guard let expected else { return .depart(expectedAt: nil) }
                return .depart(expectedAt: try await base.instant(expected))
            }, of: database, in: context)
    }
}

/// `yuncang transfer cancel <reference>`
struct TransferCancelCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cancel",
            abstract: Text(en: "A transfer does not go, or turns round.", zh: "取消：不调了；已发车的返程。").current)
    }

    @OptionGroup
    var transfer: TransferStepOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await transfer.run({ _ in .cancel }, of: database, in: context)
    }
}
