internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang zone list --warehouse <code>`
struct ZoneListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List a warehouse's zones.", zh: "列出仓库的库区。").current)
    }

    @Option(help: ArgumentHelp(en: "The warehouse.", zh: "仓库。", valueName: "code"))
    var warehouse: String

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let warehouse = try WarehouseCode(argument: warehouse)
        let (after, limit) = (try page.code(of: Zone.self), try page.limit(atMost: Stock.maximumPage))
        let listed = try await database.withBase(in: context) { base in
            guard try await base.stock.warehouse(warehouse) != nil else {
                throw StockError.unknownWarehouse(warehouse)
            }
            return try await Listed.page(after: after, limit: limit, position: \Zone.code) {
                try await base.stock.zones(of: warehouse, after: $0, limit: $1)
            }
        }
        context.output.show(ZoneList(zones: listed.rows))
        if listed.hasMore, let last = listed.rows.last {
            context.output.more(
                NextPage(
                    "zone list", after: last.code.rawValue, limit: limit,
                    filters: [("--warehouse", warehouse.rawValue)], database: database, global: global))
        }
        return .success
    }
}

/// Zones as a command shows them.
struct ZoneList: Presentable {
    let zones: [Zone]

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "ZONE", zh: "库区")), .words(Text(en: "NAME", zh: "名称")), .terms(Text(en: "STATE", zh: "状态")),
        ])
        for zone in zones {
            table.append([
                StyledText(zone.code.rawValue), StyledText(zone.name.rawValue),
                StyledText(Text.use(isClosed: zone.isClosed).current),
            ])
        }
        page.table(table, whenEmpty: Text(en: "the warehouse has no zone yet", zh: "该仓库还没有库区"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for zone in zones {
            json.beginObject()
            json.member("code", zone.code.rawValue)
            json.member("name", zone.name.rawValue)
            json.member("closed", zone.isClosed)
            json.endObject()
        }
        json.endArray()
    }
}

extension Text {
    /// Whether a place is used.
    static func use(isClosed: Bool) -> Text {
        isClosed ? Text(en: "closed", zh: "停用") : Text(en: "open", zh: "在用")
    }
}
