internal import ArgumentParser

/// Turns ArgumentParser's refusal of a command line into a failure in the current language, with suggestions.
struct UsageFailure {
    /// The root command.
    let root: any ParsableCommand.Type
    /// What was typed after the program's name.
    let arguments: [String]

    /// The failure that people and programs see for an error thrown while parsing.
    func explained(_ error: any Error) -> CommandFailure {
        let sentence = root.message(for: error)
        let path = path(of: root.fullMessage(for: error, columns: 10_000))
        if Self.mayBeMistypedCommand(ParserWording.recognise(sentence)?.0.meaning) {
            switch stray(below: path) {
            case .word(let word): return unknownCommand(word, below: path)
            case .option(let option):
                return unknownOption(
                    option, of: path, what: Text(en: "unknown option '\(option)'", zh: "未知选项“\(option)”"))
            case nil: break
            }
        }
        guard let (recognised, what) = ParserWording.recognise(sentence) else {
            return failure(what: .verbatim(sentence), path: path)
        }
        switch recognised.meaning {
        case .unknownOption:
            return unknownOption(recognised.details[0], of: path, what: what)
        case .unsupportedShell, .unknownShell:
            return failure(
                what: Text(en: "no completion script for this shell: choose bash, zsh or fish", zh: what.zh),
                path: Array(path.prefix(1)))
        default:
            return failure(what: what, about: explanation(of: recognised, in: path), path: path)
        }
    }

    private static func mayBeMistypedCommand(_ meaning: ParserWording.Meaning?) -> Bool {
        switch meaning {
        case .unknownOption, .unexpectedArgument, .unexpectedArguments: true
        default: false
        }
    }

    // MARK: - Commands

    private func unknownCommand(_ word: String, below path: [CommandDescription]) -> CommandFailure {
        let names = path.map(\.commandName).joined(separator: " ")
        let here = path[path.count - 1].listedSubcommands.map(\.commandName)
        var suggested = DidYouMean.suggestions(for: word, among: here).map { "\(names) \($0)" }
        if suggested.isEmpty { suggested = commandLines(endingIn: word) }
        return failure(
            what: Text(en: "unknown command '\(word)'", zh: "未知命令“\(word)”"),
            remedy: didYouMean(suggested), path: path)
    }

    /// Where in the tree a command of exactly this name is: `create` stands under `base`.
    private func commandLines(endingIn word: String) -> [String] {
        var found: [String] = []
        func visit(_ command: CommandDescription, _ line: String) {
            for child in command.listedSubcommands {
                let childLine = "\(line) \(child.commandName)"
                if child.commandName == word { found.append(childLine) }
                visit(child, childLine)
            }
        }
        let tree = CommandDescription.tree(of: root)
        visit(tree, tree.commandName)
        return Array(found.prefix(DidYouMean.most))
    }

    /// What stands where only a command can stand.
    private enum Stray {
        case word(String)
        /// No command of the path has such an option, so that what follows may be its value.
        case option(String)
    }

    /// The first word after the path that is neither an option nor an option's value, where only a command can stand; or an
    /// option before it that there is not.
    private func stray(below path: [CommandDescription]) -> Stray? {
        let command = path[path.count - 1]
        let takesWords = command.listedArguments.contains { $0.kind == .positional }
        guard !command.listedSubcommands.isEmpty, !takesWords else { return nil }
        var names = path.dropFirst()[...]
        var isValue = false
        for argument in arguments {
            if isValue {
                isValue = false
            } else if argument.hasPrefix("-") {
                let name = String(argument.prefix { $0 != "=" })
                if name.hasPrefix("--"), !path.contains(where: { $0.has(name) }) { return .option(name) }
                isValue = path.contains { $0.takesValue(argument) }
            } else if let name = names.first, name.commandName == argument || name.aliases?.contains(argument) == true {
                names = names.dropFirst()
            } else {
                return .word(argument)
            }
        }
        return nil
    }

    // MARK: - Options

    private func unknownOption(_ option: String, of path: [CommandDescription], what: Text) -> CommandFailure {
        // A group has few options of its own: those of the commands below and above it may be meant.
        let command = path[path.count - 1]
        let near = command.listedSubcommands.isEmpty ? [command] : path + command.listedSubcommands
        let names = near.flatMap { $0.listedArguments.flatMap { ($0.names ?? []).map(\.typed) } }
        let long = Set(names.filter { $0.hasPrefix("--") }).sorted()
        let suggested = option.hasPrefix("--") ? DidYouMean.suggestions(for: option, among: long) : []
        return failure(what: what, remedy: didYouMean(suggested), path: path)
    }

    /// What the argument at fault is for.
    private func explanation(of recognised: ParserWording.Recognised, in path: [CommandDescription]) -> String? {
        recognised.details.lazy
            .compactMap { detail in
                path[path.count - 1].listedArguments.first { argument in
                    argument.synopsis == detail
                        || argument.label == detail
                        || argument.names?.contains { detail.split(separator: " ").first ?? "" == $0.typed } == true
                }
            }
            .first
            .flatMap { argument in
                argument.abstract.map { Text(en: "\(argument.label): \($0)", zh: "\(argument.label)：\($0)").current }
            }
    }

    // MARK: - Parts

    private func didYouMean(_ suggestions: [String]) -> Text? {
        guard !suggestions.isEmpty else { return nil }
        return Text(
            en: "did you mean " + suggestions.map { "'\($0)'" }.joined(separator: " or ") + "?",
            zh: "是不是要输入" + suggestions.map { "“\($0)”" }.joined(separator: "或") + "？")
    }

    /// Without a suggestion, the remedy is the argument's explanation, if one is at fault, and the usage line.
    private func failure(
        what: Text, about argument: String? = nil, remedy: Text? = nil, path: [CommandDescription]
    ) -> CommandFailure {
        let names = path.map(\.commandName).joined(separator: " ")
        let usage = HelpScreen(path: path, surface: .pipe).synopsis
        let guidance = [usage, argument].compactMap { $0 }.joined(separator: "\n")
        return CommandFailure(
            .usage, what: what, remedy: remedy ?? .verbatim(guidance),
            next: [NextStep(command: "\(names) --help", purpose: Text(en: "all options", zh: "查看所有选项"))])
    }

    /// The command at fault. ArgumentParser names it only at the end of its own message: See 'yuncang base --help'.
    private func path(of fullMessage: String) -> [CommandDescription] {
        let tree = CommandDescription.tree(of: root)
        guard let see = fullMessage.split(separator: "\n").last(where: { $0.hasPrefix("  See '") }) else {
            return [tree]
        }
        let names = see.dropFirst(7).split(separator: " ").dropFirst().map(String.init)
        return tree.path(along: names)
    }
}

extension CommandDescription {
    /// Whether there is an option or a flag that is typed so.
    fileprivate func has(_ typed: String) -> Bool {
        (arguments ?? []).contains { $0.names?.contains { $0.typed == typed } == true }
    }

    /// Whether the option, typed so, is followed by its value as an argument of its own.
    fileprivate func takesValue(_ typed: String) -> Bool {
        (arguments ?? []).contains { argument in
            argument.kind == .option && argument.names?.contains { $0.typed == typed } == true
        }
    }
}
