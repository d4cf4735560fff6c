import Testing

@testable import yuncang

@Suite("Wrapping")
struct TextWrappingTests {
    private let wrapping = TextWrapping(width: DisplayWidth())

    @Test(
        "lines break where the language allows",
        arguments: [
            ("one two three", 7, ["one two", "three"]), ("一二三四五", 6, ["一二三", "四五"]),
            ("一二三，四", 6, ["一二", "三，四"]), ("一二（三", 6, ["一二", "（三"]),
            ("用 yuncang 命令", 10, ["用 yuncang", "命令"]), ("unbreakableword", 5, ["unbreakableword"]),
            ("a\n\nb", 10, ["a", "", "b"]), ("  kept   as it is", 5, ["  kept   as it is"]), ("", 5, [""]),
        ])
    func lines(text: String, columns: Int, expected: [String]) {
        #expect(wrapping.lines(of: text, columns: columns) == expected)
    }
}
