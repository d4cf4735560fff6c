internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang sourcing show [--sku <code>]`
struct SourcingShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Text(en: "Show the rules, the shares and the delivery zones.", zh: "显示规则、配额和配送区域。").current)
    }

    @Option(help: ArgumentHelp(en: "Only what counts for this SKU.", zh: "只看对这个单品有效的。", valueName: "code"))
    var sku: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let sku = try sku.map { text throws(CommandFailure) in try SKUCode(argument: text) }
        let description = try await database.withBase(in: context) { base in
            if let sku, try await base.catalog.units(of: [sku]).isEmpty { throw SourcingError.unknownSKU(sku) }
            return try await SourcingDescription(of: sku, in: base)
        }
        context.output.show(description)
        return .success
    }
}

/// The rules of a base, or what counts for one SKU.
struct SourcingDescription: Presentable {
    let rules: [ListedRule]
    let shares: [ListedShare]
    let zones: [ListedZone]

    /// Reads all of it.
    init(of sku: SKUCode?, in base: OpenBase) async throws {
        rules = try await base.sourcing.rules(for: sku)
        shares = try await base.sourcing.shares(for: sku)
        zones = try await base.sourcing.zones()
    }

    private static let everybody = StyledText(Text(en: "(all others)", zh: "（其余所有）").current, .quiet)

    func show(on page: inout Page) {
        var table = Table([.keys(Text(en: "SKU", zh: "单品")), .terms(Text(en: "CHOSEN BY", zh: "选择标准"))])
        for rule in rules {
            let words = rule.criteria.all.map(\.word)
            table.append([
                rule.sku.map { StyledText($0.rawValue) } ?? Self.everybody,
                StyledText(
                    Text(en: words.map(\.en).joined(separator: ", "), zh: words.map(\.zh).joined(separator: "、"))
                        .current),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there are no rules", zh: "没有规则"))
        if !shares.isEmpty {
            page.blank()
            page.table(shareTable, whenEmpty: Text(en: "there are no shares", zh: "没有配额"))
        }
        guard !zones.isEmpty else { return }
        page.blank()
        var zoneTable = Table([
            .keys(Text(en: "WAREHOUSE", zh: "仓库")), .keys(Text(en: "REGION", zh: "区域")),
            .numbers(Text(en: "RANK", zh: "远近")),
        ])
        for zone in zones {
            zoneTable.append([
                StyledText(zone.warehouse.rawValue), StyledText(zone.zone.region), StyledText("\(zone.zone.rank)"),
            ])
        }
        page.table(zoneTable, whenEmpty: Text(en: "there are no zones", zh: "没有配送区域"))
    }

    private var shareTable: Table {
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .keys(Text(en: "WAREHOUSE", zh: "仓库")),
            .keys(Text(en: "OWNER", zh: "货主")), .numbers(Text(en: "WEIGHT", zh: "权重")),
            .numbers(Text(en: "GIVEN", zh: "已分配")),
        ])
        for row in shares {
            table.append([
                row.sku.map { StyledText($0.rawValue) } ?? Self.everybody, StyledText(row.share.warehouse.rawValue),
                StyledText(row.share.owner.rawValue), StyledText("\(row.share.weight)"),
                StyledText(row.taken.map { "\($0)" } ?? "—"),
            ])
        }
        return table
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("rules")
        json.beginArray()
        for rule in rules {
            json.beginObject()
            json.member("sku", rule.sku?.rawValue)
            json.key("criteria")
            json.strings(rule.criteria.all.map(\.rawValue))
            json.endObject()
        }
        json.endArray()
        json.key("shares")
        json.beginArray()
        for row in shares {
            json.beginObject()
            json.member("sku", row.sku?.rawValue)
            json.member("warehouse", row.share.warehouse.rawValue)
            json.member("owner", row.share.owner.rawValue)
            json.member("weight", Int64(row.share.weight))
            if let taken = row.taken { json.member("taken", taken) }
            json.endObject()
        }
        json.endArray()
        json.key("zones")
        json.beginArray()
        for zone in zones {
            json.beginObject()
            json.member("warehouse", zone.warehouse.rawValue)
            json.member("region", zone.zone.region)
            json.member("rank", Int64(zone.zone.rank))
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}
