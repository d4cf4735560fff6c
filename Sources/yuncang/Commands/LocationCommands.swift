internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang location`
struct LocationCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "location",
            abstract: Text(en: "The places within a warehouse.", zh: "仓库里的库位。").current,
            subcommands: [
                LocationAddCommand.self, LocationListCommand.self, LocationChangeCommand.self,
                LocationCloseCommand.self, LocationOpenCommand.self,
            ])
    }
}

/// `yuncang location add <code> --warehouse <code> --storage <class>`
struct LocationAddCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add", abstract: Text(en: "Add a storage location.", zh: "添加库位。").current)
    }

    @Argument(help: ArgumentHelp(en: "Its short name, such as A-01.", zh: "简短的编码，例如 A-01。"))
    var code: String

    @Option(help: ArgumentHelp(en: "The warehouse that it is in.", zh: "所在的仓库。", valueName: "code"))
    var warehouse: String

    @Option(help: ArgumentHelp(en: "How cold it is.", zh: "温度：常温、冷藏、冷冻。", valueName: "class"))
    var storage = StorageClass.ambient

    @OptionGroup
    var terms: LocationTermsOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try LocationCode(argument: code)
        let warehouse = try WarehouseCode(argument: warehouse)
        var terms = LocationTerms(storageClass: storage)
        try self.terms.change()(&terms)
        let wanted = terms
        let location = try await database.withBase(in: context) { base in
            try await base.stock.addLocation(
                code: code, in: warehouse, terms: wanted, by: .atTerminal(context.environment))
        }
        context.output.show(LocationList(locations: [location]))
        return .success
    }
}

/// `yuncang location list --warehouse <code>`
struct LocationListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List a warehouse's locations.", zh: "列出仓库的库位。").current)
    }

    @Option(help: ArgumentHelp(en: "The warehouse.", zh: "仓库。", valueName: "code"))
    var warehouse: String

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let warehouse = try WarehouseCode(argument: warehouse)
        let (after, limit) = (try page.code(of: Location.self), try page.limit(atMost: Stock.maximumPage))
        let listed = try await database.withBase(in: context) { base in
            guard try await base.stock.warehouse(warehouse) != nil else {
                throw StockError.unknownWarehouse(warehouse)
            }
            return try await Listed.page(after: after, limit: limit, position: \Location.code) {
                try await base.stock.locations(of: warehouse, after: $0, limit: $1)
            }
        }
        context.output.show(LocationList(locations: listed.rows))
        if listed.hasMore, let last = listed.rows.last {
            context.output.more(
                NextPage(
                    "location list", after: last.code.rawValue, limit: limit,
                    filters: [("--warehouse", warehouse.rawValue)], database: database, global: global))
        }
        return .success
    }
}

/// Locations as a command shows them.
struct LocationList: Presentable {
    let locations: [Location]

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "LOCATION", zh: "库位")), .words(Text(en: "STORAGE", zh: "温度")),
            .keys(Text(en: "ZONE", zh: "库区")), .terms(Text(en: "PURPOSE", zh: "用途")),
            .numbers(Text(en: "CAPACITY", zh: "容量")), .numbers(Text(en: "PICK", zh: "拣货顺序")),
            .terms(Text(en: "STATE", zh: "状态")),
        ])
        for location in locations {
            let terms = location.terms
            let capacity = terms.capacity.map { Text.amount($0.quantity.rawValue, in: $0.unit).current }
            table.append([
                StyledText(location.code.rawValue), StyledText(terms.storageClass.word.current),
                StyledText(terms.zone?.rawValue ?? ""), StyledText(terms.purpose.word.current),
                StyledText(capacity ?? ""), StyledText(terms.pickSequence.map { "\($0.rawValue)" } ?? ""),
                StyledText(Text.use(isClosed: terms.isClosed).current),
            ])
        }
        page.table(table, whenEmpty: Text(en: "the warehouse has no location yet", zh: "该仓库还没有库位"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for location in locations {
            let terms = location.terms
            json.beginObject()
            json.member("code", location.code.rawValue)
            json.member("storage_class", terms.storageClass.rawValue)
            json.member("purpose", terms.purpose.rawValue)
            json.member("zone", terms.zone?.rawValue)
            json.key("capacity")
            if let capacity = terms.capacity {
                json.beginObject()
                json.member("quantity", capacity.quantity.rawValue)
                json.member("unit", capacity.unit.rawValue)
                json.endObject()
            } else {
                json.null()
            }
            json.key("pick_sequence")
            if let sequence = terms.pickSequence { json.integer(Int64(sequence.rawValue)) } else { json.null() }
            json.member("closed", terms.isClosed)
            json.endObject()
        }
        json.endArray()
    }
}

extension StorageClass {
    /// In words.
    var word: Text {
        switch self {
        case .ambient: Text(en: "ambient", zh: "常温")
        case .chilled: Text(en: "chilled", zh: "冷藏")
        case .frozen: Text(en: "frozen", zh: "冷冻")
        }
    }
}
