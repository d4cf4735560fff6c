internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang inbound list`
struct InboundListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: Text(en: "List deliveries, the newest first.", zh: "列出收货单，最新的在前。").current)
    }

    @Option(help: ArgumentHelp(en: "Only those that have come so far.", zh: "只看这个状态的。", valueName: "state"))
    var state: InboundState?

    @Option(help: ArgumentHelp(en: "Only those with goods of this owner.", zh: "只看有这个货主货物的。", valueName: "code"))
    var owner: String?

    @Option(help: ArgumentHelp(en: "Only those to this warehouse.", zh: "只看到这个仓库的。", valueName: "code"))
    var warehouse: String?

    @Option(
        help: ArgumentHelp(
            en: "Only what was first heard of on this day or later.", zh: "只看这一天及以后登记的。", valueName: "date"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            en: "Only what was first heard of on this day or earlier.", zh: "只看这一天及以前登记的。", valueName: "date"))
    var through: String?

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (after, limit) = (try page.id(of: Inbound.self), try page.limit(atMost: Stock.maximumInbounds))
        let filter = InboundFilter(
            state: state, owner: try owner.map { text throws(CommandFailure) in try OwnerCode(argument: text) },
            warehouse: try warehouse.map { text throws(CommandFailure) in try WarehouseCode(argument: text) },
            from: try from.map { text throws(CommandFailure) in try CalendarDate(argument: text) },
            through: try through.map { text throws(CommandFailure) in try CalendarDate(argument: text) })
        let (listed, times) = try await database.withBase(in: context) { base in
            let listed = try await Listed.page(after: after, limit: limit, position: \InboundSummary.id) {
                try await base.stock.inbounds(before: $0, limit: $1, that: filter)
            }
            return (listed, try await base.times(of: listed.rows.compactMap(\.receivedAt)))
        }
        context.output.show(InboundList(inbounds: listed.rows, times: times))
        if listed.hasMore, let last = listed.rows.last {
            context.output.more(
                NextPage(
                    "inbound list", after: last.id.description, limit: limit,
                    filters: [
                        ("--state", state?.rawValue), ("--owner", owner), ("--warehouse", warehouse), ("--from", from),
                        ("--through", through),
                    ], database: database, global: global))
        }
        return .success
    }
}

/// `yuncang inbound show <reference>`
struct InboundShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Text(en: "Show one delivery with its lots.", zh: "查看一次收货及其批次。").current)
    }

    @Argument(help: ArgumentHelp(en: "What stands on its paper.", zh: "单据上的单号。"))
    var reference: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let reference = try ReceiptReference(argument: reference)
        let (details, tallies, pictures, times) = try await database.withBase(in: context) { base in
            guard let details = try await base.stock.inbound(reference) else {
                throw CommandFailure(
                    .failure,
                    what: Text(
                        en: "nothing was announced or received under '\(reference.rawValue)'",
                        zh: "没有以“\(reference.rawValue)”预约或收过货"),
                    next: [
                        NextStep(
                            command: "yuncang inbound list", purpose: Text(en: "the newest deliveries", zh: "最新的收货单"))
                    ])
            }
            return (
                details, try await base.stock.tallies(of: details.summary.id),
                try await base.stock.pictures(of: details.summary.id),
                try await base.times(of: [details.summary.receivedAt].compactMap { $0 })
            )
        }
        context.output.show(InboundDescription(details: details, tallies: tallies, pictures: pictures, times: times))
        return .success
    }
}

private struct InboundList: Presentable {
    let inbounds: [InboundSummary]
    let times: LocalTimes

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "REFERENCE", zh: "单号")), .terms(Text(en: "RECEIVED AT", zh: "收货时间")),
            .terms(Text(en: "STATE", zh: "状态")), .terms(Text(en: "WAREHOUSE", zh: "仓库")),
        ])
        for inbound in inbounds {
            table.append([
                StyledText(inbound.reference.rawValue), StyledText(inbound.receivedAt.map(times.text) ?? "—"),
                StyledText(inbound.state.word.current), StyledText(inbound.warehouse?.rawValue ?? "—"),
            ])
        }
        page.table(table, whenEmpty: Text(en: "nothing was received here", zh: "这里没有收货单"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for inbound in inbounds {
            json.beginObject()
            inbound.writeMembers(to: &json)
            json.endObject()
        }
        json.endArray()
    }
}

private struct InboundDescription: Presentable {
    let details: InboundDetails
    let tallies: [InboundTally]
    let pictures: [InboundPicture]
    let times: LocalTimes

    func show(on page: inout Page) {
        var record = Record()
        record.append(Text(en: "reference", zh: "单号"), StyledText(details.summary.reference.rawValue, .heading))
        record.append(
            Text(en: "received at", zh: "收货时间"), StyledText(details.summary.receivedAt.map(times.text) ?? "—"))
        record.append(Text(en: "state", zh: "状态"), StyledText(details.summary.state.word.current))
        page.record(record)
        page.blank()
        let uneven = tallies.filter { $0.difference != 0 || $0.rejected > 0 }
        if !uneven.isEmpty {
            page.table(tally(uneven), whenEmpty: Text(en: "all came", zh: "全部到货"))
            page.blank()
        }
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .words(Text(en: "NAME", zh: "名称")),
            .numbers(Text(en: "QUANTITY", zh: "数量")), .terms(Text(en: "WHERE", zh: "库位")),
            .terms(Text(en: "RECEIVED AS", zh: "收货状态")), .terms(Text(en: "EXPIRES", zh: "到期")),
            .words(Text(en: "OWNER", zh: "货主")), .keys(Text(en: "LOT", zh: "批次")),
        ])
        for line in details.lines {
            table.append([
                StyledText(line.sku.rawValue), StyledText(line.name.rawValue),
                StyledText(Text.amount(line.quantity.rawValue, in: line.unit).current),
                StyledText("\(line.warehouse) \(line.location)"), StyledText(line.quality.word.current),
                StyledText(line.expiresOn?.description ?? "—"), StyledText(line.owner.rawValue),
                StyledText(line.lot.description),
            ])
        }
        page.table(table, whenEmpty: Text(en: "it has no lines", zh: "没有明细"))
        for picture in pictures {
            page.line(
                Text(
                    en: "picture of \(picture.count.rawValue): \(picture.digest)",
                    zh: "\(picture.count.rawValue) 的照片：\(picture.digest)"), .quiet)
        }
    }

    /// What did not come as it was announced.
    private func tally(_ tallies: [InboundTally]) -> Table {
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .words(Text(en: "OWNER", zh: "货主")),
            .numbers(Text(en: "EXPECTED", zh: "预约")), .numbers(Text(en: "RECEIVED", zh: "实收")),
            .numbers(Text(en: "REJECTED", zh: "拒收")), .numbers(Text(en: "DIFFERENCE", zh: "差异")),
        ])
        for tally in tallies {
            let amounts = [tally.expected, tally.received, tally.rejected].map {
                StyledText(Text.amount($0, in: tally.unit).current)
            }
            table.append(
                [StyledText(tally.sku.rawValue), StyledText(tally.owner.rawValue)] + amounts
                    + [StyledText("\(tally.difference)")])
        }
        return table
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        details.summary.writeMembers(to: &json)
        json.key("lines")
        json.beginArray()
        for line in details.lines {
            json.beginObject()
            json.member("sku", line.sku.rawValue)
            json.member("name", line.name.rawValue)
            json.member("unit", line.unit.rawValue)
            json.member("owner", line.owner.rawValue)
            json.member("quantity", line.quantity.rawValue)
            json.member("lot", line.lot.description)
            json.member("harvested_on", line.harvestedOn?.description)
            json.member("expires_on", line.expiresOn?.description)
            json.member("grade", line.grade?.rawValue)
            json.member("warehouse", line.warehouse.rawValue)
            json.member("location", line.location.rawValue)
            json.member("quality", line.quality.rawValue)
            json.member("movement", line.movement.description)
            json.endObject()
        }
        json.endArray()
        json.key("tallies")
        json.beginArray()
        for tally in tallies {
            json.beginObject()
            json.member("sku", tally.sku.rawValue)
            json.member("owner", tally.owner.rawValue)
            json.member("expected", tally.expected)
            json.member("received", tally.received)
            json.member("rejected", tally.rejected)
            json.endObject()
        }
        json.endArray()
        json.key("pictures")
        json.strings(pictures.map(\.digest.description))
        json.endObject()
    }
}

extension InboundSummary {
    fileprivate func writeMembers(to json: inout JSONWriter) {
        json.member("id", id.description)
        json.member("reference", reference.rawValue)
        json.member("received_at", receivedAt?.description)
        json.member("state", state.rawValue)
    }
}
