internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang transfer list`
struct TransferListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: Text(en: "List transfers, the newest first.", zh: "列出调拨单，最新的在前。").current)
    }

    @Option(
        help: ArgumentHelp(en: "Only those from or to this warehouse.", zh: "只列出从该仓库或到该仓库的。", valueName: "code"))
    var warehouse: String?

    @Flag(help: ArgumentHelp(en: "Only those that should have arrived.", zh: "只列出逾期未到的。"))
    var late = false

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (after, limit) = (try page.id(of: Transfer.self), try page.limit(atMost: Stock.maximumTransfers))
        let code = try warehouse.map { text throws(CommandFailure) in try WarehouseCode(argument: text) }
        let (listed, times) = try await database.withBase(in: context) { base in
            let listed = try await Listed.page(after: after, limit: limit, position: \TransferSummary.id) {
                try await base.stock.transfers(of: code, isLate: late, before: $0, limit: $1)
            }
            return (listed, try await base.times(of: listed.rows.compactMap(\.expectedAt)))
        }
        context.output.show(TransferList(transfers: listed.rows, times: times))
        if listed.hasMore, let last = listed.rows.last {
            let command = late ? "transfer list --late" : "transfer list"
            context.output.more(
                NextPage(
                    command, after: last.id.description, limit: limit, filters: [("--warehouse", warehouse)],
                    database: database, global: global))
        }
        return .success
    }
}

/// `yuncang transfer suggest [--to <code>]`
struct TransferSuggestCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "suggest",
            abstract: Text(
                en: "What may be brought from where it is free to where open orders take it.",
                zh: "建议调拨：从有余的仓库到订单需要的仓库。"
            ).current)
    }

    @Option(help: ArgumentHelp(en: "Only what is to be brought there.", zh: "只看调往该仓库的。", valueName: "code"))
    var to: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let target = try to.map { text throws(CommandFailure) in try WarehouseCode(argument: text) }
        let suggestions = try await database.withBase(in: context) { base in
            if let target, try await base.stock.warehouse(target) == nil { throw StockError.unknownWarehouse(target) }
            return try await base.stock.transferSuggestions(to: target)
        }
        context.output.show(TransferSuggestionList(suggestions: suggestions))
        return .success
    }
}

private struct TransferList: Presentable {
    let transfers: [TransferSummary]
    let times: LocalTimes

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "REFERENCE", zh: "单号")), .keys(Text(en: "FROM", zh: "调出")), .keys(Text(en: "TO", zh: "调入")),
            .terms(Text(en: "STATE", zh: "状态")), .terms(Text(en: "EXPECTED", zh: "预计到达")),
        ])
        for transfer in transfers {
            let late = transfer.isLate ? Text(en: " (late)", zh: "（逾期）").current : ""
            table.append([
                StyledText(transfer.reference.rawValue), StyledText(transfer.from.rawValue),
                StyledText(transfer.to.rawValue), StyledText(transfer.state.word.current),
                StyledText((transfer.expectedAt.map(times.text) ?? "—") + late),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there are no transfers here", zh: "这里没有调拨单"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for transfer in transfers {
            json.beginObject()
            transfer.writeMembers(to: &json)
            json.endObject()
        }
        json.endArray()
    }
}

private struct TransferSuggestionList: Presentable {
    let suggestions: [TransferSuggestion]

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .words(Text(en: "OWNER", zh: "货主")), .keys(Text(en: "FROM", zh: "调出")),
            .keys(Text(en: "TO", zh: "调入")), .numbers(Text(en: "QUANTITY", zh: "数量")),
        ])
        for suggestion in suggestions {
            table.append([
                StyledText(suggestion.sku.rawValue), StyledText(suggestion.owner.rawValue),
                StyledText(suggestion.from.rawValue), StyledText(suggestion.to.rawValue),
                StyledText(Text.amount(suggestion.quantity.rawValue, in: suggestion.unit).current),
            ])
        }
        page.table(table, whenEmpty: Text(en: "nothing is to be brought anywhere", zh: "没有需要调拨的货"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for suggestion in suggestions {
            json.beginObject()
            json.member("sku", suggestion.sku.rawValue)
            json.member("owner", suggestion.owner.rawValue)
            json.member("from", suggestion.from.rawValue)
            json.member("to", suggestion.to.rawValue)
            json.member("quantity", suggestion.quantity.rawValue)
            json.endObject()
        }
        json.endArray()
    }
}

extension TransferSummary {
    /// Its members, within an object.
    func writeMembers(to json: inout JSONWriter) {
        json.member("id", id.description)
        json.member("reference", reference.rawValue)
        json.member("state", state.rawValue)
        json.member("from", from.rawValue)
        json.member("to", to.rawValue)
        json.member("expected_at", expectedAt?.description)
        json.member("late", isLate)
    }
}
