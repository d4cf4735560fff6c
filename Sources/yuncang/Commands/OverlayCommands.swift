internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang overlay`
struct OverlayCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "overlay",
            abstract: Text(
                en: "What streams show over their picture: live stock of a few SKUs.", zh: "直播画面上的叠加：几个单品的实时库存。"
            ).current,
            subcommands: [OverlayCreateCommand.self, OverlayListCommand.self, OverlayRevokeCommand.self])
    }
}

/// `yuncang overlay create <sku>... [--owner <code>] --name <name> [--expires <when>]`
struct OverlayCreateCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: Text(
                en: "Make an overlay's key and show its address, once.", zh: "生成叠加的密钥，并显示一次其地址。"
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "What it shows, 1 to 20 SKUs.", zh: "显示哪些单品，1 到 20 个。"))
    var skus: [String]

    @Option(
        help: ArgumentHelp(
            en: "Only this owner's goods; else everybody's.", zh: "只显示该货主的货；不指定则不限。", valueName: "code"))
    var owner: String?

    @Option(help: ArgumentHelp(en: "Its name for people, such as the stream's.", zh: "供人阅读的名称，例如直播间的名字。"))
    var name: String

    @Option(
        help: ArgumentHelp(
            en: "When it ends: after days (7d, the usual) or with a day of the base (2026-12-31).",
            zh: "何时失效：若干天后（默认 7d）或某日结束时（2026-12-31，按直播基地的时区）。", valueName: "when"))
    var expires: String?

    @OptionGroup(title: BrowserOptions.title)
    var page: BrowserOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let shown = try skus.map { text throws(CommandFailure) in try SKUCode(argument: text) }
        let owner = try owner.map { text throws(CommandFailure) in try OwnerCode(argument: text) }
        let name = try TokenName(argument: name)
        let expiry =
            try expires.map { text throws(CommandFailure) in try TokenExpiry(argument: text) } ?? Overlays.usualExpiry
        _ = try page.address(of: "/overlay", fragment: "")
        let (issued, times) = try await database.withBase(in: context) { open in
            let issued = try await open.overlays.make(
                showing: shown, ofOwner: owner, name: name, expiry: expiry, by: .atTerminal(context.environment))
            // It is made: a failure to tell the time must not keep its text from being shown.
            return (issued, (try? await open.times(of: issued.key.token.instants)) ?? .utc)
        }
        let address = try page.address(of: "/overlay", fragment: "key=\(issued.text.revealed)")
        context.output.show(IssuedOverlayDescription(issued: issued, address: address, times: times))
        return .success
    }
}

/// `yuncang overlay list`
struct OverlayListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List the keys of overlays.", zh: "列出叠加的密钥。").current)
    }

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (keys, times) = try await database.withBase(in: context) { open in
            var keys: [OverlayKey] = []
            var page = try await open.overlays.list()
            while !page.isEmpty {
                keys += page
                page = try await open.overlays.list(after: page.last?.token.id)
            }
            return (keys, try await open.times(of: keys.flatMap(\.token.instants)))
        }
        context.output.show(OverlayList(keys: keys, times: times))
        return .success
    }
}

/// `yuncang overlay revoke <prefix>`
struct OverlayRevokeCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "revoke",
            abstract: Text(
                en: "End an overlay's key: it is dead everywhere within 5 seconds.", zh: "吊销叠加的密钥：5 秒内在所有地方失效。"
            ).current)
    }

    @Argument(
        help: ArgumentHelp(
            en: "The key's middle part, as listed; never the whole key.", zh: "密钥的中间部分，见列表；不要写整个密钥。"))
    var prefix: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let prefix = try TokenPrefix(argument: prefix)
        let (key, times) = try await database.withBase(in: context) { open in
            let key = try await open.overlays.revoke(prefix, by: .atTerminal(context.environment))
            return (key, (try? await open.times(of: key.token.instants)) ?? .utc)
        }
        context.output.show(OverlayList(keys: [key], times: times))
        return .success
    }
}
