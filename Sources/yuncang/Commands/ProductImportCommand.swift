internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang product import <file> --owner <code>`
struct ProductImportCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: Text(en: "Import SKUs from a CSV file or an Excel workbook.", zh: "从 CSV 文件或 Excel 工作簿导入单品。")
                .current,
            discussion: Text(
                en: """
                    All of the file or nothing: every problem is told with line and column. The file is CSV (UTF-8 or GB18030) or .xlsx; \
                    importing it again changes nothing. Columns, by these headings or under their own as a shop's list has \
                    them: code, name, category-code, category-name, unit, price.
                    """,
                zh: """
                    整个文件要么全部导入，要么全不导入：每个问题都会指出行和列。文件是 CSV（UTF-8 或 GB18030）或 .xlsx；重复导入不会改变什么。\
                    列：code 单品编码、name 单品名称、category-code 分类编码、category-name 分类名称、unit 计量单位、price 单价。
                    """
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "The file.", zh: "文件。"), completion: .file(extensions: ["csv", "xlsx"]))
    var file: String

    @Option(help: ArgumentHelp(en: "Who lists the SKUs.", zh: "这些单品的货主。", valueName: "code"))
    var owner: String

    @OptionGroup(title: SheetOptions.title)
    var sheet: SheetOptions

    @Option(
        help: ArgumentHelp(
            en: "Import the good rows, and write the others with their problems to this file.",
            zh: "导入正确的行，把其余的行连同问题写入此文件。", valueName: "file"),
        completion: .file(extensions: ["csv", "xlsx"]))
    var partial: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let owner = try OwnerCode(argument: owner)
        let mapping = try sheet.mapping()
        let contents = try SheetFile(path: file).read(
            CatalogSheet(units: mapping.units), mapping: try mapping.columns(), encoding: sheet.encoding,
            named: sheet.sheetName)
        context.output.noteUnused(contents.unusedHeadings)
        if !contents.problems.isEmpty {
            guard let partial, !contents.rows.isEmpty else {
                throw CommandFailure(
                    contents.problems, in: file, undone: Text(en: "nothing was imported", zh: "什么都没有导入"),
                    remedy: Text(
                        en: "mend the file, or import its good rows with --partial REFUSED.csv",
                        zh: "请修正文件，或用 --partial REFUSED.csv 只导入正确的行"))
            }
            try RefusedRows(contents).write(to: partial)
        }
        let report = try await database.withBase(in: context) { base in
            do throws(CatalogError) {
                return try await base.catalog.importEntries(
                    contents.rows.map(\.row), of: owner, by: .atTerminal(context.environment))
            } catch {
                guard case .refused(let problems) = error else { throw error }
                let lines = Dictionary(
                    contents.rows.map { ($0.row.code, $0.line) }, uniquingKeysWith: { _, last in last })
                throw CatalogError.notImported(problems.map { FailureDetail($0, line: lines[$0.sku]) })
            }
        }
        context.output.show(ImportReport(report: report, refused: contents.problems.count))
        guard contents.problems.isEmpty else { return .badInput }
        context.output.hint(
            NextStep(command: "yuncang product list", purpose: Text(en: "what is sold", zh: "查看单品")))
        return .success
    }
}

/// What an import did.
struct ImportReport: Presentable {
    let report: CatalogReport
    /// Problems because of which rows were left out.
    let refused: Int

    func show(on page: inout Page) {
        page.line(
            StyledText(
                Text(
                    en: "\(report.created) new, \(report.changed) changed, \(report.unchanged) as they were",
                    zh: "新增 \(report.created)，修改 \(report.changed)，未变 \(report.unchanged)"
                ).current, .good))
        if refused > 0 {
            page.line(
                StyledText(
                    Text(
                        en: "\(Text.count(refused, "problem")): their rows were left out", zh: "\(refused) 个问题：相应的行没有导入"
                    ).current,
                    .warning))
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("created", report.created)
        json.member("changed", report.changed)
        json.member("unchanged", report.unchanged)
        json.member("problems", refused)
        json.endObject()
    }
}
