internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang stock lots [--sku CODE]`
struct StockLotsCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "lots",
            abstract: Text(
                en: "List lots with what is left of them and where, the newest first.", zh: "列出批次及其余量和库位，最新的在前。"
            ).current)
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
        let (after, limit) = (try page.id(of: Lot.self), try page.limit(atMost: Stock.maximumLots))
        let lots = try await database.withBase(in: context) { base in
            if let sku, try await base.catalog.units(of: [sku]).isEmpty { throw StockError.unknownSKUs([sku]) }
            return try await base.stock.lots(of: sku, before: after, limit: limit)
        }
        context.output.show(LotList(lots: lots.lots))
        if let next = lots.next {
            context.output.more(
                NextPage(
                    "stock lots", after: next.description, limit: limit, filters: [("--sku", sku?.rawValue)],
                    database: database, global: global))
        }
        return .success
    }
}

private struct LotList: Presentable {
    let lots: [StoredLot]

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")),
            .terms(Text(en: "WHERE", zh: "库位")), .terms(Text(en: "QUALITY", zh: "状态")),
            .numbers(Text(en: "ON HAND", zh: "在库")), .terms(Text(en: "EXPIRES", zh: "到期")),
            .words(Text(en: "GRADE", zh: "等级")), .words(Text(en: "OWNER", zh: "货主")),
            .keys(Text(en: "LOT", zh: "批次")),
        ])
        for lot in lots {
            // A lot of which nothing is left has a line too.
            let standings: [StoredLot.Standing?] = lot.standings.isEmpty ? [nil] : lot.standings
            for standing in standings {
                table.append([
                    StyledText(lot.sku.rawValue),
                    StyledText(standing.map { "\($0.warehouse) \($0.location)" } ?? "—"),
                    StyledText(standing?.quality.word.current ?? "—"),
                    StyledText(Text.amount(standing?.onHand.rawValue ?? 0, in: lot.unit).current),
                    StyledText(lot.expiresOn?.description ?? "—"), StyledText(lot.grade?.rawValue ?? "—"),
                    StyledText(lot.owner.rawValue), StyledText(lot.id.description),
                ])
            }
        }
        page.table(table, whenEmpty: Text(en: "there is no lot here", zh: "这里没有批次"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for lot in lots {
            json.beginObject()
            json.member("id", lot.id.description)
            json.member("sku", lot.sku.rawValue)
            json.member("unit", lot.unit.rawValue)
            json.member("owner", lot.owner.rawValue)
            json.member("harvested_on", lot.harvestedOn?.description)
            json.member("expires_on", lot.expiresOn?.description)
            json.member("grade", lot.grade?.rawValue)
            json.member("status", lot.status.rawValue)
            json.key("standings")
            json.beginArray()
            for standing in lot.standings {
                json.beginObject()
                json.member("warehouse", standing.warehouse.rawValue)
                json.member("location", standing.location.rawValue)
                json.member("quality", standing.quality.rawValue)
                json.member("on_hand", standing.onHand.rawValue)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
    }
}
