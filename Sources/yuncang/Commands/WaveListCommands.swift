internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang wave list`
struct WaveListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List waves, the newest first.", zh: "列出波次，最新的在前。").current)
    }

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (before, limit) = (try page.id(of: Wave.self), try page.limit(atMost: FulfilmentLimits.maximumPage - 1))
        let (found, times) = try await database.withBase(in: context) { base in
            let found = try await base.fulfilment.waves(before: before, limit: limit + 1)
            return (found, try await base.times(of: found.map(\.plannedAt)))
        }
        let shown = Array(found.prefix(Int(limit)))
        context.output.show(WaveList(waves: shown, times: times))
        if found.count > shown.count, let last = shown.last {
            context.output.more(
                NextPage("wave list", after: last.id.description, limit: limit, database: database, global: global))
        }
        return .success
    }
}

/// `yuncang wave show <code>`
struct WaveShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Text(en: "Show a wave with its parcels.", zh: "查看波次及其包裹。").current)
    }

    @Argument(help: WaveCommands.codeHelp)
    var code: String

    @Option(help: ArgumentHelp(en: "Only parcels in this state.", zh: "只列出该状态的包裹。"))
    var state: ParcelState?

    @Option(help: ArgumentHelp(en: "Only parcels after this number.", zh: "只列出此编号之后的包裹。", valueName: "number"))
    var after: Int32 = 0

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try WaveCode(argument: code)
        let (progress, parcels) = try await database.withBase(in: context) { base in
            let progress = try await base.fulfilment.progress(of: code)
            return (progress, try await base.fulfilment.parcels(of: code, after: after, state: state))
        }
        context.output.show(WaveProgressDescription(progress: progress, list: ParcelList(parcels: parcels)))
        return .success
    }
}

private struct WaveList: Presentable {
    let waves: [Wave]
    let times: LocalTimes

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "CODE", zh: "编号")), .terms(Text(en: "KIND", zh: "类型")),
            .terms(Text(en: "STATE", zh: "状态")), .keys(Text(en: "WAREHOUSE", zh: "仓库")),
            .numbers(Text(en: "ORDERS", zh: "订单")), .numbers(Text(en: "PARCELS", zh: "包裹")),
            .terms(Text(en: "SHIPS ON", zh: "发出日期")), .terms(Text(en: "PLANNED AT", zh: "计划时间")),
        ])
        for wave in waves {
            table.append([
                StyledText(wave.code.rawValue), StyledText(wave.kind.word.current), StyledText(wave.state.word.current),
                StyledText(wave.warehouse.rawValue), StyledText("\(wave.orders)"), StyledText("\(wave.parcels)"),
                StyledText("\(wave.shipOn)"), StyledText(times.text(wave.plannedAt)),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there are no waves", zh: "没有波次"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for wave in waves {
            json.beginObject()
            json.member("id", wave.id.description)
            json.member("code", wave.code.rawValue)
            json.member("kind", wave.kind.rawValue)
            json.member("state", wave.state.rawValue)
            json.member("warehouse", wave.warehouse.rawValue)
            json.member("carrier", wave.carrier?.rawValue)
            json.member("orders", Int64(wave.orders))
            json.member("parcels", Int64(wave.parcels))
            json.member("ship_on", wave.shipOn.description)
            json.member("planned_at", wave.plannedAt.description)
            json.endObject()
        }
        json.endArray()
    }
}

/// What a wave would be, as a command shows it.
struct WavePreviewDescription: Presentable {
    let preview: WavePreview

    func show(on page: inout Page) {
        page.line(
            Text(
                en: "\(preview.orders) orders, to leave on \(preview.shipOn)",
                zh: "\(preview.orders) 个订单，\(preview.shipOn) 发出"))
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .keys(Text(en: "OWNER", zh: "货主")),
            .numbers(Text(en: "ORDERS", zh: "订单")), .numbers(Text(en: "WANTED", zh: "需要")),
            .numbers(Text(en: "BINDABLE", zh: "可锁定")),
        ])
        for demand in preview.demands {
            table.append([
                StyledText(demand.sku.rawValue), StyledText(demand.owner.rawValue), StyledText("\(demand.orders)"),
                StyledText(Text.amount(demand.wanted, in: demand.unit).current),
                StyledText(
                    Text.amount(demand.bindable, in: demand.unit).current,
                    demand.bindable < demand.wanted ? .warning : .plain),
            ])
        }
        page.table(table, whenEmpty: Text(en: "no paid order fits", zh: "没有符合条件的待发货订单"))
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("orders", preview.orders)
        json.member("groups", preview.groups)
        json.member("ship_on", preview.shipOn.description)
        json.key("demands")
        json.beginArray()
        for demand in preview.demands {
            json.beginObject()
            json.member("sku", demand.sku.rawValue)
            json.member("owner", demand.owner.rawValue)
            json.member("orders", demand.orders)
            json.member("wanted", demand.wanted)
            json.member("bindable", demand.bindable)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}

/// How far a wave has come, as a command shows it.
struct WaveProgressDescription: Presentable {
    let progress: WaveProgress
    /// Some of its parcels; nil where nobody asked for them.
    var list: ParcelList?

    func show(on page: inout Page) {
        let (code, state) = (progress.code.rawValue, progress.state.word)
        page.line(
            progress.isRepeated
                ? Text(en: "\(code) was that already: \(state.en)", zh: "\(code) 此前已是如此：\(state.zh)")
                : Text(en: "\(code): \(state.en)", zh: "\(code)：\(state.zh)"), .good)
        page.line(
            Text(
                en: """
                    \(progress.orders) orders: \(progress.bound) bound, \(progress.partial) in part, \(progress.short) short \
                    of goods, \(progress.changed) changed meanwhile; \(progress.parcels) parcels
                    """,
                zh: """
                    \(progress.orders) 个订单：\(progress.bound) 已锁定，\(progress.partial) 部分锁定，\(progress.short) 缺货，\
                    \(progress.changed) 期间有变；\(progress.parcels) 个包裹
                    """))
        list?.show(on: &page)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", progress.id.description)
        json.member("code", progress.code.rawValue)
        json.member("state", progress.state.rawValue)
        json.member("orders", progress.orders)
        json.member("bound", progress.bound)
        json.member("partial", progress.partial)
        json.member("short", progress.short)
        json.member("changed", progress.changed)
        json.member("parcels", progress.parcels)
        json.member("repeated", progress.isRepeated)
        if let list {
            json.key("parcel_list")
            list.write(to: &json)
        }
        json.endObject()
    }
}
