internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang mapping`
struct MappingCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "mapping",
            abstract: Text(
                en: "How the files of each order source are to be read and written.", zh: "各订单来源的文件如何读写：列与标题的对应关系。"
            ).current,
            subcommands: [
                MappingListCommand.self, MappingShowCommand.self, MappingSaveCommand.self, MappingRemoveCommand.self,
            ])
    }
}

/// Which mapping is meant: options of the commands about one.
struct MappingOptions: ParsableArguments {
    @Option(help: ArgumentHelp(en: "Whose files.", zh: "哪个订单来源的文件。"))
    var source: String

    @Option(help: ArgumentHelp(en: "What files: orders or shipments.", zh: "哪种文件：orders 订单 或 shipments 发货。"))
    var kind = SheetMapping.Kind.orders

    @Option(
        help: ArgumentHelp(
            en: "One of several; 'default' is taken by itself.", zh: "多个中的哪一个；default 会自动采用。", valueName: "name"))
    var name = "default"

    /// The key that they name.
    func key() throws(CommandFailure) -> SheetMapping.Key {
        SheetMapping.Key(
            source: try OrderSource(argument: source), kind: kind, name: try MappingName(argument: name))
    }
}

/// `yuncang mapping list`
struct MappingListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List the saved mappings.", zh: "列出已保存的对应关系。").current)
    }

    @Option(help: ArgumentHelp(en: "Only those of this source.", zh: "只列出该来源的。"))
    var source: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let source = try source.map { text throws(CommandFailure) in try OrderSource(argument: text) }
        let (mappings, times) = try await database.withBase(in: context) { base in
            let mappings = try await base.mappings.list(of: source)
            return (mappings, try await base.times(of: mappings.map(\.savedAt)))
        }
        context.output.show(MappingList(mappings: mappings, times: times))
        return .success
    }
}

/// `yuncang mapping show --source <source>`
struct MappingShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Text(en: "Show a mapping as it was saved.", zh: "按保存时的样子显示一个对应关系。").current)
    }

    @OptionGroup
    var mapping: MappingOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let key = try mapping.key()
        let found = try await database.withBase(in: context) { base in
            guard let found = try await base.mappings.find(key) else { throw MappingError.unknownMapping(key) }
            return found
        }
        context.output.show(MappingDescription(mapping: found))
        return .success
    }
}

/// `yuncang mapping save <file> --source <source>`
struct MappingSaveCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "save",
            abstract: Text(en: "Save a mapping, in place of one of the same name.", zh: "保存一个对应关系，替换同名的。").current,
            discussion: Text(
                en: """
                    A line is column = heading, such as sku = Number; for orders also status:WORD = ship, or = skip; for shipments \
                    carrier:NAME = the platform's word for it, and the columns are written in the order in which they stand.
                    """,
                zh: """
                    每行写 列 = 标题，例如 sku = 货号；订单文件还可写 status:状态 = ship（发货）或 = skip（跳过）；\
                    发货文件还可写 carrier:快递公司 = 平台的叫法，写出文件时列的先后与此处相同。
                    """
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "A text file with the lines.", zh: "写有这些行的文本文件。"), completion: .file())
    var file: String

    @OptionGroup
    var mapping: MappingOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let key = try mapping.key()
        let text: String
        do throws(SmallFile.Failure) { text = try SmallFile(path: file).text() } catch {
            throw CommandFailure(.noInput, what: Text(en: "the file cannot be read", zh: "文件无法读取"), why: error.text)
        }
        try Self.check(text, for: key.kind)
        let saved = try await database.withBase(in: context) { base in
            try await base.mappings.save(key, definition: text, by: .atTerminal(context.environment))
        }
        context.output.show(MappingDescription(mapping: saved))
        return .success
    }

    private static func check(_ text: String, for kind: SheetMapping.Kind) throws(CommandFailure) {
        let mapping: MappingText
        do throws(InvalidValue) {
            guard text.utf8.count <= SheetMapping.bytesAtMost else {
                throw .mappingSize(atMost: SheetMapping.bytesAtMost)
            }
            mapping = try MappingText(text)
            guard mapping != MappingText() else { throw .mapping }
        } catch {
            throw .invalidMapping(error.text)
        }
        switch kind {
        case .orders: _ = try mapping.columns() as ColumnMapping<OrderColumn>
        case .shipments: _ = try mapping.columns() as ColumnMapping<ShipmentColumn>
        }
    }
}

/// `yuncang mapping remove --source <source>`
struct MappingRemoveCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "remove", abstract: Text(en: "Remove a mapping.", zh: "删除一个对应关系。").current)
    }

    @OptionGroup
    var mapping: MappingOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let key = try mapping.key()
        let removed = try await database.withBase(in: context) { base in
            guard let found = try await base.mappings.find(key) else { throw MappingError.unknownMapping(key) }
            try await base.mappings.remove(key, by: .atTerminal(context.environment))
            return found
        }
        context.output.show(MappingDescription(mapping: removed))
        context.output.note(Text(en: "it is removed", zh: "已删除"), .warning)
        return .success
    }
}
