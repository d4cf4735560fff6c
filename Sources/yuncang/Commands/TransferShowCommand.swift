internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang transfer show <reference>`
struct TransferShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Text(en: "Show one transfer with its goods, as both ends see it.", zh: "查看一张调拨单及其货物。").current)
    }

    @Argument(help: ArgumentHelp(en: "What stands on its paper.", zh: "调拨单号。"))
    var reference: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let reference = try ReceiptReference(argument: reference)
        let (details, times) = try await database.withBase(in: context) { base in
            guard let details = try await base.stock.transfer(reference) else {
                throw StockError.transferStays(.unknown)
            }
            let instants = details.losses.map(\.recordedAt) + [details.summary.expectedAt].compactMap { $0 }
            return (details, try await base.times(of: instants))
        }
        context.output.show(TransferDescription(details: details, times: times))
        return .success
    }
}

private struct TransferDescription: Presentable {
    let details: TransferDetails
    let times: LocalTimes

    func show(on page: inout Page) {
        let summary = details.summary
        var record = Record()
        record.append(Text(en: "reference", zh: "单号"), StyledText(summary.reference.rawValue, .heading))
        record.append(Text(en: "from", zh: "调出"), StyledText(summary.from.rawValue))
        record.append(Text(en: "to", zh: "调入"), StyledText(summary.to.rawValue))
        record.append(Text(en: "state", zh: "状态"), StyledText(summary.state.word.current))
        record.append(Text(en: "expected", zh: "预计到达"), StyledText(summary.expectedAt.map(times.text) ?? "—"))
        if summary.isLate { record.append(Text(en: "late", zh: "逾期"), StyledText(Text(en: "yes", zh: "是").current)) }
        page.record(record)
        page.blank()
        page.table(lines, whenEmpty: Text(en: "nothing is asked for", zh: "没有申请"))
        page.blank()
        page.table(lots, whenEmpty: Text(en: "nothing was picked", zh: "没有拣货"))
        if !details.losses.isEmpty {
            page.blank()
            page.table(losses, whenEmpty: Text(en: "nothing is lost", zh: "没有损失"))
        }
    }

    private var lines: Table {
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .words(Text(en: "NAME", zh: "名称")), .words(Text(en: "OWNER", zh: "货主")),
            .numbers(Text(en: "REQUESTED", zh: "申请")), .numbers(Text(en: "PICKED", zh: "已拣")),
        ])
        for line in details.lines {
            table.append(
                [StyledText(line.sku.rawValue), StyledText(line.name.rawValue), StyledText(line.owner.rawValue)]
                    + [line.requested, line.picked].map { amount($0, line.unit) })
        }
        return table
    }

    private var lots: Table {
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .terms(Text(en: "STATE", zh: "状态")),
            .numbers(Text(en: "PICKED", zh: "已拣")),
            .numbers(Text(en: "SHIPPED", zh: "发出")), .numbers(Text(en: "RECEIVED", zh: "收到")),
            .numbers(Text(en: "DAMAGED", zh: "残损")), .numbers(Text(en: "LOST", zh: "丢失")),
            .numbers(Text(en: "IN TRANSIT", zh: "在途")), .keys(Text(en: "LOT", zh: "批次")),
        ])
        for lot in details.lots {
            let counters = lot.counters
            let numbers = [
                counters.picked, counters.shipped, counters.received, counters.damaged, counters.lost,
                counters.inTransit,
            ]
            table.append(
                [StyledText(lot.sku.rawValue), StyledText(lot.quality.word.current)]
                    + numbers.map { amount($0, lot.unit) } + [StyledText(lot.lot.description)])
        }
        return table
    }

    private var losses: Table {
        var table = Table([
            .numbers(Text(en: "DAMAGED", zh: "残损")), .numbers(Text(en: "LOST", zh: "丢失")),
            .terms(Text(en: "WHY", zh: "原因")), .words(Text(en: "ANSWERABLE", zh: "责任人")),
            .words(Text(en: "RECORDED BY", zh: "登记人")), .terms(Text(en: "AT", zh: "时间")),
            .keys(Text(en: "LOT", zh: "批次")),
        ])
        let units = Dictionary(details.lots.map { ($0.lot, $0.unit) }, uniquingKeysWith: { first, _ in first })
        for loss in details.losses {
            let unit = units[loss.lot] ?? .piece
            table.append([
                amount(loss.damaged, unit), amount(loss.lost, unit), StyledText(loss.reason.word.current),
                StyledText(loss.answerable.rawValue), StyledText(loss.actor), StyledText(times.text(loss.recordedAt)),
                StyledText(loss.lot.description),
            ])
        }
        return table
    }

    private func amount(_ quantity: Quantity, _ unit: BaseUnit) -> StyledText {
        StyledText(Text.amount(quantity.rawValue, in: unit).current)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        details.summary.writeMembers(to: &json)
        json.key("lines")
        json.beginArray()
        for line in details.lines { line.write(to: &json) }
        json.endArray()
        json.key("lots")
        json.beginArray()
        for lot in details.lots { lot.write(to: &json) }
        json.endArray()
        json.key("losses")
        json.beginArray()
        for loss in details.losses { loss.write(to: &json) }
        json.endArray()
        json.endObject()
    }
}

extension TransferLine {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("sku", sku.rawValue)
        json.member("owner", owner.rawValue)
        json.member("requested", requested.rawValue)
        json.member("picked", picked.rawValue)
        json.endObject()
    }
}

extension TransferLot {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("lot", lot.description)
        json.member("sku", sku.rawValue)
        json.member("owner", owner.rawValue)
        json.member("quality", quality.rawValue)
        json.member("storage_class", storageClass.rawValue)
        json.member("picked", counters.picked.rawValue)
        json.member("waiting", counters.waiting.rawValue)
        json.member("put_back", counters.putBack.rawValue)
        json.member("shipped", counters.shipped.rawValue)
        json.member("received", counters.received.rawValue)
        json.member("damaged", counters.damaged.rawValue)
        json.member("lost", counters.lost.rawValue)
        json.member("in_transit", counters.inTransit.rawValue)
        json.endObject()
    }
}

extension TransferLoss {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("lot", lot.description)
        json.member("damaged", damaged.rawValue)
        json.member("lost", lost.rawValue)
        json.member("reason", reason.rawValue)
        json.member("answerable", answerable.rawValue)
        json.member("actor", actor)
        json.member("recorded_at", recordedAt.description)
        json.endObject()
    }
}
