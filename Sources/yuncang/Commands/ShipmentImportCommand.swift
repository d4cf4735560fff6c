internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang shipment import <file> --source <source>`
struct ShipmentImportCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: Text(
                en: "Record the parcels of a list of tracking numbers, CSV or .xlsx.", zh: "登记快递单号表（CSV 或 .xlsx）中的包裹。"
            ).current,
            discussion: Text(
                en: """
                    A row for each parcel: order, carrier, tracking, by the usual headings, a saved mapping or --map. An order \
                    may go in several parcels. The same row again changes nothing. Rows that are wrong are written to a file: \
                    mend and import it.
                    """,
                zh: """
                    每行一个包裹：order 订单编号、carrier 快递公司、tracking 快递单号，可用常见标题、已保存的对应关系或 --map 指定。\
                    一个订单可有多个包裹。重复的行不会改变什么。有误的行写入一个文件：改好后再导入。
                    """
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "The file.", zh: "文件。"), completion: .file(extensions: ["csv", "xlsx"]))
    var file: String

    @Option(help: ArgumentHelp(en: "Whose orders they are: the shop.", zh: "订单来源，即哪个店铺。"))
    var source: String

    @OptionGroup(title: SavedMappingOptions.title)
    var sheet: SavedMappingOptions

    @Option(
        help: ArgumentHelp(
            en: "Where to write the rows that are wrong; else beside the file.", zh: "有误的行写到哪里；不指定时写在原文件旁边。",
            valueName: "file"),
        completion: .file(extensions: ["csv", "xlsx"]))
    var refused: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let source = try OrderSource(argument: source)
        if let refused { try SmallFile(path: refused).requireAbsent() }
        var result = try await database.withBase(in: context) { base in
            let mapping = try await sheet.mapping(of: source, .shipments, in: base)
            let contents = try SheetFile(path: file).read(
                ShipmentSheet(source: source), mapping: try mapping.columns(), encoding: sheet.encoding,
                named: sheet.sheetName, limits: ShipmentSheet.limits)
            context.output.noteUnused(contents.unusedHeadings)
            if contents.rows.isEmpty, !contents.problems.isEmpty {
                throw CommandFailure(
                    contents.problems, in: file, undone: Text(en: "nothing was recorded", zh: "没有登记"),
                    remedy: Text(
                        en: "mend the file, or name its columns with --map", zh: "请修正文件，或用 --map 对应列"))
            }
            let outcomes = try await base.shipments.record(
                contents.rows.map(\.row.parcel), by: .atTerminal(context.environment))
            return ShipmentImportResult(contents, outcomes: outcomes)
        }
        if !result.rows.isEmpty {
            let path = refused ?? RefusedRows.path(beside: file)
            try RefusedRows(headings: result.headings, rows: result.rows).write(to: path)
            result.refusedFile = path
        }
        context.output.show(result)
        return result.details.isEmpty ? .success : .badInput
    }
}

/// What an import of tracking numbers came to.
struct ShipmentImportResult: Presentable {
    private(set) var recorded = 0
    private(set) var repeated = 0
    private(set) var details: [FailureDetail]
    /// The rows that are wrong.
    private(set) var rows: [(raw: RawRow, details: [FailureDetail])] = []
    let headings: [String]
    /// Where they were written to.
    var refusedFile: String?

    init(_ contents: SheetFile.Contents<ShipmentSheet>, outcomes: [ShipmentOutcome]) {
        headings = contents.headings
        details = contents.problems.listed.map { FailureDetail($0) }
        let byLine = Dictionary(grouping: details) { $0.line ?? 0 }
        var refused = contents.refused.map { (raw: $0, details: byLine[$0.line, default: []]) }
        for (row, outcome) in zip(contents.rows, outcomes) {
            if let detail = outcome.refusal(of: row.row.parcel.order, line: row.line) {
                details.append(detail)
                refused.append((row.row.raw, [detail]))
            } else if outcome == .recorded {
                recorded += 1
            } else {
                repeated += 1
            }
        }
        details.sort { ($0.line ?? 0) < ($1.line ?? 0) }
        rows = refused.sorted { $0.raw.line < $1.raw.line }
    }

    func show(on page: inout Page) {
        page.line(
            Text(
                en: "\(Text.count(recorded, "parcel")) recorded, \(repeated) were there already",
                zh: "已登记 \(recorded) 个包裹，此前已有 \(repeated) 个"), .good)
        guard !details.isEmpty else { return }
        page.line(Text(en: Text.count(details.count, "problem"), zh: "\(details.count) 个问题"), .bad)
        for detail in details.prefix(FailureDetail.shownAtMost) { page.line(detail.located) }
        if details.count > FailureDetail.shownAtMost {
            let rest = details.count - FailureDetail.shownAtMost
            page.line(Text(en: "and \(rest) more", zh: "另有 \(rest) 个问题"), .quiet)
        }
        if let refusedFile {
            page.line(
                Text(
                    en: "these rows are in \(refusedFile): mend and import it", zh: "这些行已写入 \(refusedFile)：改好后请导入它"),
                .warning)
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("recorded", recorded)
        json.member("repeated", repeated)
        json.member("refused_rows", rows.count)
        json.member("refused_file", refusedFile)
        json.key("problems")
        json.beginArray()
        for detail in details { detail.write(to: &json) }
        json.endArray()
        json.member("problem_count", details.count)
        json.endObject()
    }
}
