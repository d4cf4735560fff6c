internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang owner`
struct OwnerCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "owner",
            abstract: Text(
                en: "Whose the goods are: cooperatives and brand clients.", zh: "货主：合作社和品牌客户。"
            ).current,
            subcommands: [OwnerAddCommand.self, OwnerListCommand.self])
    }
}

/// `yuncang owner add <code> --name <name> --kind <kind>`
struct OwnerAddCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add", abstract: Text(en: "Add an owner.", zh: "添加货主。").current)
    }

    @Argument(help: ArgumentHelp(en: "Its short name, such as jintianyuan.", zh: "简短的编码，例如 jintianyuan。"))
    var code: String

    @Option(help: ArgumentHelp(en: "Its name for people.", zh: "供人阅读的名称。"))
    var name: String

    @Option(help: ArgumentHelp(en: "A cooperative or a brand client.", zh: "合作社或品牌客户。"))
    var kind = Owner.Kind.cooperative

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try OwnerCode(argument: code)
        let name = try Name(argument: name)
        let owner = try await database.withBase(in: context) { base in
            try await base.catalog.addOwner(
                code: code, name: name, kind: kind, by: .atTerminal(context.environment))
        }
        context.output.show(OwnerList(owners: [owner]))
        return .success
    }
}

/// `yuncang owner list`
struct OwnerListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List the owners.", zh: "列出货主。").current)
    }

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (after, limit) = (try page.code(of: Owner.self), try page.limit(atMost: Catalog.maximumPage))
        let listed = try await database.withBase(in: context) { base in
            try await Listed.page(after: after, limit: limit, position: \Owner.code) {
                try await base.catalog.owners(after: $0, limit: $1)
            }
        }
        context.output.show(OwnerList(owners: listed.rows))
        if listed.hasMore, let last = listed.rows.last {
            context.output.more(
                NextPage("owner list", after: last.code.rawValue, limit: limit, database: database, global: global))
        }
        return .success
    }
}

private struct OwnerList: Presentable {
    let owners: [Owner]

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "OWNER", zh: "货主")), .words(Text(en: "NAME", zh: "名称")),
            .words(Text(en: "KIND", zh: "类别")),
        ])
        for owner in owners {
            table.append([
                StyledText(owner.code.rawValue), StyledText(owner.name.rawValue), StyledText(owner.kind.word.current),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there is no owner yet", zh: "还没有货主"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for owner in owners {
            json.beginObject()
            json.member("code", owner.code.rawValue)
            json.member("name", owner.name.rawValue)
            json.member("kind", owner.kind.rawValue)
            json.endObject()
        }
        json.endArray()
    }
}

extension Owner.Kind {
    /// In words.
    var word: Text {
        switch self {
        case .cooperative: Text(en: "cooperative", zh: "合作社")
        case .brand: Text(en: "brand client", zh: "品牌客户")
        }
    }
}
