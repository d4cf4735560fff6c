internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang signin`
struct SignInCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "signin",
            abstract: Text(
                en: "Who signs in to the pages of a base with a browser.", zh: "谁用浏览器登录直播基地的页面。"
            ).current,
            subcommands: [SignInCodeCommand.self, SignInListCommand.self, SignInRevokeCommand.self])
    }
}

/// `yuncang signin code --role <role> [--owner <code>] [--source <name>] --for <name> [--minutes <n>] [--expires <when>]`
struct SignInCodeCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "code",
            abstract: Text(
                en: "Make a code with which one person signs in, once.", zh: "生成登录码，供一个人登录一次。"
            ).current)
    }

    @Option(
        help: ArgumentHelp(
            en: "What the person may do: \(TokenRole.list).", zh: "此人可以做什么：\(TokenRole.list)。"),
        completion: .list(TokenRole.allCases.map(\.rawValue)))
    var role: String

    @Option(
        help: ArgumentHelp(
            en: "Whose goods are shown; for role cooperative.", zh: "可以看到哪个货主的货；用于角色 cooperative。",
            valueName: "code"))
    var owner: String?

    @Option(
        help: ArgumentHelp(
            en: "Whose orders are shown; for role source.", zh: "可以看到哪个订单来源的订单；用于角色 source。",
            valueName: "name"))
    var source: String?

    @Option(name: .customLong("for"), help: ArgumentHelp(en: "The person's name.", zh: "此人的姓名。", valueName: "name"))
    var person: String

    @Option(
        help: ArgumentHelp(
            en: "How long the code is good, 1 to 1440 minutes.", zh: "登录码的有效时间，1 到 1440 分钟。", valueName: "n"))
    var minutes = SignIn.usualCodeMinutes

    @Option(
        help: ArgumentHelp(
            en:
                "When the browser has to sign in again: after days (7d, the usual) or with a day of the base (2026-12-31).",
            zh: "浏览器何时须重新登录：若干天后（默认 7d）或某日结束时（2026-12-31，按直播基地的时区）。", valueName: "when"))
    var expires: String?

    @OptionGroup(title: BrowserOptions.title)
    var page: BrowserOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let scope = try TokenScope(role: role, owner: owner, source: source)
        let name = try TokenName(argument: person)
        let session =
            try expires.map { text throws(CommandFailure) in try TokenExpiry(argument: text) } ?? SignIn.usualSession
        guard SignIn.codeMinutes.contains(minutes) else {
            throw CommandFailure.invalid(
                "\(minutes)", rule: Text(en: "--minutes is from 1 to 1440", zh: "--minutes 取 1 到 1440"))
        }
        _ = try page.address(of: "/", fragment: "")
        let (issued, times) = try await database.withBase(in: context) { open in
            let issued = try await open.signIn.makeCode(
                for: name, scope, minutes: minutes, session: session, by: .atTerminal(context.environment))
            // It is made: a failure to tell the time must not keep its text from being shown.
            return (issued, (try? await open.times(of: issued.code.instants)) ?? .utc)
        }
        let address = try page.address(of: "/", fragment: "code=\(issued.text.revealed)")
        context.output.show(IssuedSignInCodeDescription(issued: issued, address: address, times: times))
        return .success
    }
}

/// `yuncang signin list`
struct SignInListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: Text(
                en: "List the codes of the last two days, and the browsers that are or were signed in.",
                zh: "列出最近两天的登录码，以及已登录或曾登录的浏览器。"
            ).current)
    }

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let list = try await database.withBase(in: context) { open in
            var sessions: [Token] = []
            var page = try await open.signIn.sessions()
            while !page.isEmpty {
                sessions += page
                page = try await open.signIn.sessions(after: page.last?.id)
            }
            return try await SignInList(codes: open.signIn.codes(), sessions: sessions, of: open)
        }
        context.output.show(list)
        if list.codes.isEmpty, list.sessions.isEmpty { context.output.hint(.makeSignInCode) }
        return .success
    }
}

/// `yuncang signin revoke <code or session>`
struct SignInRevokeCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "revoke",
            abstract: Text(
                en: "Call a code off, or sign a person out on every device: dead everywhere within 5 seconds.",
                zh: "作废登录码，或让此人在所有设备上退出：5 秒内在所有地方失效。"
            ).current)
    }

    @Argument(
        help: ArgumentHelp(
            en: "A code's first 4 characters, or a session's 12, as listed; never the whole code.",
            zh: "登录码的前 4 个字符，或会话的 12 个字符，见列表；不要写整个登录码。"))
    var which: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        if let handle = SignInHandle(rawValue: which.lowercased()) {
            let list = try await database.withBase(in: context) { open in
                try await open.signIn.revokeCode(handle, by: .atTerminal(context.environment))
                let codes = try await open.signIn.codes().filter { $0.handle == handle }
                return try await SignInList(codes: codes, sessions: [], of: open)
            }
            context.output.show(list)
            return .success
        }
        guard let prefix = TokenPrefix(rawValue: which) else { throw CommandFailure.noSignIn }
        let list = try await database.withBase(in: context) { open in
            let sessions = try await open.signIn.endFamily(of: prefix, by: .atTerminal(context.environment))
            return try await SignInList(codes: [], sessions: sessions, of: open)
        }
        context.output.show(list)
        return .success
    }
}

extension SignInList {
    /// With the times of the base that they are of.
    fileprivate init(codes: [SignInCode], sessions: [Token], of open: OpenBase) async throws {
        let instants = codes.flatMap(\.instants) + sessions.flatMap(\.instants)
        self.init(codes: codes, sessions: sessions, times: try await open.times(of: instants))
    }
}
