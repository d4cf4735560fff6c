internal import ArgumentParser
internal import CloudWarehouse

/// How a source's file is to be read: options of every command that reads one.
struct SavedMappingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            en: "A saved mapping of the source; else 'default', if there is one.", zh: "该来源已保存的对应关系；不指定时取 default（如有）。",
            valueName: "name"))
    var mapping: String?

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp(
            en: "A column under another heading: sku=Number; or a word: status:packed=ship. May be repeated.",
            zh: "以其他标题出现的列：sku=货号；或一个词：status:已打单=ship。可重复。", valueName: "column=heading"))
    var pairs: [String] = []

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

    /// What is saved for the source and what the options say, which counts more.
    func mapping(of source: OrderSource, _ kind: SheetMapping.Kind, in base: OpenBase) async throws -> MappingText {
        let saved = try await base.mappings.named(mapping, of: source, kind)
        do throws(InvalidValue) {
            var text = try MappingText(saved?.definition ?? "")
            for pair in pairs { try text.replace(pair) }
            return text
        } catch {
            throw CommandFailure.invalidMapping(error.text)
        }
    }
}

extension SheetMappings {
    /// The mapping of that name, which has to be there; without a name the usual one, if it is.
    func named(_ name: String?, of source: OrderSource, _ kind: SheetMapping.Kind) async throws -> SheetMapping? {
        let known = try name.map { text throws(CommandFailure) in try MappingName(argument: text) }
        let key = SheetMapping.Key(source: source, kind: kind, name: known ?? .usual)
        let found = try await find(key)
        if known != nil, found == nil { throw MappingError.unknownMapping(key) }
        return found
    }
}
