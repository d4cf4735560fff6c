internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang count show <reference>`
struct CountShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: Text(en: "Show one count with its lines.", zh: "查看一张盘点单。").current)
    }

    @Argument(help: ArgumentHelp(en: "What stands on its paper.", zh: "盘点单号。"))
    var reference: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let reference = try ReceiptReference(argument: reference)
        let (details, times) = try await database.withBase(in: context) { base in
            guard let details = try await base.stock.count(reference) else { throw StockError.countStays(.unknown) }
            return (details, try await base.times(of: [details.summary.postedAt].compactMap { $0 }))
        }
        context.output.show(CountDescription(details: details, times: times))
        return .success
    }
}

private struct CountDescription: Presentable {
    let details: StockCountDetails
    let times: LocalTimes

    func show(on page: inout Page) {
        let summary = details.summary
        var record = Record()
        record.append(Text(en: "reference", zh: "单号"), StyledText(summary.reference.rawValue, .heading))
        record.append(Text(en: "warehouse", zh: "仓库"), StyledText(summary.warehouse.rawValue))
        record.append(
            Text(en: "what", zh: "盘什么"), StyledText(summary.location?.rawValue ?? summary.sku?.rawValue ?? "—"))
        record.append(Text(en: "state", zh: "状态"), StyledText(summary.state.word.current))
        record.append(Text(en: "posted at", zh: "过账时间"), StyledText(summary.postedAt.map(times.text) ?? "—"))
        page.record(record)
        page.blank()
        var table = Table([
            .keys(Text(en: "LOCATION", zh: "库位")), .keys(Text(en: "SKU", zh: "单品")),
            .terms(Text(en: "STATE", zh: "状态")), .numbers(Text(en: "EXPECTED", zh: "账面")),
            .numbers(Text(en: "COUNTED", zh: "实盘")), .numbers(Text(en: "DIFFERENCE", zh: "差异")),
            .numbers(Text(en: "TIMES", zh: "次数")), .terms(Text(en: "WHY", zh: "原因")),
            .words(Text(en: "ANSWERABLE", zh: "责任人")), .keys(Text(en: "LOT", zh: "批次")),
        ])
        for line in details.lines {
            table.append([
                StyledText(line.place.location.rawValue), StyledText(line.sku.rawValue),
                StyledText(line.place.quality.word.current),
                StyledText(line.expected.map { Text.amount($0.rawValue, in: line.unit).current } ?? "—"),
                StyledText(Text.amount(line.counted.rawValue, in: line.unit).current),
                StyledText(line.difference.map { "\($0)" } ?? "—"), StyledText("\(line.times)"),
                StyledText(line.reason?.word.current ?? "—"), StyledText(line.answerable?.rawValue ?? "—"),
                StyledText(line.place.lot.description),
            ])
        }
        page.table(table, whenEmpty: Text(en: "nothing is counted yet", zh: "还没有清点"))
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        details.summary.writeMembers(to: &json)
        json.key("lines")
        json.beginArray()
        for line in details.lines {
            json.beginObject()
            json.member("location", line.place.location.rawValue)
            json.member("lot", line.place.lot.description)
            json.member("quality", line.place.quality.rawValue)
            json.member("sku", line.sku.rawValue)
            json.member("owner", line.owner.rawValue)
            json.member("expected", number: line.expected?.rawValue)
            json.member("counted", line.counted.rawValue)
            json.member("difference", number: line.difference)
            json.member("times", Int64(line.times))
            json.member("position", line.position.description)
            json.member("reason", line.reason?.rawValue)
            json.member("answerable", line.answerable?.rawValue)
            json.member("movement", line.movement?.description)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}

extension JSONWriter {
    /// A member that is a number; null without one.
    fileprivate mutating func member(_ name: String, number: Int64?) {
        key(name)
        if let number { integer(number) } else { null() }
    }
}
