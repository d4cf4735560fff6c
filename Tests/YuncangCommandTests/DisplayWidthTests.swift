import Testing

@testable import yuncang

@Suite("The columns that text takes")
struct DisplayWidthTests {
    @Test(
        "a text takes the columns that terminals give it",
        arguments: [
            ("", 0), ("abc", 3), ("云仓", 4), ("37度云仓", 8), ("ｆｕｌｌ", 8), ("ﾊﾝｶｸ", 4), ("한국", 4),
            ("e\u{301}", 1), ("각", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("🍈", 2), ("👩‍🌾", 2), ("👍🏽", 2), ("🇨🇳", 2),
            ("❤\u{FE0F}", 2), ("❤", 1), ("1\u{FE0F}\u{20E3}", 2), ("…", 1), ("×", 1), ("￥", 2), ("¥", 1),
            ("（）", 4), ("𠀀", 2), ("ก็", 1), ("\u{2421}", 1), ("ٱلله", 4), ("〇", 2), ("①", 1),
        ])
    func columns(text: String, expected: Int) {
        #expect(DisplayWidth().columns(of: text) == expected)
    }

    @Test(
        "ambiguous characters take two columns where that was asked for, others as ever",
        arguments: [
            ("…", 2), ("×", 2), ("①", 2), ("·", 2), ("a", 1), ("云", 2), ("¥", 1),
        ])
    func ambiguous(text: String, expected: Int) {
        #expect(DisplayWidth(ambiguousIsWide: true).columns(of: text) == expected)
    }

    @Test(
        "a cut text never exceeds its limit and ends in an ellipsis",
        arguments: [
            ("台孙金蝉", 8, "台孙金蝉"), ("台孙金蝉", 7, "台孙金…"), ("台孙金蝉", 6, "台孙…"), ("台孙金蝉", 1, "…"),
            ("台孙金蝉", 0, ""), ("melon", 5, "melon"), ("melon", 4, "mel…"), ("👩‍🌾👩‍🌾", 3, "👩‍🌾…"),
            ("e\u{301}bc", 2, "e\u{301}…"),
        ])
    func truncated(text: String, limit: Int, expected: String) {
        let cut = DisplayWidth().truncated(text, to: limit)
        #expect(cut == expected)
        #expect(DisplayWidth().columns(of: cut) <= limit)
    }

    @Test("with wide ellipses a cut text still stays within its limit", arguments: 0...8)
    func wideEllipsis(limit: Int) {
        let width = DisplayWidth(ambiguousIsWide: true)
        #expect(width.columns(of: width.truncated("台孙金蝉 · ①", to: limit)) <= limit)
    }
}
