internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import HTTPTypes

/// `/stock`: what there is, for people; it takes itself anew while somebody looks at it.
struct StockPages: Sendable {
    let board: StockBoard

    /// Lines of one page.
    private static let lines = 500
    private static let script: HTML = "<script src=\"/assets/stock.js\" defer></script>"

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/stock", operation: "stockPage", summary: "What there is, for people.",
                audience: .people(Set(Role.allCases)), body: nil, answer: nil,
                problems: [.unavailable], formats: [.html], handle: show)
        ]
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        let caller = try request.caller
        let language = PageLanguage(ofPerson: request.request)
        let items = (try? request.request.queryItems()) ?? []
        let after = items.first { $0.name == "after" }.flatMap { StockLevel.Position(text: $0.value) }
        let look = board.page(after: after, limit: Self.lines + 1, owner: caller.owner)
        guard look.freshness != .unread else {
            throw Problem(.unavailable, "The stock has not been read yet.", fields: [(.retryAfter, "1")])
        }
        let levels = look.found.prefix(Self.lines).map(\.level)
        let age = look.freshness.age(at: .now())?.components.seconds
        let stale = PageText(en: "Not up to date for 0 seconds", zh: "数据可能已过时 0 秒")[language]
        let now = age.map { stale.replacing("0", with: String($0)) } ?? ""
        return PageFrame(
            title: caller.role.stockTitle, language: language, path: "/stock", scripts: [Self.script],
            hasWayBack: true,
            content: """
                <p class="warn" id="state" role="status" data-stale="\(stale)">\(now)</p>
                <div class="card" id="stock">\(StockTable(levels: levels, language: language).markup)\
                \(next(look.found.count > Self.lines ? levels.last?.position : nil, language))</div>
                """
        ).page.response()
    }

    private func next(_ position: StockLevel.Position?, _ language: PageLanguage) -> HTML {
        guard let position else { return .empty }
        return """
            <form method="get" action="/stock"><input type="hidden" name="lang" value="\(language.rawValue)">\
            <input type="hidden" name="after" value="\(position.text)">\
            <button class="minor">\(PageText(en: "More", zh: "下一页")[language])</button></form>
            """
    }
}

/// Levels of stock as a table: the name and what can be sold, and the rest where there is room.
struct StockTable: Sendable {
    let levels: [StockLevel]
    let language: PageLanguage

    var markup: HTML {
        guard !levels.isEmpty else {
            return "<p>\(PageText(en: "There is nothing in stock.", zh: "没有库存。")[language])</p>"
        }
        let heads = [
            PageText(en: "held", zh: "占用"), PageText(en: "paid", zh: "已付"), PageText(en: "allotted", zh: "场次库存"),
        ]
        return """
            <table><caption>\(PageText(en: "Quantities are pieces or grams.", zh: "数量单位为件或克。")[language])</caption>
            <thead><tr><th scope="col">\(PageText(en: "SKU", zh: "单品")[language])</th>\
            <th scope="col">\(PageText(en: "available", zh: "可售")[language])</th>\
            \(heads.map { head -> HTML in "<th scope=\"col\" class=\"wide\">\(head[language])</th>" })</tr></thead>
            <tbody>\(levels.map(row))</tbody></table>
            """
    }

    private func row(_ level: StockLevel) -> HTML {
        let counters = level.counters
        let unit =
            (level.unit == .gram ? PageText(en: "g", zh: "克") : PageText(en: "pcs", zh: "件"))[language]
        let owner = level.position.owner?.rawValue ?? PageText(en: "gift set", zh: "礼盒")[language]
        let place = "\(level.position.sku) · \(level.position.warehouse) · \(owner)"
        let look = counters.available == 0 ? "left none" : "left"
        let rest = [counters.held, counters.committed, counters.allotted].map { number -> HTML in
            "<td class=\"wide\">\(String(number))</td>"
        }
        return """
            <tr data-sku="\(level.position.sku.rawValue)"><th scope="row">\(level.name.rawValue)<small>\(place)</small></th>\
            <td class="\(look)">\(String(counters.available)) <small>\(unit)</small></td>\(rest)</tr>

            """
    }
}
