internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang shipment export --source <source> --out <file>`
struct ShipmentExportCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export",
            abstract: Text(
                en: "Write a file for the platform's bulk shipping: order, carrier, tracking number.",
                zh: "写出平台批量发货用的文件：订单编号、快递公司、快递单号。"
            ).current,
            discussion: Text(
                en: """
                    A row for each parcel that no file has told yet; an order in several parcels has several rows. What is written \
                    is marked, once the file is there. The columns and their headings, and the platform's words for carriers, \
                    are those of a saved mapping of kind shipments (yuncang mapping). Name the file .xlsx: spreadsheets spoil \
                    long numbers of a CSV file.
                    """,
                zh: """
                    每个尚未回传的包裹一行；一个订单有多个包裹就有多行。文件写好之后才标记为已回传。列和标题以及平台对快递公司的叫法\
                    取自 shipments 类的对应关系（yuncang mapping）。建议文件名用 .xlsx：表格软件会损坏 CSV 中的长数字。
                    """
            ).current)
    }

    @Option(help: ArgumentHelp(en: "Whose orders: the shop.", zh: "订单来源，即哪个店铺。"))
    var source: String

    @Option(
        help: ArgumentHelp(en: "A new file, .xlsx or .csv.", zh: "新文件，.xlsx 或 .csv。", valueName: "file"),
        completion: .file(extensions: ["xlsx", "csv"]))
    var out: String

    @Option(
        help: ArgumentHelp(
            en: "Only what was recorded from this day on, such as 2026-11-23.", zh: "只写从这一天起登记的，例如 2026-11-23。",
            valueName: "date"))
    var since: String?

    @Flag(help: ArgumentHelp(en: "Write also what was told before.", zh: "已回传过的也写。"))
    var again = false

    @Option(
        help: ArgumentHelp(
            en: "A saved mapping of the source; else 'default', if there is one.", zh: "该来源已保存的对应关系；不指定时取 default（如有）。",
            valueName: "name"))
    var mapping: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let source = try OrderSource(argument: source)
        let since = try since.map { text throws(CommandFailure) in try CalendarDate(argument: text) }
        guard out.lowercased().hasSuffix(".xlsx") || out.lowercased().hasSuffix(".csv") else {
            throw CommandFailure.invalid(
                out, rule: Text(en: "the file's name ends in .xlsx or .csv", zh: "文件名以 .xlsx 或 .csv 结尾"))
        }
        let export = try await database.withBase(in: context) { base in
            let template = try await template(of: source, in: base)
            var failure: CommandFailure?
            do throws(ShipmentError) {
                return try await base.shipments.export(
                    of: source, since: since, again: again, by: .atTerminal(context.environment)
                ) { shipments in
                    do throws(CommandFailure) {
                        try NewTable(rows: [template.headings] + shipments.map { template.row($0.parcel) }).write(
                            to: out)
                        return true
                    } catch {
                        failure = error
                        return false
                    }
                }
            } catch {
                throw failure ?? error.commandFailure
            }
        }
        context.output.show(ShipmentExportReport(export: export, file: export.written.isEmpty ? nil : out))
        return export.leftOut.isEmpty ? .success : .differences
    }

    private func template(of source: OrderSource, in base: OpenBase) async throws -> ShipmentTemplate {
        let saved = try await base.mappings.named(mapping, of: source, .shipments)
        do {
            return try ShipmentTemplate(try MappingText(saved?.definition ?? ""))
        } catch let error as InvalidValue {
            throw CommandFailure.invalidMapping(error.text)
        } catch let error as ColumnMapping<ShipmentColumn>.Failure {
            throw CommandFailure.invalidMapping(error.text)
        }
    }
}

extension Shipment {
    /// What keeps it from being told.
    fileprivate var reasonLeftOut: Text {
        isRefundLocked ? Text(en: "to be refunded", zh: "申请退款中") : state.words
    }
}

/// What a file for a platform tells.
struct ShipmentExportReport: Presentable {
    let export: Shipments.Export
    /// The file; nil when there was nothing to write.
    let file: String?

    private var orders: Int { Set(export.written.map(\.parcel.order)).count }

    func show(on page: inout Page) {
        if let file {
            page.line(
                Text(
                    en:
                        "\(Text.count(export.written.count, "parcel")) of \(Text.count(orders, "order")) written to \(file)",
                    zh: "已写入 \(file)：\(orders) 个订单的 \(export.written.count) 个包裹"), .good)
        } else {
            page.line(Text(en: "there is nothing to tell: no file was written", zh: "没有需要回传的包裹，未写文件"), .quiet)
        }
        for shipment in export.leftOut {
            page.line(
                Text(
                    en: "left out: order \(shipment.parcel.order.reference.rawValue) is \(shipment.reasonLeftOut.en), "
                        + "number \(shipment.parcel.tracking.rawValue): stop the parcel, or withdraw the number",
                    zh: "未写：订单 \(shipment.parcel.order.reference.rawValue) 状态为“\(shipment.reasonLeftOut.zh)”，"
                        + "快递单号 \(shipment.parcel.tracking.rawValue)：请拦截包裹，或撤回单号"), .warning)
        }
        if export.isFull {
            page.line(Text(en: "there are more: export again", zh: "还有更多：请再导出一次"), .warning)
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("file", file)
        json.member("parcels", export.written.count)
        json.member("orders", orders)
        json.key("left_out")
        json.beginArray()
        for shipment in export.leftOut { shipment.write(to: &json) }
        json.endArray()
        json.member("more", export.isFull)
        json.endObject()
    }
}
