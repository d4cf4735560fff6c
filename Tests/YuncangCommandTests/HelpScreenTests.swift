import Testing

@testable import yuncang

@Suite("Help")
struct HelpScreenTests {
    @Test("a command's help in English")
    func english() async {
        let call = await Call.make(["stall", "create", "--help"])
        #expect(call.status == .success)
        #expect(call.error.isEmpty)
        #expect(
            call.output == """
                OVERVIEW: Open a stall.

                USAGE: market stall create <name> [<options>]

                ARGUMENTS:
                  <name>                  The stall's name.

                OPTIONS:
                  --trade <trade>         What it sells. (values: melons, rice, taro, pears,
                                          mushrooms, asparagus; default: rice)
                  --inside/--outside      Under a roof, or not. (default: --inside)
                  -h, --help              Show help information.

                GLOBAL OPTIONS:
                  --json                  Print JSON for programs instead of text for people.
                  --profile <name>        Settings by name, from ~/.config/yuncang/NAME.env;
                                          else YUNCANG_PROFILE.
                  --verbose               Log to standard error what goes on with the database.
                  --lang <lang>           Language of texts; else that of LC_ALL, LC_MESSAGES,
                                          LANG. (values: en, zh)

                """)
    }

    @Test(
        "a group's help in Chinese", arguments: [["stock"], ["stock", "--help"], ["help", "stock"], ["stock", "-h"]])
    func chinese(arguments: [String]) async {
        let call = await Call.make(arguments, environment: ["LANG": "zh_CN.UTF-8"])
        #expect(call.status == .success)
        #expect(
            call.output == """
                概述：库存。

                用法：market stock [<选项>] <子命令>

                子命令：
                  show                    查看余量。

                选项：
                  -h, --help              显示帮助。

                  详细说明见“market help stock <子命令>”。

                """)
    }

    @Test("no help line is wider than the terminal, and no English is left in Chinese help", arguments: [60, 80, 200])
    func width(columns: Int) {
        Language.$current.withValue(.chinese) {
            let tree = CommandDescription.tree(of: Market.self)
            for names in [[], ["stock", "show"], ["stall", "create"], ["verify"]] {
                let screen = HelpScreen(path: tree.path(along: names), surface: Surface(columns: columns)).rendered()
                for line in screen.split(separator: "\n") {
                    #expect(DisplayWidth().columns(of: line) <= min(columns, 100), "\(line)")
                }
                for word in ["OVERVIEW", "USAGE", "OPTIONS", "Show ", "values", "default", "See "] {
                    #expect(!screen.contains(word))
                }
            }
        }
    }

    @Test("the root's help lists the exit codes, others do not")
    func exitCodes() async {
        let root = await Call.make([])
        #expect(root.output.contains("EXIT CODES:\n  0                       done\n"))
        #expect(root.output.contains("  69                      the database cannot be reached\n"))
        let leaf = await Call.make(["verify", "--help"])
        #expect(!leaf.output.contains("EXIT CODES"))
    }
}
