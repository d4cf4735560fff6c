import ArgumentParser
import Testing

@testable import yuncang

@Suite("Two languages")
struct LanguageTests {
    @Test(
        "the first locale variable that is set decides",
        arguments: [
            ([:], Language.english), (["LANG": "zh_CN.UTF-8"], .chinese), (["LANG": "zh_CN"], .chinese),
            (["LANG": "C"], .english), (["LC_ALL": "C", "LANG": "zh_CN"], .english),
            (["LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"], .chinese), (["LC_CTYPE": "zh_CN"], .english),
        ])
    func preferred(environment: [String: String], expected: Language) {
        #expect(Language.preferred(in: Environment(environment)) == expected)
    }

    @Test(
        "--lang is found before parsing, but not after the end of options",
        arguments: [
            (["--lang", "zh"], Language.chinese), (["x", "--lang=en"], .english), (["--", "--lang", "zh"], nil),
            (["--lang"], nil), (["--lang", "fr"], nil), ([], nil),
        ])
    func requested(arguments: [String], expected: Language?) {
        #expect(Language.requested(in: arguments) == expected)
    }

    @Test("--lang overrides the locale")
    func override() async {
        let call = await Call.make(["stock", "--help", "--lang", "en"], environment: ["LANG": "zh_CN.UTF-8"])
        #expect(call.output.contains("OVERVIEW: Stock."))
    }

    @Test("no command, option, flag or argument lacks either language", arguments: [0, 1])
    func walk(tree: Int) {
        let root: any ParsableCommand.Type = tree == 0 ? Yuncang.self : Market.self
        let english = Language.$current.withValue(.english) { explanations(of: .tree(of: root)) }
        let chinese = Language.$current.withValue(.chinese) { explanations(of: .tree(of: root)) }
        #expect(english.map(\.name) == chinese.map(\.name))
        #expect(english.count > 8)
        for (en, zh) in zip(english, chinese) {
            #expect(
                !en.text.isEmpty && !en.text.unicodeScalars.contains(where: isHan),
                "\(en.name) lacks English: \(en.text)")
            #expect(zh.text.unicodeScalars.contains(where: isHan), "\(zh.name) lacks Chinese: \(zh.text)")
        }
    }

    @Test("every environment variable is explained in both languages")
    func environmentVariables() {
        for variable in EnvironmentVariable.allCases {
            #expect(variable.meaning.zh.unicodeScalars.contains(where: isHan))
            #expect(!variable.meaning.en.unicodeScalars.contains(where: isHan))
        }
    }

    @Test("every exit code has its own meaning in both languages and a name for programs")
    func exitCodes() {
        for status in ExitStatus.allCases {
            #expect(status.meaning.zh.unicodeScalars.contains(where: isHan))
            #expect(!status.meaning.en.unicodeScalars.contains(where: isHan))
        }
        #expect(Set(ExitStatus.allCases.map(\.meaning.en)).count == ExitStatus.allCases.count)
        #expect(Set(ExitStatus.allCases.map(\.name)).count == ExitStatus.allCases.count)
    }

    private func explanations(of command: CommandDescription, path: String = "") -> [(name: String, text: String)] {
        guard command.commandName != "help" else { return [] }
        let name = "\(path) \(command.commandName)"
        let own = [(name: name, text: command.abstract ?? "")]
        let discussion = command.discussion.map { [(name: "\(name) discussion", text: $0)] } ?? []
        let arguments = (command.arguments ?? []).flatMap { argument in
            [(name: "\(name) \(argument.label)", text: ParserWording.translated(argument.abstract ?? ""))]
                + (argument.sectionTitle.map { [(name: "\(name) title", text: $0)] } ?? [])
        }
        return own + discussion + arguments
            + (command.subcommands ?? []).flatMap { explanations(of: $0, path: name) }
    }

    private func isHan(_ scalar: Unicode.Scalar) -> Bool {
        (0x4E00...0x9FFF).contains(scalar.value)
    }
}
