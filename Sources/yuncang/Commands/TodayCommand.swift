internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang today [--cut-off <time>]`
struct TodayCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "today",
            abstract: Text(
                en: "How the day's shipping stands: due, done, the pace, and what is at risk.",
                zh: "今日发货：应发、已发、速度、预计完成、有风险的。"
            ).current)
    }

    @Option(
        help: ArgumentHelp(
            en: "What is due is due before: 2026-12-01T18:00; else the end of the day.",
            zh: "截止时间：2026-12-01T18:00；不写则为今天结束。", valueName: "time"))
    var cutOff: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let local = try cutOff.map { text throws(CommandFailure) in try LocalInstant(argument: text, of: .end) }
        let (day, times) = try await database.withBase(in: context) { base in
            var instant: Timestamp?
            if let local { instant = try await base.instant(local) }
            let day = try await base.fulfilment.today(cutOff: instant)
            return (day, try await base.times(of: [day.at, day.cutOff] + [day.finish].compactMap { $0 }))
        }
        context.output.show(ShippingDayDescription(day: day, times: times))
        return .success
    }
}

private struct ShippingDayDescription: Presentable {
    let day: ShippingDay
    let times: LocalTimes

    func show(on page: inout Page) {
        var record = Record()
        func add(_ name: Text, _ number: Int64, _ role: Role = .plain) {
            record.append(name, StyledText("\(number)", number == 0 ? .plain : role))
        }
        record.append(Text(en: "at", zh: "时间"), StyledText(times.text(day.at)))
        record.append(Text(en: "cut-off", zh: "截止"), StyledText(times.text(day.cutOff)))
        add(Text(en: "orders due", zh: "应发订单"), day.due)
        add(Text(en: "of these packed", zh: "其中已打包"), day.packed, .good)
        add(Text(en: "orders handed over", zh: "已交接订单"), day.doneOrders, .good)
        add(Text(en: "parcels handed over", zh: "已交接包裹"), day.doneParcels, .good)
        add(Text(en: "packed in the last hour", zh: "最近一小时打包"), day.perHour)
        record.append(
            Text(en: "projected finish", zh: "预计完成"),
            StyledText(day.finish.map(times.text) ?? Text(en: "nothing is being packed", zh: "没有在打包").current))
        add(Text(en: "at risk", zh: "有风险"), day.atRisk, .warning)
        add(Text(en: "overdue", zh: "已超时"), day.overdue, .bad)
        add(Text(en: "without a time", zh: "未定时间"), day.undated)
        page.record(record)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("at", day.at.description)
        json.member("cut_off", day.cutOff.description)
        json.member("due", day.due)
        json.member("packed", day.packed)
        json.member("done_orders", day.doneOrders)
        json.member("done_parcels", day.doneParcels)
        json.member("per_hour", day.perHour)
        json.member("finish", day.finish?.description)
        json.member("at_risk", day.atRisk)
        json.member("overdue", day.overdue)
        json.member("undated", day.undated)
        json.endObject()
    }
}
