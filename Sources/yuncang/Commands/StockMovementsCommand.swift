internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang stock movements [--sku CODE]`
struct StockMovementsCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "movements",
            abstract: Text(en: "List the ledger, the newest rows first.", zh: "列出库存流水，最新的在前。").current)
    }

    @Option(help: ArgumentHelp(en: "Only this SKU's.", zh: "只看这个单品的。", valueName: "code"))
    var sku: String?

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let sku = try sku.map { text throws(CommandFailure) in try SKUCode(argument: text) }
        let (after, limit) = (try page.id(of: LedgerEntry.self), try page.limit(atMost: Stock.maximumEntries))
        let (ledger, times) = try await database.withBase(in: context) { base in
            if let sku, try await base.catalog.units(of: [sku]).isEmpty { throw StockError.unknownSKUs([sku]) }
            let ledger = try await base.stock.ledger(of: sku, before: after, limit: limit)
            return (ledger, try await base.times(of: ledger.entries.map(\.recordedAt)))
        }
        context.output.show(MovementList(entries: ledger.entries, times: times))
        if let next = ledger.next {
            context.output.more(
                NextPage(
                    "stock movements", after: next.description, limit: limit, filters: [("--sku", sku?.rawValue)],
                    database: database, global: global))
        }
        return .success
    }
}

private struct MovementList: Presentable {
    let entries: [LedgerEntry]
    let times: LocalTimes

    func show(on page: inout Page) {
        var table = Table([
            .terms(Text(en: "RECORDED", zh: "记录时间")),
            .terms(Text(en: "REASON", zh: "原因")), .keys(Text(en: "SKU", zh: "单品")),
            .numbers(Text(en: "QUANTITY", zh: "数量")), .terms(Text(en: "FROM", zh: "从")),
            .terms(Text(en: "TO", zh: "到")), .keys(Text(en: "MOVEMENT", zh: "流水")),
        ])
        for entry in entries {
            table.append([
                StyledText(times.text(entry.recordedAt)),
                StyledText(entry.reason.word.current), StyledText(entry.goods.sku.rawValue),
                StyledText(Text.amount(entry.goods.quantity.rawValue, in: entry.goods.unit).current),
                StyledText(entry.from.words.current), StyledText(entry.to.words.current),
                StyledText(entry.id.description),
            ])
        }
        page.table(table, whenEmpty: Text(en: "nothing was moved here", zh: "这里没有流水"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for entry in entries {
            json.beginObject()
            json.member("id", entry.id.description)
            json.member("recorded_at", entry.recordedAt.description)
            json.member("sku", entry.goods.sku.rawValue)
            json.member("unit", entry.goods.unit.rawValue)
            json.member("owner", entry.goods.owner.rawValue)
            json.member("lot", entry.goods.lot.description)
            json.member("quantity", entry.goods.quantity.rawValue)
            json.key("from")
            entry.from.write(to: &json)
            json.key("to")
            entry.to.write(to: &json)
            json.member("reason", entry.reason.rawValue)
            json.endObject()
        }
        json.endArray()
    }
}

extension LedgerEntry.Place {
    /// `main A-01, good`
    fileprivate var words: Text {
        guard let warehouse else { return kind.word }
        return Text(
            en: "\(warehouse) \(location), \(quality.word.en)", zh: "\(warehouse) \(location)，\(quality.word.zh)")
    }

    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("kind", kind.rawValue)
        json.member("warehouse", warehouse?.rawValue)
        json.member("location", location.rawValue)
        json.member("quality", quality.rawValue)
        json.endObject()
    }
}
