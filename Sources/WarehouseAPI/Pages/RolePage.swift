internal import CloudWarehouse
internal import Postgres

/// What somebody who is signed in may do, and where else they are.
struct RolePage: Sendable {
    let caller: Caller
    /// Those that live, of the same person.
    let sessions: [Token]
    let language: PageLanguage

    var page: PersonPage {
        let lang = language.rawValue
        let scope = caller.owner.map(\.rawValue) ?? caller.source?.rawValue
        let whose: HTML = scope.map { "<p class=\"quiet\">\($0)</p>" } ?? .empty
        let stock = caller.role.stockTitle[language]
        let device = PageText(en: "Sign in another device", zh: "在另一台设备上登录")[language]
        let out = PageText(en: "Sign out", zh: "退出登录")[language]
        return PageFrame(
            title: PageText(en: caller.name.rawValue, zh: caller.name.rawValue), language: language, path: "/",
            scripts: [EntrancePages.script],
            content: """
                <p id="role">\(caller.role.title[language])</p>
                \(whose)
                <nav class="card"><a class="button" id="stock-link" href="/stock?lang=\(lang)">\(stock)</a>\(labels)</nav>
                \(operators)
                <h2>\(PageText(en: "Signed in on", zh: "已登录的设备")[language])</h2>
                <div class="card"><ul class="plain">\(sessions.map(row))</ul>
                <form method="post" action="/devices?lang=\(lang)"><button class="minor">\(device)</button></form>
                \(everywhere)</div>
                <form method="post" action="/sign-out?lang=\(lang)"><button id="sign-out">\(out)</button></form>
                """
        ).page
    }

    private var labels: HTML {
        guard [.warehouse, .operator].contains(caller.role) else { return .empty }
        let text = PageText(en: "Labels to print", zh: "打印标签")[language]
        return " <a class=\"button\" id=\"labels-link\" href=\"/labels?lang=\(language.rawValue)\">\(text)</a>"
    }

    private var operators: HTML {
        guard caller.role == .operator else { return .empty }
        let text = PageText(
            en: "To let somebody sign in, on the server:", zh: "让别人登录，请在服务器上运行：")[language]
        return "<p>\(text) <code>yuncang signin code --role ROLE --for NAME</code></p>"
    }

    private var everywhere: HTML {
        guard sessions.count > 1 else { return .empty }
        let text = PageText(en: "Sign out everywhere", zh: "在所有设备上退出")[language]
        return """
            <form method="post" action="/sessions/end?lang=\(language.rawValue)">\
            <button class="minor" id="everywhere">\(text)</button></form>
            """
    }

    private func row(_ session: Token) -> HTML {
        let isThis = session.prefix == caller.prefix
        let since = PageText(en: "since", zh: "登录于")[language]
        let name = isThis ? PageText(en: "this one", zh: "本机")[language] : session.prefix.rawValue
        let end = PageText(en: "Sign it out", zh: "使其退出")[language]
        // An instant in UTC, to the minute.
        let when = String(session.createdAt.description.prefix(16)).replacing("T", with: " ")
        let form: HTML =
            isThis
            ? .empty
            : """
            <form method="post" action="/sessions/\(session.prefix.rawValue)/end?lang=\(language.rawValue)">\
            <button class="minor" aria-label="\(end): \(name)">\(end)</button></form>
            """
        return "<li><span>\(name)<br><small class=\"quiet\">\(since) \(when) UTC</small></span>\(form)</li>\n"
    }
}
