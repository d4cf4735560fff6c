internal import CloudWarehouse
internal import JSON
internal import Postgres
internal import QRCode

/// A code that was made just now, with the text that is never shown again.
struct IssuedSignInCodeDescription: Presentable {
    /// The code and its text.
    let issued: IssuedSignInCode
    /// The page that takes it.
    let address: String
    /// What the base's clocks show at its instants.
    let times: LocalTimes

    func show(on page: inout Page) {
        let code = issued.code
        var record = Record()
        record.append(Text(en: "for", zh: "姓名"), StyledText(code.name.rawValue))
        record.append(Text(en: "role", zh: "角色"), StyledText(code.scope.role.rawValue))
        if let owner = code.scope.owner { record.append(Text(en: "owner", zh: "货主"), StyledText(owner.rawValue)) }
        if let source = code.scope.source { record.append(Text(en: "source", zh: "订单来源"), StyledText(source.rawValue)) }
        record.append(Text(en: "good until", zh: "有效至"), StyledText(times.text(code.expiresAt)))
        record.append(Text(en: "signed in until", zh: "登录至"), StyledText(times.text(code.sessionExpiresAt)))
        record.append(Text(en: "code", zh: "登录码"), StyledText(issued.text.revealed, .heading))
        record.append(Text(en: "page", zh: "页面"), StyledText(address))
        page.record(record)
        page.blank()
        if let drawing = QRCode(address) {
            for line in drawing.lines { page.line(StyledText(line)) }
        }
        page.line(
            Text(
                en: "It is shown only now, and opens one browser. Photograph it, or type it at the page.",
                zh: "只显示这一次，只能登录一个浏览器。用手机扫描，或在页面上输入。"), .warning)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        issued.code.writeMembers(to: &json)
        json.member("code", issued.text.revealed)
        json.member("page", address)
        json.endObject()
    }
}

/// Codes and sessions of a base.
struct SignInList: Presentable {
    /// In the order in which they were made.
    let codes: [SignInCode]
    /// In the order in which they were opened.
    let sessions: [Token]
    /// What the base's clocks show at their instants.
    let times: LocalTimes

    func show(on page: inout Page) {
        if !codes.isEmpty || sessions.isEmpty {
            var table = Table([
                .keys(Text(en: "CODE", zh: "登录码")), .words(Text(en: "FOR", zh: "姓名")),
                .terms(Text(en: "ROLE", zh: "角色")), .words(Text(en: "OF", zh: "所属")),
                .terms(Text(en: "STATE", zh: "状态")), .terms(Text(en: "GOOD UNTIL", zh: "有效至")),
            ])
            for code in codes {
                table.append([
                    StyledText("\(code.handle.rawValue.uppercased())…"), StyledText(code.name.rawValue),
                    StyledText(code.scope.role.rawValue), StyledText(code.scope.holder), code.state.summary,
                    StyledText(times.text(code.expiresAt)),
                ])
            }
            page.table(table, whenEmpty: Text(en: "nobody has been asked to sign in yet", zh: "还没有任何登录码"))
        }
        guard !sessions.isEmpty else { return }
        if !codes.isEmpty { page.blank() }
        var table = Table([
            .keys(Text(en: "SESSION", zh: "会话")), .words(Text(en: "WHO", zh: "姓名")),
            .terms(Text(en: "ROLE", zh: "角色")), .words(Text(en: "OF", zh: "所属")),
            .terms(Text(en: "STATE", zh: "状态")), .terms(Text(en: "EXPIRES", zh: "失效时间")),
            .terms(Text(en: "LAST USED", zh: "最近使用")),
        ])
        for session in sessions {
            table.append([
                StyledText(session.prefix.rawValue), StyledText(session.name.rawValue),
                StyledText(session.scope.role.rawValue), StyledText(session.scope.holder), session.state.summary,
                StyledText(session.expiresAt.map(times.text) ?? ""),
                StyledText(session.lastUsedAt.map(times.text) ?? ""),
            ])
        }
        page.table(table, whenEmpty: .verbatim(""))
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("codes")
        json.beginArray()
        for code in codes {
            json.beginObject()
            code.writeMembers(to: &json)
            json.endObject()
        }
        json.endArray()
        json.key("sessions")
        json.beginArray()
        for session in sessions {
            json.beginObject()
            session.writeMembers(to: &json)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}

extension SignInCode.State {
    /// The state in a word.
    fileprivate var summary: StyledText {
        switch self {
        case .live: StyledText(Text(en: "live", zh: "有效").current, .good)
        case .used: StyledText(Text(en: "used", zh: "已使用").current)
        case .expired: StyledText(Text(en: "expired", zh: "已过期").current, .warning)
        case .burnt: StyledText(Text(en: "guessed at too often", zh: "试错过多").current, .bad)
        case .revoked: StyledText(Text(en: "revoked", zh: "已作废").current, .bad)
        }
    }
}

extension SignInCode {
    /// The instants that people are shown.
    var instants: [Timestamp] { [expiresAt, sessionExpiresAt] }

    fileprivate func writeMembers(to json: inout JSONWriter) {
        json.member("handle", handle.rawValue)
        json.member("for", name.rawValue)
        json.member("role", scope.role.rawValue)
        json.member("owner", scope.owner?.rawValue)
        json.member("source", scope.source?.rawValue)
        json.member("state", state.rawValue)
        json.member("created_at", createdAt.description)
        json.member("expires_at", expiresAt.description)
        json.member("session_expires_at", sessionExpiresAt.description)
        json.member("used_at", usedAt?.description)
    }
}
