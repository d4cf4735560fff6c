import Testing

@testable import yuncang

@Suite("Wrong command lines")
struct UsageFailureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let english: String
        let chinese: String
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ arguments: [String], _ english: String, _ chinese: String) {
            self.arguments = arguments
            self.english = english
            self.chinese = chinese
        }
    }

    /// Every sentence that ArgumentParser has for people's mistakes.
    static let cases = [
        Case(["verify", "--bogus"], "unknown option '--bogus'", "未知选项“--bogus”"),
        Case(["verify", "--surprize"], "unknown option '--surprize'", "未知选项“--surprize”"),
        Case(["verify", "-x"], "unknown option '-x'", "未知选项“-x”"),
        Case(["stock", "show", "--limit"], "missing value for '--limit <limit>'", "“--limit <limit>”缺少取值"),
        Case(
            ["verify", "--surprise=1"], "the option '--surprise' does not take any value, but '1' was specified.",
            "选项“--surprise”不带取值，却给了“1”"),
        Case(["verify", "more"], "unexpected argument 'more'", "多余的参数“more”"),
        Case(["verify", "a", "b"], "2 unexpected arguments: 'a', 'b'", "2 个多余的参数：“a', 'b”"),
        Case(
            ["stall", "create", "x", "--inside", "--outside"],
            "value to be set with flag '--outside' had already been set with flag '--inside'",
            "“--outside”与前面的“--inside”相冲突"),
        Case(["stall", "create"], "missing expected argument '<name>'", "缺少参数“<name>”"),
        Case(
            ["stock", "show", "--limit", "ten"], "the value 'ten' is invalid for '--limit <limit>'",
            "“ten”不是“--limit <limit>”的有效取值"),
        Case(
            ["stall", "create", "x", "--trade", "fish"],
            "the value 'fish' is invalid for '--trade <trade>'. Please provide one of "
                + "melons, rice, taro, pears, mushrooms, asparagus",
            "“fish”不是“--trade <trade>”的有效取值，可选：melons, rice, taro, pears, mushrooms, asparagus"),
        Case(
            ["--lang", "fr", "verify"],
            "the value 'fr' is invalid for '--lang <lang>'. Please provide one of 'en' and 'zh'.",
            "“fr”不是“--lang <lang>”的有效取值，可选：en、zh"),
        Case(["stall", "create", ""], "a stall needs a name", "摊位要有名称"),
        Case(
            ["--generate-completion-script", "tcsh"], "no completion script for this shell: choose bash, zsh or fish",
            "不能为“tcsh”生成补全脚本，可选：bash、zsh、fish"),
        Case(["vrify"], "unknown command 'vrify'", "未知命令“vrify”"),
        Case(["vrify", "--surprise", "3"], "unknown command 'vrify'", "未知命令“vrify”"),
        Case(["--base", "gaoqing", "stok", "show"], "unknown command 'stok'", "未知命令“stok”"),
        Case(["stock", "shwo", "--limit", "3"], "unknown command 'shwo'", "未知命令“shwo”"),
    ]

    @Test("each mistake is explained in both languages, on standard error, with code 2", arguments: cases)
    func explained(mistake: Case) async {
        let english = await Call.make(mistake.arguments)
        #expect(english.error.split(separator: "\n").first.map(String.init) == "error: \(mistake.english)")
        let chinese = await Call.make(mistake.arguments, environment: ["LC_ALL": "zh_CN.UTF-8"])
        #expect(chinese.error.split(separator: "\n").first.map(String.init) == "错误：\(mistake.chinese)")
        for call in [english, chinese] {
            #expect(call.status == .usage)
            #expect(call.output.isEmpty)
            #expect(call.error.contains("--help"))
        }
    }

    @Test(
        "what was probably meant is suggested, and nothing when nothing is near",
        arguments: [
            (["vrify"], "'market verify'"), (["stock", "shwo"], "'market stock show'"),
            (["verify", "--surprize"], "'--surprise'"), (["--lng", "zh", "stock"], "'--lang'"),
            (["stock", "--lng", "zh", "show"], "'--lang'"), (["stokc", "--lng", "zh"], "'market stock'"),
            (["create"], "'market stall create'"), (["show"], "'market stock show'"), (["xyzzy"], nil),
            (["verify", "--bogus"], nil), (["verify", "-s"], nil), (["stock", "xyzzy"], nil),
        ] as [([String], String?)])
    func suggested(arguments: [String], expected: String?) async {
        let call = await Call.make(arguments)
        if let expected {
            #expect(call.error.contains("did you mean \(expected)?"))
        } else {
            #expect(!call.error.contains("did you mean"))
        }
    }

    @Test("the usage of the command at fault and the explanation of the argument at fault are shown")
    func guidance() async {
        let call = await Call.make(["stock", "show", "--limit", "ten"])
        #expect(
            call.error == """
                error: the value 'ten' is invalid for '--limit <limit>'
                  do:   market stock show [<options>]
                        --limit <limit>: At most so many rows.
                  next: market stock show --help  (all options)

                """)
    }

    @Test("a control character or a password that was typed is not repeated")
    func neutral() async {
        let call = await Call.make(["verify", "\u{1B}]0;x\u{7}", "postgres://u:geheim@h"])
        #expect(!call.error.contains("\u{1B}") && !call.error.contains("\u{7}"))
        #expect(!call.error.contains("geheim"))
    }
}
