internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes

extension PageLanguage {
    /// The language of a page for the people of a base: what `lang` or the browser says, else Chinese.
    init(ofPerson request: Request) {
        let items = (try? request.queryItems()) ?? []
        let isAsked = items.contains { $0.name == "lang" } || request.fields[.acceptLanguage] != nil
        self = isAsked ? PageLanguage(of: request) : .chinese
    }

    /// The other one, in its own words.
    var other: (language: PageLanguage, name: String) { self == .chinese ? (.english, "English") : (.chinese, "中文") }
}

/// What every page for people has around it: whose it is, the way to the other language, and the way back.
struct PageFrame: Sendable {
    let title: PageText
    let language: PageLanguage
    /// Where the page is, for the way to the other language.
    let path: String
    var scripts: [HTML] = []
    var hasWayBack = false
    let content: HTML

    /// The whole page.
    var page: PersonPage {
        let (other, name) = language.other
        let home = PageText(en: "Back", zh: "返回")[language]
        let back: HTML = hasWayBack ? "<p><a href=\"/?lang=\(language.rawValue)\">\(home)</a></p>" : .empty
        return PersonPage(
            title: "\(title[language]) · 云仓", language: language, scripts: scripts,
            body: """
                <header><strong>云仓</strong>\
                <a href="/\(String(path.drop { $0 == "/" }))?lang=\(other.rawValue)" lang="\(other.tag)">\(name)</a></header>
                <main>
                <h1>\(title[language])</h1>
                \(content)
                \(back)
                </main>
                """)
    }
}

extension Role {
    /// What people call it.
    var title: PageText {
        switch self {
        case .cooperative: PageText(en: "Cooperative manager", zh: "合作社负责人")
        case .warehouse: PageText(en: "Warehouse staff", zh: "仓库人员")
        case .host: PageText(en: "Stream host", zh: "主播")
        case .controller: PageText(en: "Controller", zh: "中控")
        case .source: PageText(en: "Order source", zh: "订单来源")
        case .operator: PageText(en: "Base operator", zh: "基地管理员")
        }
    }

    /// What there is for it to look at.
    var stockTitle: PageText {
        self == .cooperative
            ? PageText(en: "Stock of your own goods", zh: "自己货品的库存") : PageText(en: "What is in stock", zh: "库存与可售")
    }
}
