internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang token`
struct TokenCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "token",
            abstract: Text(
                en: "Who may use the API of a base, and for what.", zh: "谁可以使用直播基地的接口，以及可以做什么。"
            ).current,
            subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
    }
}

/// `yuncang token create --role <role> [--owner <code>] [--source <name>] --name <name> [--expires <when>]`
struct TokenCreateCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: Text(en: "Issue a token and show it, once.", zh: "签发令牌并显示一次。").current,
            discussion: Text(
                en: "The roles are:\n\n"
                    + TokenRole.allCases.map { "  \($0.rawValue): \($0.meaning.en)" }.joined(separator: "\n"),
                zh: "角色：\n\n"
                    + TokenRole.allCases.map { "  \($0.rawValue)（\($0.word.zh)）：\($0.meaning.zh)" }.joined(
                        separator: "\n")
            ).current)
    }

    @Option(
        help: ArgumentHelp(
            en: "What its bearer may do: \(TokenRole.list).", zh: "持有者可以做什么：\(TokenRole.list)。"),
        completion: .list(TokenRole.allCases.map(\.rawValue)))
    var role: String

    @Option(
        help: ArgumentHelp(
            en: "Whose goods it shows; for role cooperative.", zh: "可以看到哪个货主的货；用于角色 cooperative。",
            valueName: "code"))
    var owner: String?

    @Option(
        help: ArgumentHelp(
            en: "Whose orders it places; for role source.", zh: "以哪个订单来源下单；用于角色 source。", valueName: "name"))
    var source: String?

    @Option(help: ArgumentHelp(en: "Its name for people, such as its bearer's.", zh: "供人阅读的名称，例如持有者的名字。"))
    var name: String

    @Option(
        help: ArgumentHelp(
            en: "When it ends: after days (30d) or with a day of the base (2026-12-31); else never.",
            zh: "何时失效：若干天后（30d）或某日结束时（2026-12-31，按直播基地的时区）；不指定则不失效。", valueName: "when"))
    var expires: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let scope = try TokenScope(role: role, owner: owner, source: source)
        let name = try TokenName(argument: name)
        let expiry = try expires.map { text throws(CommandFailure) in try TokenExpiry(argument: text) }
        let (issued, times) = try await database.withBase(in: context) { open in
            let issued = try await open.tokens.issue(
                scope, name: name, expiry: expiry, by: .atTerminal(context.environment))
            // It is issued: a failure to tell the time must not keep its text from being shown.
            return (issued, (try? await open.times(of: issued.token.instants)) ?? .utc)
        }
        context.output.show(IssuedTokenDescription(issued: issued, times: times))
        context.output.hint(
            NextStep(
                command: "read -rs TOKEN",
                purpose: Text(en: "paste it here: so the shell does not keep it", zh: "粘贴到这里，shell 不会记录")),
            NextStep(
                command: #"curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8080/v1/stock"#,
                purpose: Text(en: "ask with it", zh: "用它发出请求")))
        return .success
    }
}

/// `yuncang token list`
struct TokenListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: Text(en: "List the tokens of a base.", zh: "列出直播基地的令牌。").current)
    }

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (tokens, times) = try await database.withBase(in: context) { open in
            var tokens: [Token] = []
            var page = try await open.tokens.list()
            while !page.isEmpty {
                tokens += page
                page = try await open.tokens.list(after: page.last?.id)
            }
            return (tokens, try await open.times(of: tokens.flatMap(\.instants)))
        }
        context.output.show(TokenList(tokens: tokens, times: times))
        if tokens.isEmpty { context.output.hint(.createToken) }
        return .success
    }
}

/// `yuncang token revoke <prefix>`
struct TokenRevokeCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "revoke",
            abstract: Text(
                en: "End a token: it is dead everywhere within 5 seconds.", zh: "吊销令牌：5 秒内在所有地方失效。"
            ).current)
    }

    @Argument(
        help: ArgumentHelp(
            en: "The token's middle part, as listed; never the whole token.", zh: "令牌的中间部分，见列表；不要写整个令牌。"))
    var prefix: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let prefix = try TokenPrefix(argument: prefix)
        let (token, times) = try await database.withBase(in: context) { open in
            let token = try await open.tokens.revoke(prefix, by: .atTerminal(context.environment))
            return (token, (try? await open.times(of: token.instants)) ?? .utc)
        }
        context.output.show(TokenDescription(token: token, times: times))
        return .success
    }
}
