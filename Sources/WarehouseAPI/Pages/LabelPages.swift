internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes

/// `/labels`: labels of locations and lots, to be printed by the browser, one to a page of paper.
struct LabelPages: Sendable {
    let stock: Stock

    /// The most labels of one page.
    static let labels: Int32 = 500
    private static let audience = Audience.people([.warehouse, .operator])

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/labels", operation: "labelsPage", summary: "Which labels are to be printed.",
                audience: Self.audience, body: nil, answer: nil, problems: [.unavailable], formats: [.html],
                handle: choose),
            Route(
                method: .get, path: "/labels/locations", operation: "locationLabels",
                summary: "Labels of a warehouse's open locations, of one zone or all.", audience: Self.audience,
                body: nil, answer: nil, problems: [.notFound, .unavailable], formats: [.html], handle: locations),
            Route(
                method: .get, path: "/labels/lots", operation: "lotLabels",
                summary: "Labels of the lots that a delivery brought.", audience: Self.audience, body: nil,
                answer: nil, problems: [.notFound, .unavailable], formats: [.html], handle: lots),
        ]
    }

    private func choose(_ request: RoutedRequest) async throws(Problem) -> Response {
        let language = PageLanguage(ofPerson: request.request)
        let warehouses = try await Problem.asking { () throws(StockError) in try await stock.warehouses() }
        let options = warehouses.map { warehouse -> HTML in
            "<option value=\"\(warehouse.code.rawValue)\">\(warehouse.name.rawValue)</option>"
        }
        let lang: HTML = "<input type=\"hidden\" name=\"lang\" value=\"\(language.rawValue)\">"
        let show = PageText(en: "Show labels", zh: "显示标签")[language]
        let papers = LabelPaper.allCases.map { paper -> HTML in
            "<option value=\"\(paper.rawValue)\">\(paper.title) mm</option>"
        }
        let paper = PageText(en: "Paper", zh: "标签纸")[language]
        return PageFrame(
            title: PageText(en: "Labels to print", zh: "打印标签"), language: language, path: "/labels",
            hasWayBack: true,
            content: """
                <form class="card" method="get" action="/labels/locations">\(lang)
                <h2>\(PageText(en: "Locations", zh: "库位标签")[language])</h2>
                <label for="warehouse">\(PageText(en: "Warehouse", zh: "仓库")[language])</label>
                <p><select id="warehouse" name="warehouse">\(options)</select></p>
                <label for="zone">\(PageText(en: "Zone (empty: all)", zh: "库区（空：全部）")[language])</label>
                <p><input id="zone" name="zone"></p>
                <label for="paper">\(paper)</label><p><select id="paper" name="paper">\(papers)</select></p>
                <button>\(show)</button></form>
                <form class="card" method="get" action="/labels/lots">\(lang)
                <h2>\(PageText(en: "Lots of a delivery", zh: "批次标签")[language])</h2>
                <label for="inbound">\(PageText(en: "The delivery's reference", zh: "入库单号")[language])</label>
                <p><input id="inbound" name="inbound" required></p>
                <label for="lots-paper">\(paper)</label><p><select id="lots-paper" name="paper">\(papers)</select></p>
                <button>\(show)</button></form>
                """
        ).page.response()
    }

    private func locations(_ request: RoutedRequest) async throws(Problem) -> Response {
        let language = PageLanguage(ofPerson: request.request)
        let asked = Self.asked(of: request)
        let unknown = Problem(.notFound, "There is no such warehouse.")
        guard let code = asked["warehouse"].flatMap(WarehouseCode.init(rawValue:)) else { throw unknown }
        let zone = asked["zone"].flatMap { $0.isEmpty ? nil : $0 }
        let after = asked["after"].flatMap(LocationCode.init(rawValue:))
        let (warehouse, found) = try await Problem.asking { () throws(StockError) in
            (try await stock.warehouse(code), try await stock.locations(of: code, after: after, limit: Self.labels))
        }
        guard let warehouse else { throw unknown }
        let labels = found.filter { !$0.terms.isClosed && (zone == nil || $0.terms.zone?.rawValue == zone) }
        var next: String?
        if found.count == Self.labels, let last = found.last {
            next = "warehouse=\(code.rawValue.escaped)&zone=\((zone ?? "").escaped)&after=\(last.code.rawValue.escaped)"
        }
        let paper = Self.paper(asked)
        return Self.sheet(
            labels.map { Label(of: $0, in: warehouse, language) }, title: PageText(en: "Locations", zh: "库位标签"),
            on: paper, next: next.map { "/labels/locations?\($0)&paper=\(paper.rawValue)" }, language)
    }

    private func lots(_ request: RoutedRequest) async throws(Problem) -> Response {
        let language = PageLanguage(ofPerson: request.request)
        let unknown = Problem(.notFound, "There is no such delivery.")
        let asked = Self.asked(of: request)
        guard let reference = asked["inbound"].flatMap(ReceiptReference.init(rawValue:)) else { throw unknown }
        let found = try await Problem.asking { () throws(StockError) in try await stock.inbound(reference) }
        guard let found else { throw unknown }
        return Self.sheet(
            found.lines.map { Label(of: $0, reference, language) }, title: PageText(en: "Lots", zh: "批次标签"),
            on: Self.paper(asked), next: nil, language)
    }

    private static func asked(of request: RoutedRequest) -> [String: String] {
        let items = (try? request.request.queryItems()) ?? []
        return Dictionary(items.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The paper that is in the printer; the usual one, where none is named that there is.
    private static func paper(_ asked: [String: String]) -> LabelPaper {
        asked["paper"].flatMap(LabelPaper.init(rawValue:)) ?? .wide
    }

    private static func sheet(
        _ labels: [Label], title: PageText, on paper: LabelPaper, next: String?, _ language: PageLanguage
    ) -> Response {
        let back = PageText(en: "Back", zh: "返回")[language]
        let more: HTML =
            next.map { address in
                let address = String(address.drop { $0 == "/" })
                return
                    "<a id=\"next\" href=\"/\(address)&amp;lang=\(language.rawValue)\">\(PageText(en: "More", zh: "下一页")[language])</a>"
            } ?? .empty
        let count = PageText(
            en: "\(labels.count) labels of \(paper.title) mm: print without margins, at 100%.",
            zh: "共 \(labels.count) 张标签，\(paper.title) 毫米：打印时不要边距，缩放 100%。")[language]
        return PersonPage(
            title: "\(title[language]) · 云仓", language: language, stylesheet: "labels.css",
            body: """
                <p class="controls"><a href="/labels?lang=\(language.rawValue)">\(back)</a>\(more)\(count)</p>
                \(labels.map { $0.markup(on: paper) })
                """
        ).response()
    }
}

extension String {
    /// As it stands in a query: all but letters and digits in percent escapes.
    fileprivate var escaped: String {
        utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            return isPlain
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
