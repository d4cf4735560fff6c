internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang transfer`
struct TransferCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "transfer",
            abstract: Text(en: "Goods that go from one warehouse to another.", zh: "调拨。").current,
            subcommands: [
                TransferRequestCommand.self, TransferApproveCommand.self, TransferPickCommand.self,
                TransferLoadCommand.self, TransferDepartCommand.self, TransferArriveCommand.self,
                TransferCancelCommand.self, TransferListCommand.self, TransferShowCommand.self,
                TransferSuggestCommand.self,
            ])
    }
}

/// Which transfer a step is about.
struct TransferStepOptions: ParsableArguments {
    @Argument(help: ArgumentHelp(en: "What stands on the transfer's paper.", zh: "调拨单号。"))
    var reference: String

    /// Takes the transfer one step further and shows what has become of it.
    func run(
        _ task: (OpenBase) async throws -> TransferTask, of database: DatabaseOptions, in context: CommandContext
    ) async throws -> ExitStatus {
        let reference = try ReceiptReference(argument: reference)
        let progress = try await database.withBase(in: context) { base in
            try await base.stock.handle(try await task(base), of: reference, by: .atTerminal(context.environment))
        }
        context.output.show(TransferProgressDescription(reference: reference, progress: progress))
        return .success
    }
}

extension OpenBase {
    /// How much of a lot's goods a text means.
    func quantity(_ text: String, of lot: ID<Lot>) async throws -> Quantity {
        guard let unit = try await stock.unit(of: lot) else { throw StockError.transferStays(.foreignLot(lot)) }
        return try Quantity(argument: text, in: unit)
    }
}

extension CommandFailure {
    /// A step of a transfer that breaks a rule.
    static func transfer(_ error: InvalidValue) -> CommandFailure {
        CommandFailure(.usage, what: Text(en: "the transfer cannot be taken further so", zh: "不能这样调拨"), why: error.text)
    }
}

/// `yuncang transfer request <reference> --from <code> --to <code> --owner <code> [--expected <time>] <sku>:<quantity> ...`
struct TransferRequestCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "request",
            abstract: Text(en: "Ask for goods of another warehouse.", zh: "申请从另一个仓库调货。").current,
            discussion: Text(
                en: """
                    Example: yuncang transfer request DB-1 --from main --to second --owner yimaqiao \
                    --expected 2026-12-01T18:00 melon:200 rice:25jin
                    """,
                zh: """
                    例如：yuncang transfer request DB-1 --from main --to second --owner yimaqiao \
                    --expected 2026-12-01T18:00 melon:200件 rice:25斤
                    """
            ).current)
    }

    @OptionGroup
    var transfer: TransferStepOptions

    @Argument(
        help: ArgumentHelp(
            en: "What is needed and how much: melon:200, rice:25jin.", zh: "货品及数量：melon:200件、rice:25斤。",
            valueName: "sku:quantity"))
    var lines: [String]

    @Option(help: ArgumentHelp(en: "Where the goods are.", zh: "货所在的仓库。", valueName: "code"))
    var from: String

    @Option(help: ArgumentHelp(en: "Where they are needed.", zh: "要货的仓库。", valueName: "code"))
    var to: String

    @Option(help: ArgumentHelp(en: "Whose the goods are.", zh: "货主。", valueName: "code"))
    var owner: String

    @Option(help: ArgumentHelp(en: "When they should arrive.", zh: "预计到达时间。", valueName: "time"))
    var expected: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let words = try lines.map { text throws(CommandFailure) in try LineArgument(text) }
        let owner = try OwnerCode(argument: owner)
        let (from, to) = (try WarehouseCode(argument: from), try WarehouseCode(argument: to))
        let expected = try expected.map { text throws(CommandFailure) in try LocalInstant(argument: text, of: .end) }
        return try await transfer.run(
            { base in
                let units = try await base.catalog.units(of: words.map(\.sku))
                let lines = try words.map { word in
                    guard let unit = units[word.sku] else { throw StockError.unknownSKUs([word.sku]) }
                    return ExpectedGoods(
                        sku: word.sku, owner: owner, quantity: try Quantity(argument: word.quantity, in: unit))
                }
                var expectedAt: Timestamp?
                if let expected { expectedAt = try await base.instant(expected) }
                do throws(InvalidValue) {
                    return .request(try TransferRequest(from: from, to: to, expectedAt: expectedAt, lines: lines))
                } catch {
                    throw CommandFailure.transfer(error)
                }
            }, of: database, in: context)
    }
}

/// What has become of a transfer, as a command shows it.
private struct TransferProgressDescription: Presentable {
    let reference: ReceiptReference
    let progress: TransferProgress

    func show(on page: inout Page) {
        let (state, name) = (progress.state.word, reference.rawValue)
        if progress.isRepeated {
            page.line(
                Text(en: "\(name) was that already: \(state.en)", zh: "\(name) 此前已是如此：\(state.zh)"), .good)
        } else {
            page.line(Text(en: "\(name): \(state.en)", zh: "\(name)：\(state.zh)"), .good)
        }
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
