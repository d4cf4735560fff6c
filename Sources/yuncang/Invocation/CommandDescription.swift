internal import ArgumentParser
// ArgumentParser describes itself only as JSON, written by FoundationEssentials, which it links in any case.
internal import FoundationEssentials

/// A command with its options and subcommands, as ArgumentParser describes it, in the current language.
struct CommandDescription: Decodable, Sendable {
    /// What is typed.
    let commandName: String
    /// Other names of the same.
    let aliases: [String]?
    /// One line.
    let abstract: String?
    /// More lines, after the abstract.
    let discussion: String?
    /// Whether help lists it.
    let shouldDisplay: Bool?
    /// Commands one level down.
    let subcommands: [CommandDescription]?
    /// Options, flags and positional arguments.
    let arguments: [ArgumentDescription]?

    /// The whole tree from the root command down, ArgumentParser's own `help` command among its children.
    static func tree(of root: any ParsableCommand.Type) -> CommandDescription {
        struct Document: Decodable { let command: CommandDescription }
        do {
            return try JSONDecoder().decode(Document.self, from: Data(root._dumpHelp().utf8)).command
        } catch {
            preconditionFailure("ArgumentParser's description of the commands has another shape: \(error)")
        }
    }

    /// The commands along a path of names, this one first; ends where a name is no subcommand.
    func path(along names: some Sequence<String>) -> [CommandDescription] {
        var path = [self]
        for name in names {
            guard let next = path[path.count - 1].subcommand(named: name) else { break }
            path.append(next)
        }
        return path
    }

    /// The subcommand that is typed so.
    func subcommand(named name: String) -> CommandDescription? {
        subcommands?.first { $0.commandName == name || $0.aliases?.contains(name) == true }
    }

    /// Subcommands that help lists. `help` itself is left out, as ArgumentParser's own help does.
    var listedSubcommands: [CommandDescription] {
        (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
    }

    /// Options and arguments that help lists.
    var listedArguments: [ArgumentDescription] {
        (arguments ?? []).filter(\.shouldDisplay)
    }
}

/// An option, flag or positional argument of a command.
struct ArgumentDescription: Decodable, Sendable {
    /// What has a value, and where.
    enum Kind: String, Decodable, Sendable {
        case positional, option, flag
    }

    /// A way to type it.
    struct Name: Decodable, Sendable {
        /// `long`, `short` or `longWithSingleDash`.
        let kind: String
        /// Without dashes.
        let name: String

        /// With dashes.
        var typed: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: Kind
    let shouldDisplay: Bool
    let sectionTitle: String?
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let preferredName: Name?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?
    let discussion: String?

    /// In the usage line: `--qty <qty>`, `<file> ...`.
    var synopsis: String {
        let repetition = isRepeating ? " ..." : ""
        switch kind {
        case .positional: return placeholder + repetition
        case .flag: return (preferredName?.typed ?? "") + repetition
        case .option: return "\(preferredName?.typed ?? "") \(placeholder)\(repetition)"
        }
    }

    /// In the list of options: all names, short ones first.
    var label: String {
        guard kind != .positional else { return placeholder }
        let typed = (names ?? []).map(\.typed)
        let sorted = typed.filter { !$0.hasPrefix("--") } + typed.filter { $0.hasPrefix("--") }
        return sorted.joined(separator: ", ") + (kind == .option ? " \(placeholder)" : "")
    }

    private var placeholder: String { "<\(valueName ?? "")>" }
}
