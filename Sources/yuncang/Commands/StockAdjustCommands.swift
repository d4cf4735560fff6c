internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang stock adjust <kind> <quantity> --reference <text> --lot <id> --warehouse <code> --location <code> --note <text>`
struct StockAdjustCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        let kinds = Adjustment.Kind.allCases
        return CommandConfiguration(
            commandName: "adjust",
            abstract: Text(
                en: "Correct the stock by hand: a row of the ledger with reason and person.",
                zh: "手工调整库存：在流水中记一行，写明原因和人。"
            ).current,
            discussion: Text(
                en: """
                    The kinds are:

                    \(kinds.map { "  \($0.rawValue): \($0.meaning.en)" }.joined(separator: "\n"))

                    What orders have been promised is not taken away from them. The same command again changes nothing. \
                    yuncang stock lots shows the lots, and yuncang stock reverse takes a row of the ledger back.
                    """,
                zh: """
                    种类：

                    \(kinds.map { "  \($0.rawValue)（\($0.word.zh)）：\($0.meaning.zh)" }.joined(separator: "\n"))

                    已答应给订单的货不会被拿走。重复同一命令不会改变什么。\
                    yuncang stock lots 列出批次，yuncang stock reverse 冲正一行流水。
                    """
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "What is to be corrected.", zh: "调整的种类。"))
    var kind: Adjustment.Kind

    @Argument(help: ArgumentHelp(en: "How many: 3, 2.5kg, 3jin.", zh: "数量：3、3件、2.5kg。"))
    var quantity: String

    @Option(help: ArgumentHelp(en: "What stands on the paper.", zh: "单据上的单号。"))
    var reference: String

    @Option(help: ArgumentHelp(en: "Goods of which lot.", zh: "哪个批次的货。", valueName: "id"))
    var lot: String

    @Option(help: ArgumentHelp(en: "Where they are, or should be.", zh: "货在（或应在）哪个仓库。", valueName: "code"))
    var warehouse: String

    @Option(help: ArgumentHelp(en: "Where in the warehouse.", zh: "在仓库的哪个库位。", valueName: "code"))
    var location: String

    @Option(help: ArgumentHelp(en: "In what state they are, or were found.", zh: "货现在（或找到时）的状态。"))
    var quality = Quality.good

    @Option(help: ArgumentHelp(en: "Why, in your words.", zh: "原因，用自己的话写。", valueName: "text"))
    var note: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let lot = try ID<Lot>(argument: lot)
        let (reference, note) = (try ReceiptReference(argument: reference), try AdjustmentNote(argument: note))
        let (warehouse, location) = (try WarehouseCode(argument: warehouse), try LocationCode(argument: location))
        let (adjusted, times) = try await database.withBase(in: context) { base in
            guard let unit = try await base.stock.unit(of: lot) else {
                throw StockError.notAdjusted(.unknownLot(lot))
            }
            let quantity = try Quantity(argument: quantity, in: unit)
            let adjustment: Adjustment
            do throws(InvalidValue) {
                adjustment = try Adjustment(
                    reference: reference, kind: kind, lot: lot, warehouse: warehouse, location: location,
                    quality: quality, quantity: quantity, note: note)
            } catch {
                throw CommandFailure(
                    .usage, what: Text(en: "the stock cannot be corrected so", zh: "不能这样调整库存"), why: error.text)
            }
            let adjusted = try await base.stock.adjust(adjustment, by: .atTerminal(context.environment))
            return (adjusted, (try? await base.times(of: [adjusted.recordedAt])) ?? .utc)
        }
        context.output.show(
            AdjustedDescription(
                adjusted: adjusted, times: times,
                done: Text(en: "corrected: \(reference.rawValue)", zh: "已调整：\(reference.rawValue)"),
                before: Text(en: "was corrected already", zh: "此前已调整")))
        return .success
    }
}

/// `yuncang stock reverse <movement> --note <text>`
struct StockReverseCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "reverse",
            abstract: Text(
                en: "Take a row of the ledger back by another one the other way.", zh: "冲正一行流水：再记一行相反的。"
            ).current,
            discussion: Text(
                en: """
                    The row itself stays. A row is taken back once; what orders have been promised is not taken away from \
                    them. yuncang stock movements shows the ledger.
                    """,
                zh: "原来的那一行保留。每行只冲正一次；已答应给订单的货不会被拿走。yuncang stock movements 列出流水。"
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "The row's id.", zh: "流水的 id。"))
    var movement: String

    @Option(help: ArgumentHelp(en: "Why, in your words.", zh: "原因，用自己的话写。", valueName: "text"))
    var note: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let movement = try ID<LedgerEntry>(argument: movement)
        let note = try AdjustmentNote(argument: note)
        let (adjusted, times) = try await database.withBase(in: context) { base in
            let adjusted = try await base.stock.reverse(movement, note: note, by: .atTerminal(context.environment))
            return (adjusted, (try? await base.times(of: [adjusted.recordedAt])) ?? .utc)
        }
        context.output.show(
            AdjustedDescription(
                adjusted: adjusted, times: times, done: Text(en: "taken back: \(movement)", zh: "已冲正：\(movement)"),
                before: Text(en: "was taken back already", zh: "此前已冲正")))
        return .success
    }
}

/// What a correction did.
private struct AdjustedDescription: Presentable {
    let adjusted: AdjustedStock
    let times: LocalTimes
    let done: Text
    let before: Text

    func show(on page: inout Page) {
        let at = times.text(adjusted.recordedAt)
        if adjusted.isRepeated {
            page.line(
                Text(en: "\(before.en) on \(at); nothing was changed", zh: "\(before.zh)（\(at)），没有改变什么"), .warning)
        } else {
            page.line(done, .good)
        }
        page.line(
            Text(en: "row of the ledger: \(adjusted.movement)", zh: "流水：\(adjusted.movement)"), .quiet)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("movement", adjusted.movement.description)
        json.member("recorded_at", adjusted.recordedAt.description)
        json.member("repeated", adjusted.isRepeated)
        json.endObject()
    }
}

extension AdjustmentNote {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let note = Self(rawValue: text) else { throw .invalid(text, rule: InvalidValue.note.text) }
        self = note
    }
}

extension ReceiptReference {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let reference = Self(rawValue: text) else { throw .invalid(text, rule: InvalidValue.reference.text) }
        self = reference
    }
}
