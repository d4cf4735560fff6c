internal import CloudWarehouse

/// What a token lets its bearer do; a text's role, which looks are given by, is another.
typealias TokenRole = CloudWarehouse.Role

extension TokenRole {
    /// All of them, for help and failures.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let role = TokenRole(spoken: text, word: \.word) else {
            throw .invalid(text, rule: Text(en: "the roles are: \(TokenRole.list)", zh: "角色有：\(TokenRole.list)"))
        }
        self = role
    }
}

extension TokenScope {
    /// Takes the arguments, which must fit each other.
    init(role: String, owner: String?, source: String?) throws(CommandFailure) {
        let role = try TokenRole(argument: role)
        guard (role == .cooperative) == (owner != nil) else { throw Self.mismatch(.cooperative, "--owner", is: role) }
        guard (role == .source) == (source != nil) else { throw Self.mismatch(.source, "--source", is: role) }
        let code = try owner.map { text throws(CommandFailure) in try OwnerCode(argument: text) }
        let name = try source.map { text throws(CommandFailure) in try OrderSource(argument: text) }
        do throws(InvalidValue) { try self.init(role: role, owner: code, source: name) } catch {
            throw CommandFailure(.usage, what: error.text)
        }
    }

    private static func mismatch(_ needing: TokenRole, _ option: String, is role: TokenRole) -> CommandFailure {
        CommandFailure(
            .usage,
            what: role == needing
                ? Text(
                    en: "a token of role \(needing.rawValue) needs \(option)",
                    zh: "角色 \(needing.rawValue) 的令牌需要 \(option)")
                : Text(
                    en: "\(option) belongs to role \(needing.rawValue), not to \(role.rawValue)",
                    zh: "\(option) 只用于角色 \(needing.rawValue)，不用于 \(role.rawValue)"),
            remedy: Text(
                en: "cooperative goes with --owner CODE, source with --source NAME, every other role with neither",
                zh: "cooperative 配 --owner CODE，source 配 --source NAME，其他角色都不配"))
    }
}

extension TokenName {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let name = TokenName(rawValue: text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a token's name has 1 to 100 characters and no control characters",
                    zh: "令牌的名称是 1 到 100 个字符，不含控制字符"))
        }
        self = name
    }
}

extension TokenExpiry {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        do throws(InvalidValue) { try self.init(text) } catch {
            throw .invalid(
                text,
                rule: Text(
                    en: "write 1 to \(TokenExpiry.daysAtMost) days, such as 30d, or a day, such as 2026-12-31",
                    zh: "写成 1 到 \(TokenExpiry.daysAtMost) 天，例如 30d，或日期，例如 2026-12-31"))
        }
    }
}

extension TokenPrefix {
    /// Takes an argument. One that is none is not repeated: it may be a whole token.
    init(argument text: String) throws(CommandFailure) {
        guard let prefix = TokenPrefix(rawValue: text) else {
            throw CommandFailure(
                .usage, what: Text(en: "this is no prefix of a token", zh: "这不是令牌的前缀"),
                remedy: Text(
                    en: "give the 12 characters between the token's two dots, and keep the rest to yourself",
                    zh: "写出令牌两个点之间的 12 个字符，其余部分请保密"),
                next: [.listTokens])
        }
        self = prefix
    }
}
