import Glibc
import Testing

@testable import yuncang

@Suite("Completion scripts")
struct CompletionTests {
    @Test(
        "the shell itself finds no fault in its script, in either language",
        arguments: ["bash", "zsh", "fish"], Language.allCases)
    func syntax(shell: String, language: Language) async throws {
        let call = await Call.make(["completions", shell, "--lang", language.rawValue], of: Yuncang.self)
        #expect(call.status == .success)
        #expect(call.output.count > 500)
        #expect(call.output.contains("completions"))
        if language == .chinese { #expect(!call.output.contains("Show help information.")) }
        if let status = try run(shell, "-n", on: call.output) { #expect(status == 0) }
    }

    @Test(
        "bash completes the words among which an option or argument chooses",
        arguments: [
            (["token", "create", "--role", "c"], "cooperative controller"),
            (["order", "list", "--state", "re"], "released returned"),
            (["stock", "adjust", "m"], "missing"),
            (["stock", "adjust", "lost", "3", "--quality", ""], "good held damaged"),
            (["order", "rec"], "recipient"), (["--lang", ""], "en zh"),
        ] as [([String], String)])
    func choices(words: [String], expected: String) async throws {
        let script = await Call.make(["completions", "bash"], of: Yuncang.self).output
        // What bash does when somebody presses TAB after these words.
        let asking = """
            COMP_WORDS=(yuncang \(words.map { "'\($0)'" }.joined(separator: " "))); COMP_CWORD=\(words.count)
            _yuncang yuncang "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            [ "${COMPREPLY[*]}" = '\(expected)' ] || { echo "${COMPREPLY[*]}" >&2; exit 3; }
            """
        #expect(try run("bash", on: script + "\n" + asking) == 0)
    }

    @Test("ArgumentParser's own flag gives the same script")
    func flag() async {
        let byFlag = await Call.make(["--generate-completion-script", "zsh"], of: Yuncang.self)
        let byCommand = await Call.make(["completions", "zsh"], of: Yuncang.self)
        #expect(byFlag.status == .success)
        #expect(byFlag.output.split(separator: "\n") == byCommand.output.split(separator: "\n"))
    }

    @Test("the help says how to install them, lines uncut")
    func help() async {
        let call = await Call.make(["completions", "--help"], of: Yuncang.self)
        #expect(
            call.output.contains(
                "\n  bash  yuncang completions bash > ~/.local/share/bash-completion/completions/yuncang\n"))
    }

    /// The wait status of a shell that is given a script; nil where the shell is not installed.
    private func run(_ shell: String, _ options: String..., on script: String) throws -> CInt? {
        var template = Array("/tmp/yuncang-completion-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        try #require(file >= 0)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        try DescriptorSink(descriptor: file).write(Array(script.utf8))
        close(file)
        let arguments = ([shell] + options + [path]).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        guard posix_spawnp(&child, shell, nil, nil, arguments, environ) == 0 else { return nil }
        var status: CInt = -1
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status
    }
}
