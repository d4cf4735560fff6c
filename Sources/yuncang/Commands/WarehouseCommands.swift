internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang warehouse`
struct WarehouseCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "warehouse",
            abstract: Text(en: "The buildings where goods stand.", zh: "存放货物的仓库。").current,
            subcommands: [WarehouseAddCommand.self, WarehouseListCommand.self])
    }
}

/// `yuncang warehouse add <code> --name <name>`
struct WarehouseAddCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add", abstract: Text(en: "Add a warehouse.", zh: "添加仓库。").current)
    }

    @Argument(help: ArgumentHelp(en: "Its short name, such as main.", zh: "简短的编码，例如 main。"))
    var code: String

    @Option(help: ArgumentHelp(en: "Its name for people.", zh: "供人阅读的名称。"))
    var name: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try WarehouseCode(argument: code)
        let name = try Name(argument: name)
        let warehouse = try await database.withBase(in: context) { base in
            try await base.stock.addWarehouse(code: code, name: name, by: .atTerminal(context.environment))
        }
        context.output.show(WarehouseList(warehouses: [warehouse]))
        context.output.hint(
            NextStep(
                command: "yuncang location add A-01 --warehouse \(code) --storage chilled",
                purpose: Text(en: "a place in it", zh: "添加库位")))
        return .success
    }
}

/// `yuncang warehouse list`
struct WarehouseListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List the warehouses.", zh: "列出仓库。").current)
    }

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (after, limit) = (try page.code(of: Warehouse.self), try page.limit(atMost: Stock.maximumPage))
        let listed = try await database.withBase(in: context) { base in
            try await Listed.page(after: after, limit: limit, position: \Warehouse.code) {
                try await base.stock.warehouses(after: $0, limit: $1)
            }
        }
        context.output.show(WarehouseList(warehouses: listed.rows))
        if listed.hasMore, let last = listed.rows.last {
            context.output.more(
                NextPage("warehouse list", after: last.code.rawValue, limit: limit, database: database, global: global))
        }
        return .success
    }
}

private struct WarehouseList: Presentable {
    let warehouses: [Warehouse]

    func show(on page: inout Page) {
        var table = Table([.keys(Text(en: "WAREHOUSE", zh: "仓库")), .words(Text(en: "NAME", zh: "名称"))])
        for warehouse in warehouses {
            table.append([StyledText(warehouse.code.rawValue), StyledText(warehouse.name.rawValue)])
        }
        page.table(table, whenEmpty: Text(en: "there is no warehouse yet", zh: "还没有仓库"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for warehouse in warehouses {
            json.beginObject()
            json.member("code", warehouse.code.rawValue)
            json.member("name", warehouse.name.rawValue)
            json.endObject()
        }
        json.endArray()
    }
}
