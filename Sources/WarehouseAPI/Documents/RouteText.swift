internal import CloudWarehouse
internal import HTTPTypes
internal import JSON

/// What the page about the API says of one route.
struct RouteText: Sendable {
    private let route: Route
    private let page: DocumentationText
    private let guide: RouteGuide?

    init(_ route: Route, _ page: DocumentationText) {
        self.route = route
        self.page = page
        guide = RouteGuide.all[route.operation]
    }

    /// All of it.
    var article: HTML {
        """
        <article id="\(route.operation)">
        <h3><span class="method">\(route.method.rawValue)</span> <code>\(route.path)</code></h3>
        <p>\(CodeSpans.html(summary))</p><p class="who">\(who)</p>\(notes)
        \(example)\(parameters)\(members(of: route.body, page.say("Body", "请求体")))\(answer)\(problems)
        </article>

        """
    }

    private var summary: String { page.language == .chinese ? guide?.chinese ?? route.summary : route.summary }

    private var notes: HTML {
        guard let notes = guide?.notes else { return .empty }
        return "<p>\(CodeSpans.html(notes[page.language]))</p>"
    }

    private var who: HTML {
        switch route.audience {
        case .everyone: return HTML(text: page.say("Anybody, without a token.", "任何人，无需令牌。"))
        case .roles(let roles) where roles.count == Role.allCases.count:
            return HTML(text: page.say("With any token.", "任何令牌。"))
        case .roles(let roles):
            let names: [HTML] = Role.allCases.filter(roles.contains).map { "<code>\($0.rawValue)</code> " }
            return "\(page.say("With a token of role", "令牌角色：")) \(names)"
        case .overlays: return HTML(text: page.say("With the key of an overlay.", "叠加的密钥。"))
        case .visitors, .people: return HTML(text: page.say("People with a browser.", "使用浏览器的人。"))
        }
    }

    private var example: HTML {
        guard let guide else { return .empty }
        let answer: HTML =
            guide.answer.map { "<pre class=\"answer\"><code>\(PrettyJSON.text(of: $0))</code></pre>" } ?? .empty
        return """
            <pre class="curl"><code>\(CurlExample(route, guide).command)</code></pre>
            \(answer)
            """
    }

    private var parameters: HTML {
        guard !route.parameters.isEmpty else { return .empty }
        let rows: [HTML] = route.parameters.map { parameter in
            let usual = parameter.usual.map { page.say("; else ", "；默认 ") + String(decoding: $0, as: UTF8.self) } ?? ""
            return row(
                parameter.name, parameter.place == .path, parameter.schema.words(in: page.language) + usual,
                parameter.about, place: parameter.place)
        }
        return table(rows, page.say("Parameters", "参数"))
    }

    private var answer: HTML {
        var known: HTML = .empty
        if route.statuses.count > 1 || route.statuses != [.ok] {
            let statuses = route.statuses.map { "\($0.code) \($0.reasonPhrase)" }.joined(separator: ", ")
            known = "<p>\(page.say("Success:", "成功：")) \(statuses)</p>"
        }
        return "\(known)\(members(of: route.answer, page.say("Answer", "应答")))"
    }

    private func members(of schema: JSONSchema?, _ title: String) -> HTML {
        let rows = schema.map { FieldRow.rows(of: $0) } ?? []
        guard !rows.isEmpty else { return .empty }
        return table(
            rows.map { row($0.path, $0.isRequired, $0.schema.words(in: page.language), $0.about, place: nil) }, title)
    }

    private func row(
        _ name: String, _ isRequired: Bool, _ form: String, _ about: String, place: RouteParameter.Place?
    ) -> HTML {
        let mark = isRequired ? page.say("required", "必填") : page.say("optional", "可选")
        let places: [RouteParameter.Place: String] = [
            .path: page.say("path", "路径"), .query: page.say("query", "查询串"), .header: page.say("header", "请求头"),
        ]
        let kind = place.flatMap { places[$0] }.map { "\($0), \(mark)" } ?? mark
        return """
            <tr><th scope="row"><code>\(name)</code><small>\(kind)</small></th>
            <td>\(CodeSpans.html(Meanings.text(about, in: page.language)))<small>\(form)</small></td></tr>
            """
    }

    private func table(_ rows: [HTML], _ title: String) -> HTML {
        "<details><summary>\(title)</summary><table class=\"fields\"><tbody>\(rows)</tbody></table></details>\n"
    }

    private var problems: HTML {
        let codes = Problem.Code.allCases.filter(route.ownProblems.contains)
        guard !codes.isEmpty else { return .empty }
        let items: [HTML] = codes.map { code in
            """
            <tr><th scope="row"><a href="#\(code.rawValue)"><code>\(code.rawValue)</code></a><small>\(code.status.code)</small></th>
            <td>\(CodeSpans.html(code.advice.means[page.language]))</td></tr>
            """
        }
        return table(items, page.say("Problems", "可能的问题"))
    }
}
