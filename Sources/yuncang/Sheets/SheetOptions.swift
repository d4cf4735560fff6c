internal import ArgumentParser
internal import CloudWarehouse

/// How a file of rows is to be read: options of every command that imports one.
struct SheetOptions: ParsableArguments {
    @Option(
        name: .customLong("map"),
        help: ArgumentHelp(
            en: "A column under another heading: code=Number. May be repeated.", zh: "以其他标题出现的列：code=货号。可重复。",
            valueName: "column=heading"))
    var pairs: [String] = []

    @Option(
        name: .customLong("mapping"),
        help: ArgumentHelp(
            en: "A file of such pairs, a line each, and of units: unit:crate = piece.",
            zh: "写有这些对应关系的文件，每行一个；也可写单位：unit:筐 = piece。", valueName: "file"),
        completion: .file())
    var mappingFile: String?

    @Option(
        help: ArgumentHelp(
            en: "utf8 or gb18030; else the file's first bytes tell.", zh: "utf8 或 gb18030；不指定时由文件开头判断。"))
    var encoding: TextEncoding?

    @Option(
        name: .customLong("sheet"),
        help: ArgumentHelp(
            en: "Which sheet of a workbook; else the first that is shown.", zh: "工作簿中的哪个工作表；不指定时取第一个显示的。",
            valueName: "name"))
    var sheetName: String?

    /// The title of their section in help.
    static var title: String { Text(en: "File options", zh: "文件选项").current }

    /// What file and options say together.
    func mapping() throws -> MappingText {
        let text = try mappingFile.map { (path) throws(CommandFailure) -> String in
            do throws(SmallFile.Failure) { return try SmallFile(path: path).text() } catch {
                throw CommandFailure.invalidMapping(error.text)
            }
        }
        do throws(InvalidValue) {
            var mapping = try MappingText(text ?? "")
            for pair in pairs { try mapping.add(pair) }
            return mapping
        } catch {
            throw CommandFailure.invalidMapping(error.text)
        }
    }
}

extension MappingText {
    /// The columns of one kind of sheet.
    func columns<Column: SheetColumn>() throws(CommandFailure) -> ColumnMapping<Column> {
        do throws(ColumnMapping<Column>.Failure) {
            return try ColumnMapping(pairs: pairs)
        } catch {
            throw .invalidMapping(error.text)
        }
    }
}

extension ColumnMapping.Failure {
    /// Why pairs are no mapping, for people.
    var text: Text {
        let columns = Column.allCases.map(\.rawValue)
        return switch self {
        case .notAPair(let text):
            Text(
                en: "'\(text)' is not a pair column=heading, such as code=单品编码",
                zh: "“\(text)”不是 列=标题，例如 code=单品编码")
        case .unknownColumn(let name):
            Text(
                en: "there is no column '\(name)'; the columns are \(columns.joined(separator: ", "))",
                zh: "没有列“\(name)”；可用的列：\(columns.joined(separator: "、"))")
        case .repeated(let name): Text(en: "'\(name)' is named twice", zh: "“\(name)”出现了两次")
        }
    }
}

extension CommandFailure {
    /// Columns, headings or units that cannot be.
    static func invalidMapping(_ reason: Text) -> CommandFailure {
        CommandFailure(
            .usage, what: Text(en: "the mapping of columns is wrong", zh: "列的对应关系有误"), why: reason)
    }
}
