import Testing

@testable import yuncang

@Suite("Where a value stands on a command line")
struct ArgumentPlaceTests {
    private static let receive = ["inbound", "receive", "--owner", "a b", "--warehouse=main x", "melon:1", "rice:x"]

    @Test(
        "the option or argument is named that a value was typed for; of several places none",
        arguments: [
            (receive, "a b", "--owner <code>"), (receive, "main x", "--warehouse <code>"),
            (receive, "rice:x", "<sku:quantity>"), (receive, "x", nil), (receive, "absent", nil), (receive, "", nil),
            (receive + ["--location", "a b"], "a b", nil), (["--lang", "zh"] + receive, "zh", "--lang <lang>"),
            (["order", "pay", "--", "-1"], "-1", "<order>"), (["order", "pay", "-1"], "-1", nil),
            (["inbound", "receive", "melon:1,5"], "1,5", "<sku:quantity>"),
            (["owner", "add", "owner", "--name", "add"], "owner", "<code>"),
        ] as [([String], String, String?)])
    func label(arguments: [String], value: String, expected: String?) {
        let place = ArgumentPlace(arguments: arguments, tree: CommandDescription.tree(of: Yuncang.self))
        #expect(place.label(of: value) == expected)
    }

    @Test("a value that breaks a rule is told with its option, in both languages")
    func told() async {
        let arguments = ["owner", "add", "two words", "--name", "合作社"]
        let english = await Call.make(arguments, of: Yuncang.self)
        #expect(english.status == .usage)
        #expect(english.error.hasPrefix("error: the value 'two words' is invalid for '<code>'\n"), "\(english.error)")
        let chinese = await Call.make(arguments + ["--lang", "zh"], of: Yuncang.self)
        #expect(chinese.error.hasPrefix("错误：“two words”不是“<code>”的有效取值\n"), "\(chinese.error)")
    }
}
