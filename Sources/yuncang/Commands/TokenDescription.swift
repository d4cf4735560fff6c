internal import CloudWarehouse
internal import JSON
internal import Postgres

/// One token, without its secret.
struct TokenDescription: Presentable {
    /// The token.
    let token: Token
    /// What the base's clocks show at its instants.
    let times: LocalTimes

    func show(on page: inout Page) {
        page.record(token.record(times))
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        token.writeMembers(to: &json)
        json.endObject()
    }
}

/// A token that was issued just now, with the text that is never shown again.
struct IssuedTokenDescription: Presentable {
    /// The token and its text.
    let issued: IssuedToken
    /// What the base's clocks show at its instants.
    let times: LocalTimes

    func show(on page: inout Page) {
        page.record(issued.token.record(times))
        page.blank()
        page.line(StyledText(issued.text.revealed, .heading))
        page.blank()
        page.line(
            Text(
                en: "It is shown only now. Keep it in a file that only its bearer can read, or in a variable.",
                zh: "只显示这一次。请存入只有持有者能读的文件，或放进变量。"), .warning)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        issued.token.writeMembers(to: &json)
        json.member("token", issued.text.revealed)
        json.endObject()
    }
}

/// All tokens of a base.
struct TokenList: Presentable {
    /// In the order in which they were issued.
    let tokens: [Token]
    /// What the base's clocks show at their instants.
    let times: LocalTimes

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "PREFIX", zh: "前缀")), .words(Text(en: "NAME", zh: "名称")),
            .terms(Text(en: "ROLE", zh: "角色")), .words(Text(en: "OF", zh: "所属")),
            .terms(Text(en: "STATE", zh: "状态")), .terms(Text(en: "EXPIRES", zh: "失效时间")),
            .terms(Text(en: "LAST USED", zh: "最近使用")),
        ])
        for token in tokens {
            table.append([
                StyledText(token.prefix.rawValue), StyledText(token.name.rawValue),
                StyledText(token.scope.role.rawValue),
                StyledText(token.scope.holder), token.state.summary,
                StyledText(token.expiresAt.map(times.text) ?? ""),
                StyledText(token.lastUsedAt.map(times.text) ?? ""),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there is no token yet", zh: "还没有任何令牌"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for token in tokens {
            json.beginObject()
            token.writeMembers(to: &json)
            json.endObject()
        }
        json.endArray()
    }
}

extension TokenScope {
    /// Whose things it is about; empty where it is about everybody's.
    var holder: String { owner?.rawValue ?? source?.rawValue ?? "" }
}

extension Token.State {
    /// The state in a word.
    var summary: StyledText {
        switch self {
        case .live: StyledText(Text(en: "live", zh: "有效").current, .good)
        case .expired: StyledText(Text(en: "expired", zh: "已过期").current, .warning)
        case .revoked: StyledText(Text(en: "revoked", zh: "已吊销").current, .bad)
        }
    }
}

extension Token {
    /// The instants that people are shown.
    var instants: [Timestamp] { [expiresAt, lastUsedAt].compactMap { $0 } }

    /// What is known of it, but for its secret.
    func record(_ times: LocalTimes) -> Record {
        var record = Record()
        record.append(Text(en: "prefix", zh: "前缀"), StyledText(prefix.rawValue, .heading))
        record.append(Text(en: "name", zh: "名称"), StyledText(name.rawValue))
        record.append(Text(en: "role", zh: "角色"), StyledText(scope.role.rawValue))
        if let owner = scope.owner { record.append(Text(en: "owner", zh: "货主"), StyledText(owner.rawValue)) }
        if let source = scope.source { record.append(Text(en: "source", zh: "订单来源"), StyledText(source.rawValue)) }
        record.append(Text(en: "state", zh: "状态"), state.summary)
        record.append(
            Text(en: "expires", zh: "失效时间"),
            StyledText(expiresAt.map(times.text) ?? Text(en: "never", zh: "不失效").current))
        return record
    }

    /// Writes what is known of it, but for its secret.
    func writeMembers(to json: inout JSONWriter) {
        json.member("prefix", prefix.rawValue)
        json.member("name", name.rawValue)
        json.member("role", scope.role.rawValue)
        json.member("owner", scope.owner?.rawValue)
        json.member("source", scope.source?.rawValue)
        json.member("state", state.rawValue)
        json.member("created_at", createdAt.description)
        json.member("expires_at", expiresAt?.description)
        json.member("revoked_at", revokedAt?.description)
        json.member("last_used_at", lastUsedAt?.description)
    }
}
