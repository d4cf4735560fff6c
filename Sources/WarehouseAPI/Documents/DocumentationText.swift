internal import CloudWarehouse
internal import HTTPTypes

/// What the page about the API says, in one language.
struct DocumentationText: Sendable {
    let routes: [Route]
    let language: PageLanguage

    static let title = PageText(en: "Yuncang API", zh: "云仓 API")

    init(_ routes: [Route], _ language: PageLanguage) {
        self.routes = routes
        self.language = language
    }

    /// A sentence in the page's language.
    func say(_ en: String, _ zh: String) -> String { PageText(en: en, zh: zh)[language] }

    /// What stands above everything.
    static func heading(in language: PageLanguage) -> HTML {
        let about = PageText(
            en: "Stock, orders and deliveries of a livestream base, over HTTP.", zh: "直播基地的库存、订单和入库，通过 HTTP 使用。")
        let other: HTML =
            language == .chinese
            ? #"<a href="/docs?lang=en" lang="en">English</a>"# : #"<a href="/docs?lang=zh" lang="zh-Hans">中文</a>"#
        return """
            <header><p class="switch">\(other)</p><h1>\(title[language])</h1><p>\(about[language])</p></header>
            """
    }

    /// How to ask the first question.
    static func start(at address: String, in language: PageLanguage) -> HTML {
        let (title, text) = (
            PageText(en: "Start", zh: "开始"),
            PageText(
                en: """
                    The examples below are for a shell that knows where the service is and which token to show. A token \
                    belongs to one base and one role; an operator makes it with `yuncang token create`.
                    """,
                zh: "下面的示例需要在 shell 中先设置服务地址和令牌。令牌属于一个基地和一个角色，由管理员用 `yuncang token create` 签发。")
        )
        return """
            <section id="start"><h2>\(title[language])</h2><p>\(CodeSpans.html(text[language]))</p>
            <pre><code>export YUNCANG=\(address)
            read -rs TOKEN &amp;&amp; export TOKEN</code></pre></section>
            """
    }

    /// All that is the same wherever the service is found.
    var content: HTML {
        let topics = Topic.all(of: routes)
        let links: [HTML] = topics.map { "<li><a href=\"#\($0.name)\">\($0.title[language])</a></li>" }
        return """
            <nav><ul>\(links)<li><a href="#problems">\(say("Problems", "问题代码"))</a></li></ul></nav>
            \(rules)
            \(topics.map(section))
            \(problems)
            <footer><p>\(say("For programs:", "供程序使用：")) <a href="/openapi.json">OpenAPI 3.1</a></p></footer>
            """
    }

    private var rules: HTML {
        let rules = [
            say(
                "A body is `application/json` in UTF-8, without members that are not declared; all its faults are named at once.",
                "请求体为 UTF-8 的 `application/json`，不得含未声明的成员；所有错误一次列出。"),
            say(
                "Quantities are whole numbers of a SKU's base unit, pieces or grams. Money is in whole fen; a price is fen for a stated quantity.",
                "数量是 SKU 基本单位（件或克）的整数。金额是整数分；价格写明多少分对应多少数量。"),
            say(
                "Instants are RFC 3339 in UTC, days are written `2026-11-23`.",
                "时刻为 UTC 的 RFC 3339 格式，日期写作 `2026-11-23`。"),
            say(
                "After 429 and 503, whatever the code, wait as long as `Retry-After` says and send the same again: nothing is done twice.",
                "遇到 429 和 503，无论代码，按 `Retry-After` 等待后原样重发：不会重复执行。"),
            say(
                "Every answer says in `X-Request-Id` what its request is called, a client's own if it sends one: name it to whoever runs the service.",
                "每个应答以 `X-Request-Id` 给出请求的编号，客户端也可自带；联系运维人员时请提供。"),
            say(
                "Pages: as long as an answer has `next`, pass it as `after`.", "分页：只要应答里有 `next`，就作为 `after` 传回。"),
        ]
        let items: [HTML] = rules.map { "<li>\(CodeSpans.html($0))</li>" }
        return #"<section id="rules"><h2>\#(say("Rules for all routes", "通用规则"))</h2><ul>\#(items)</ul></section>"#
    }

    private func section(of topic: Topic) -> HTML {
        let routes = routes.filter { $0.topic == topic.name }
        return """
            <section id="\(topic.name)"><h2>\(topic.title[language])</h2><p>\(topic.about[language])</p>
            \(routes.map { RouteText($0, self).article })
            </section>
            """
    }

    private var problems: HTML {
        let rows: [HTML] = Problem.Code.allCases.map { code in
            let advice = code.advice
            let status = code == .refused ? "4xx" : String(code.status.code)
            return """
                <tr id="\(code.rawValue)"><th scope="row"><code>\(code.rawValue)</code></th><td>\(status)</td>
                <td>\(CodeSpans.html(advice.means[language]))</td><td>\(CodeSpans.html(advice.remedy[language]))</td></tr>
                """
        }
        let about = say(
            "A problem is `application/problem+json` (RFC 9457). Tell problems apart by `code`, which never changes its meaning.",
            "问题以 `application/problem+json`（RFC 9457）返回。请用 `code` 区分问题，其含义永不改变。")
        return """
            <section id="problems"><h2>\(say("Problems", "问题代码"))</h2><p>\(CodeSpans.html(about))</p>
            <div class="wide"><table><thead><tr><th>\(say("code", "代码"))</th><th>\(say("status", "状态码"))</th>
            <th>\(say("means", "含义"))</th><th>\(say("what to do", "怎么办"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
            </section>
            """
    }
}

/// Words of a program between backquotes, as they stand in the sentences of the documents.
enum CodeSpans {
    /// The sentence with its words of a program marked up.
    static func html(_ sentence: String) -> HTML {
        let parts = sentence.split(separator: "`", omittingEmptySubsequences: false)
        return HTML(
            joining: parts.enumerated().map { index, part -> HTML in
                index.isMultiple(of: 2) ? HTML(text: String(part)) : "<code>\(String(part))</code>"
            })
    }
}
