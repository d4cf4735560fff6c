/// A command's help in the current language, laid out by what a terminal shows.
///
/// Has the parts of ArgumentParser's own help, whose words are English and whose columns count characters. Subcommands
/// come first, since they are what is looked for; the root's help ends with what holds for all commands.
struct HelpScreen {
    /// From the root to the command that is explained.
    let path: [CommandDescription]
    /// What it is laid out for.
    let surface: Surface

    private static let indent = 2
    /// Explanations begin here, unless a name is longer.
    private static let explanationColumn = 26

    private var command: CommandDescription { path[path.count - 1] }
    private var commandLine: String { path.map(\.commandName).joined(separator: " ") }
    private var wrapping: TextWrapping { TextWrapping(width: surface.width) }

    /// The whole screen, each line ended.
    func rendered() -> String {
        var sections = [overview, usage].filter { !$0.isEmpty }
        sections.append(section(HelpHeading.subcommands, entries: command.listedSubcommands.map(entry)))
        sections += argumentSections
        if path.count == 1 {
            sections.append(section(HelpHeading.environment, entries: EnvironmentVariable.allCases.map(entry)))
            sections.append(section(HelpHeading.exitCodes, entries: ExitStatus.allCases.map(entry)))
        }
        sections.append(closing)
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    /// The usage line by itself, for error messages.
    var synopsis: String {
        let required = command.listedArguments.filter { !$0.isOptional }.map(\.synopsis)
        let positional = command.listedArguments.filter { $0.isOptional && $0.kind == .positional }
            .map { "[\($0.synopsis)]" }
        let hasOptions = command.listedArguments.contains { $0.isOptional && $0.kind != .positional }
        let options = hasOptions ? ["[\(HelpHeading.optionsPlaceholder.current)]"] : []
        let subcommand = command.listedSubcommands.isEmpty ? [] : [HelpHeading.subcommandPlaceholder.current]
        return ([commandLine] + required + positional + options + subcommand).joined(separator: " ")
    }

    private var overview: [String] {
        let texts = [command.abstract, command.discussion].compactMap { $0 }
        guard !texts.isEmpty else { return [] }
        let heading = HelpHeading.overview.current
        let lines = wrapping.lines(of: heading + texts.joined(separator: "\n\n"), columns: surface.columnsForProse)
        return [surface.style.paint(heading, .heading) + lines[0].dropFirst(heading.count)] + lines.dropFirst()
    }

    private var usage: [String] {
        [surface.style.paint(HelpHeading.usage.current, .heading) + synopsis]
    }

    /// Positional arguments, options, and titled groups, the groups last: what many commands share is read least.
    private var argumentSections: [[String]] {
        let arguments = command.listedArguments.filter { path.count == 1 || $0.label != "--version" }
        let untitled = arguments.filter { $0.sectionTitle == nil }
        var titles: [String] = []
        for title in arguments.compactMap(\.sectionTitle) where !titles.contains(title) { titles.append(title) }
        return [
            section(HelpHeading.arguments, entries: untitled.filter { $0.kind == .positional }.map(entry)),
            section(HelpHeading.options, entries: entries(untitled.filter { $0.kind != .positional })),
        ]
            + titles.map { title in
                section(
                    .verbatim(HelpHeading.titled(title)),
                    entries: entries(arguments.filter { $0.sectionTitle == title }))
            }
    }

    private var closing: [String] {
        guard !command.listedSubcommands.isEmpty else { return [] }
        let names = path.map(\.commandName)
        let help = ([names[0], "help"] + names.dropFirst() + [HelpHeading.subcommandPlaceholder.current])
            .joined(separator: " ")
        return ["  " + HelpHeading.seeHelp(help).current]
    }

    private struct Entry {
        let label: String
        let explanation: String
    }

    /// Flags of which one excludes the other (`--inside/--outside`) share an explanation and a line.
    private func entries(_ arguments: [ArgumentDescription]) -> [Entry] {
        arguments.reduce(into: []) { entries, argument in
            let entry = entry(argument)
            if argument.kind == .flag, let last = entries.last, last.explanation == entry.explanation {
                entries[entries.count - 1] = Entry(
                    label: "\(last.label)/\(entry.label)", explanation: last.explanation)
            } else {
                entries.append(entry)
            }
        }
    }

    private func entry(_ argument: ArgumentDescription) -> Entry {
        let abstract = argument.abstract.map(ParserWording.translated) ?? ""
        let notes = HelpHeading.values(argument.allValues ?? [], default: argument.defaultValue)
        let space = Text(en: " ", zh: "").current
        let first = [abstract, notes?.current ?? ""].filter { !$0.isEmpty }.joined(separator: space)
        return Entry(
            label: argument.label,
            explanation: [first, argument.discussion ?? ""].filter { !$0.isEmpty }.joined(separator: "\n"))
    }

    private func entry(_ command: CommandDescription) -> Entry {
        let names = [command.commandName] + (command.aliases ?? [])
        return Entry(label: names.joined(separator: ", "), explanation: command.abstract ?? "")
    }

    private func entry(_ variable: EnvironmentVariable) -> Entry {
        Entry(label: variable.rawValue, explanation: variable.meaning.current)
    }

    private func entry(_ status: ExitStatus) -> Entry {
        Entry(label: String(status.rawValue), explanation: status.meaning.current)
    }

    private func section(_ title: Text, entries: [Entry]) -> [String] {
        guard !entries.isEmpty else { return [] }
        return [surface.style.paint(title.current, .heading)] + entries.flatMap(lines)
    }

    private func lines(of entry: Entry) -> [String] {
        let label = String(repeating: " ", count: Self.indent) + entry.label
        guard !entry.explanation.isEmpty else { return [label] }
        let columns = max(20, surface.columnsForProse - Self.explanationColumn)
        let margin = String(repeating: " ", count: Self.explanationColumn)
        let explanation = wrapping.lines(of: entry.explanation, columns: columns).map { $0.isEmpty ? "" : margin + $0 }
        guard surface.width.columns(of: label) <= Self.explanationColumn - 2 else { return [label] + explanation }
        let padded = surface.width.padded(label, to: Self.explanationColumn)
        return [padded + explanation[0].dropFirst(Self.explanationColumn)] + explanation.dropFirst()
    }
}
