import HTTPServer
import HTTPTypes
import Testing

@testable import WarehouseAPI

@Suite("Pages")
struct HTMLTests {
    @Test("text is escaped wherever it stands, and markup of the source is not")
    func escapes() {
        let text = #"<b>"Tom" & 'Jerry'</b>"#
        let piece: HTML = #"<p title="\#(text)">\#(text)</p>"#
        let safe = "&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jerry&#39;&lt;/b&gt;"
        #expect(piece.markup == #"<p title="\#(safe)">\#(safe)</p>"#)
        let around: HTML = "<div>\(piece)\([piece, HTML(text: "<")])</div>"
        #expect(around.markup == "<div>\(piece.markup)\(piece.markup)&lt;</div>")
        #expect(HTML(text: "a\u{0}\u{1B}[2J\u{85}\n甜瓜").markup == "a\u{FFFD}\u{FFFD}[2J\u{FFFD}\n甜瓜")
    }

    @Test(
        "a value may stand between elements, in quotes, and in an address behind its beginning; nowhere else",
        arguments: [
            ("", true), ("<p>", true), (#"<a title=""#, true), (#"<a href="/x/"#, true), (#"<a href="?a="#, true),
            (#"<a title="x" class=""#, true), (#"<a title="x">"#, true), ("<style>p{}</style>", true),
            ("<!-- x -->", true), (#"<a href=""#, false), (#"<a src=""#, false), (#"<form action=""#, false),
            (#"<p style=""#, false), ("<a title=", false), ("<a ", false), ("<", false), ("<script>", false),
            ("<style>p{color:", false), ("<!-- ", false), (#"<p title="x""#, false), (#"<a href="x:"#, false),
        ])
    func places(_ markup: String, _ takesText: Bool) {
        var place = HTMLPlace.content
        place.pass(markup)
        #expect(place.takesText == takesText, "\(place)")
    }

    @Test(
        "a page is in the language that the browser prefers, or that the query names",
        arguments: [
            (nil, "/", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "/", "zh"), ("en,zh;q=0.9", "/", "en"),
            ("fr, zh-Hant;q=0.2", "/", "zh"), ("en;q=0.5 , ZH ; q=0.51", "/", "zh"), ("zh;q=0, en;q=0.1", "/", "en"),
            ("zh;q=2, en;q=0.1", "/", "en"), ("*", "/", "en"), ("zhx", "/", "en"), ("", "/", "en"), (";;,,", "/", "en"),
            ("en", "/?lang=zh", "zh"), ("zh", "/?lang=en", "en"), ("zh", "/?lang=fr", "zh"),
        ] as [(String?, String, String)])
    func languages(_ accepted: String?, _ target: String, _ expected: String) throws {
        let request = try Request(target: target, fields: accepted.map { [(.acceptLanguage, $0)] } ?? [])
        #expect(PageLanguage(of: request).rawValue == expected)
    }

    @Test("a page runs nothing, takes nothing from elsewhere and says its language")
    func page() {
        let page = Page(title: "a < b", language: .chinese, stylesheet: "/docs.css", body: "<p>x</p>")
        let text = page.document.markup
        #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-Hans\">"))
        #expect(text.contains("<title>a &lt; b</title>"))
        #expect(text.contains(#"<link rel="stylesheet" href="/docs.css">"#))
        #expect(!text.contains("<script"))
        #expect(!Page.policy.contains("unsafe") && Page.policy.hasPrefix("default-src 'none'"))
    }
}
