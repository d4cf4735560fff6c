internal import ArgumentParser

/// One call of yuncang: arguments in, text and an exit status out.
struct Invocation {
    /// The command tree.
    let root: any ParsableCommand.Type
    /// Without the program's name.
    let arguments: [String]
    /// Settings.
    let environment: Environment
    /// For results.
    let standardOutput: Channel
    /// For failures, hints and progress.
    let standardError: Channel

    /// Runs the command in the language of the person who called it.
    func run() async -> ExitStatus {
        let language = Language.requested(in: arguments) ?? Language.preferred(in: environment)
        return await Language.$current.withValue(language) {
            let status = await runInCurrentLanguage()
            return lostOutput() ?? status
        }
    }

    private func runInCurrentLanguage() async -> ExitStatus {
        let command: any ParsableCommand
        do {
            command = try parsed()
        } catch {
            return answer(toParsing: error)
        }
        guard let command = command as? any ConsoleCommand else {
            preconditionFailure("\(type(of: command)) is neither a group of commands nor one that does something")
        }
        let output = output(asJSON: command.global.json)
        do {
            var environment = environment
            if let name = command.global.profile ?? environment[.profile] {
                environment = environment.filled(from: try Profile.named(name, in: environment))
            }
            let made = CommandContext(output: output, environment: environment)
            guard command.global.verbose else { return try await command.run(in: made) }
            return try await CommandLog.$current.withValue(CommandLog.written(to: standardError)) {
                try await command.run(in: made)
            }
        } catch {
            let failure = CommandFailure(error).located(in: arguments, of: root)
            output.report(failure)
            return failure.status
        }
    }

    /// The command to run. A group of commands, and `help`, throw their help instead.
    private func parsed() throws -> any ParsableCommand {
        var command = try root.parseAsRoot(arguments)
        if !(command is any ConsoleCommand) { try command.run() }
        return command
    }

    /// Help, the version and completion scripts arrive as errors too.
    private func answer(toParsing error: any Error) -> ExitStatus {
        guard root.exitCode(for: error).isSuccess else {
            let failure = UsageFailure(root: root, arguments: arguments).explained(error)
            output(asJSON: asksForJSON).report(failure)
            return failure.status
        }
        let text = root.fullMessage(for: error, columns: 10_000)
        if let path = pathOfHelp(text) {
            standardOutput.write(HelpScreen(path: path, surface: standardOutput.surface).rendered())
        } else {
            standardOutput.write(ParserWording.translatedScript(text) + "\n")
        }
        return .success
    }

    /// The commands that a help screen of ArgumentParser is about, read off its usage line; nil for other texts.
    private func pathOfHelp(_ text: String) -> [CommandDescription]? {
        guard text.hasPrefix("OVERVIEW: ") || text.hasPrefix("USAGE: "),
            let usage = text.split(separator: "\n").last(where: { $0.hasPrefix("USAGE: ") })
        else { return nil }
        let names = usage.split(separator: " ").dropFirst(2).map(String.init)
        return CommandDescription.tree(of: root).path(along: names)
    }

    /// Wrong arguments are reported as JSON too, though they could not be parsed.
    private var asksForJSON: Bool {
        arguments.prefix { $0 != "--" }.contains("--json")
    }

    private func output(asJSON: Bool) -> Output {
        Output(standardOutput: standardOutput, standardError: standardError, format: asJSON ? .json : .text)
    }

    /// A full disk must not look like success. A reader that went away (`| head`) wanted no more.
    private func lostOutput() -> ExitStatus? {
        guard let failure = standardOutput.failure, !failure.isClosedPipe else { return nil }
        output(asJSON: asksForJSON).report(
            CommandFailure(
                .outputFailed,
                what: Text(en: "the output could not be written", zh: "输出无法写出"),
                why: .system(failure.errorNumber)))
        return .outputFailed
    }
}
