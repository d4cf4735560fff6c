internal import ArgumentParser

/// `yuncang completions <shell>`
struct CompletionsCommand: ConsoleCommand {
    /// The shells that ArgumentParser writes scripts for.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish

        fileprivate var completionShell: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "completions",
            abstract: Text(
                en: "Print a script that lets the shell complete commands and options.",
                zh: "输出补全脚本，让 shell 能补全命令和选项。"
            ).current,
            discussion: Text(
                en: "Install it once, then open a new shell:\n\n\(installation)",
                zh: "安装一次，然后打开新的 shell：\n\n\(installation)"
            ).current)
    }

    private static let installation = """
          bash  yuncang completions bash > ~/.local/share/bash-completion/completions/yuncang
          zsh   yuncang completions zsh > ~/.zsh/completions/_yuncang
          fish  yuncang completions fish > ~/.config/fish/completions/yuncang.fish
        """

    @Argument(help: ArgumentHelp(en: "The shell.", zh: "要补全的 shell。"))
    var shell: Shell

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        context.output.pass(ParserWording.translatedScript(Yuncang.completionScript(for: shell.completionShell)))
        return .success
    }
}
