internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang count list`
struct CountListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List counts, the newest first.", zh: "列出盘点单，最新的在前。").current)
    }

    @Option(help: ArgumentHelp(en: "Only those of this warehouse.", zh: "只列出该仓库的。", valueName: "code"))
    var warehouse: String?

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (after, limit) = (try page.id(of: StockCount.self), try page.limit(atMost: Stock.maximumCounts))
        let code = try warehouse.map { text throws(CommandFailure) in try WarehouseCode(argument: text) }
        let (listed, times) = try await database.withBase(in: context) { base in
            let listed = try await Listed.page(after: after, limit: limit, position: \StockCountSummary.id) {
                try await base.stock.counts(in: code, before: $0, limit: $1)
            }
            return (listed, try await base.times(of: listed.rows.compactMap(\.postedAt)))
        }
        context.output.show(CountList(counts: listed.rows, times: times))
        if listed.hasMore, let last = listed.rows.last {
            context.output.more(
                NextPage(
                    "count list", after: last.id.description, limit: limit, filters: [("--warehouse", warehouse)],
                    database: database, global: global))
        }
        return .success
    }
}

/// `yuncang count due --warehouse <code>`
struct CountDueCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "due",
            abstract: Text(
                en: "Which SKUs are to be counted: a the most valuable every 30 days, b 90, c 180.",
                zh: "到期该盘的单品：A 类每 30 天，B 类 90 天，C 类 180 天。"
            ).current)
    }

    @Option(help: ArgumentHelp(en: "In which warehouse.", zh: "哪个仓库。", valueName: "code"))
    var warehouse: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try WarehouseCode(argument: warehouse)
        let due = try await database.withBase(in: context) { base in
            guard try await base.stock.warehouse(code) != nil else { throw StockError.unknownWarehouse(code) }
            return try await base.stock.dueCounts(in: code)
        }
        context.output.show(DueList(due: due))
        return .success
    }
}

/// `yuncang count shrinkage --from <date> --through <date>`
struct CountShrinkageCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "shrinkage",
            abstract: Text(
                en: "What counts have found missing, by reason and by who answers for it.", zh: "盘点短少，按原因和责任人。"
            ).current)
    }

    @Option(help: ArgumentHelp(en: "The first day; else 30 days ago.", zh: "起始日；不写则 30 天前。", valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp(en: "The last day; else today.", zh: "截止日；不写则今天。", valueName: "date"))
    var through: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let first = try from.map { text throws(CommandFailure) in try CalendarDate(argument: text) }
        let last = try through.map { text throws(CommandFailure) in try CalendarDate(argument: text) }
        let shrinkage = try await database.withBase(in: context) { base in
            let today = try await base.stock.today()
            let first = first ?? CalendarDate(daysSince1970: today.daysSince1970 - 30)
            return try await base.stock.shrinkage(from: first, through: last ?? today)
        }
        context.output.show(ShrinkageList(shrinkage: shrinkage))
        return .success
    }
}

private struct CountList: Presentable {
    let counts: [StockCountSummary]
    let times: LocalTimes

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "REFERENCE", zh: "单号")), .keys(Text(en: "WAREHOUSE", zh: "仓库")),
            .keys(Text(en: "WHAT", zh: "盘什么")), .terms(Text(en: "STATE", zh: "状态")),
            .terms(Text(en: "POSTED AT", zh: "过账时间")),
        ])
        for count in counts {
            table.append([
                StyledText(count.reference.rawValue), StyledText(count.warehouse.rawValue),
                StyledText(count.location?.rawValue ?? count.sku?.rawValue ?? "—"),
                StyledText(count.state.word.current), StyledText(count.postedAt.map(times.text) ?? "—"),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there are no counts here", zh: "这里没有盘点单"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for count in counts {
            json.beginObject()
            count.writeMembers(to: &json)
            json.endObject()
        }
        json.endArray()
    }
}

private struct DueList: Presentable {
    let due: [DueCount]

    func show(on page: inout Page) {
        var table = Table([
            .terms(Text(en: "CLASS", zh: "分类")), .keys(Text(en: "SKU", zh: "单品")), .words(Text(en: "NAME", zh: "名称")),
            .terms(Text(en: "COUNTED ON", zh: "上次盘点")),
        ])
        for due in due {
            table.append([
                StyledText(due.countClass.rawValue.uppercased()), StyledText(due.sku.rawValue),
                StyledText(due.name.rawValue), StyledText(due.countedOn?.description ?? "—"),
            ])
        }
        page.table(table, whenEmpty: Text(en: "nothing is to be counted today", zh: "今天没有到期要盘的"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for due in due {
            json.beginObject()
            json.member("sku", due.sku.rawValue)
            json.member("class", due.countClass.rawValue)
            json.member("counted_on", due.countedOn?.description)
            json.endObject()
        }
        json.endArray()
    }
}

private struct ShrinkageList: Presentable {
    let shrinkage: [Shrinkage]

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .words(Text(en: "OWNER", zh: "货主")),
            .keys(Text(en: "WAREHOUSE", zh: "仓库")), .terms(Text(en: "WHY", zh: "原因")),
            .words(Text(en: "ANSWERABLE", zh: "责任人")), .numbers(Text(en: "MISSING", zh: "短少")),
        ])
        for row in shrinkage {
            table.append([
                StyledText(row.sku.rawValue), StyledText(row.owner.rawValue), StyledText(row.warehouse.rawValue),
                StyledText(row.reason.word.current), StyledText(row.answerable.rawValue),
                StyledText(Text.amount(row.missing, in: row.unit).current),
            ])
        }
        page.table(table, whenEmpty: Text(en: "nothing was found missing", zh: "没有短少"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for row in shrinkage {
            json.beginObject()
            json.member("sku", row.sku.rawValue)
            json.member("owner", row.owner.rawValue)
            json.member("warehouse", row.warehouse.rawValue)
            json.member("reason", row.reason.rawValue)
            json.member("answerable", row.answerable.rawValue)
            json.member("missing", row.missing)
            json.endObject()
        }
        json.endArray()
    }
}

extension StockCountSummary {
    /// Its members, within an object.
    func writeMembers(to json: inout JSONWriter) {
        json.member("id", id.description)
        json.member("reference", reference.rawValue)
        json.member("state", state.rawValue)
        json.member("warehouse", warehouse.rawValue)
        json.member("location", location?.rawValue)
        json.member("sku", sku?.rawValue)
        json.member("blind", isBlind)
        json.member("tolerance", Int64(tolerance.rawValue))
        json.member("posted_at", postedAt?.description)
    }
}
