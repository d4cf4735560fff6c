internal import ArgumentParser

/// Where on a command line a text stands: as the value of which option, or as which argument.
struct ArgumentPlace {
    /// What was typed after the program's name.
    let arguments: [String]
    /// The command that was called, with the groups above it.
    private let path: [CommandDescription]

    /// The command line of a call that could be parsed.
    init(arguments: [String], tree: CommandDescription) {
        self.arguments = arguments
        path = arguments.reduce(into: [tree]) { path, argument in
            if let next = path[path.count - 1].subcommand(named: argument) { path.append(next) }
        }
    }

    /// The place of a text as help shows it, such as `--owner <code>`; nil when it stands nowhere, or in several places.
    ///
    /// A text may be a part of what was typed, as the quantity is of `melon:3`.
    func label(of text: String) -> String? {
        guard !text.isEmpty else { return nil }
        let values = values
        let whole = Set(values.filter { $0.value == text }.map(\.label))
        let places = whole.isEmpty ? Set(values.filter { Self.parts(of: $0.value).contains(text) }.map(\.label)) : whole
        return places.count == 1 ? places.first : nil
    }

    /// Every value that was typed, with the place that it stands in.
    private var values: [(label: String, value: String)] {
        guard let command = path.last else { return [] }
        var values: [(label: String, value: String)] = []
        var positional = command.listedArguments.filter { $0.kind == .positional }[...]
        var names = path.dropFirst().map(\.commandName)[...]
        var option: ArgumentDescription?
        var isTerminated = false
        for argument in arguments {
            if let taken = option {
                values.append((taken.label, argument))
                option = nil
            } else if !isTerminated, argument == "--" {
                isTerminated = true
            } else if !isTerminated, argument.hasPrefix("-"), argument.count > 1 {
                let pair = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                    String.init)
                guard let named = command.option(typed: pair[0]) else { continue }
                if pair.count == 2 { values.append((named.label, pair[1])) } else { option = named }
            } else if argument == names.first {
                names = names.dropFirst()
            } else if let place = positional.first {
                values.append((place.label, argument))
                if !place.isRepeating { positional = positional.dropFirst() }
            }
        }
        return values
    }

    private static func parts(of value: String) -> [String] {
        value.split { [":", "@", "/", "=", " "].contains($0) }.map(String.init)
    }
}

extension CommandFailure {
    /// The same, with the option or argument named in which the text stands that breaks a rule.
    func located(in arguments: [String], of root: any ParsableCommand.Type) -> CommandFailure {
        guard let typed else { return self }
        let place = ArgumentPlace(arguments: arguments, tree: CommandDescription.tree(of: root))
        guard let label = place.label(of: typed) else { return self }
        var failure = self
        failure.what = Text(
            en: "the value '\(typed)' is invalid for '\(label)'", zh: "“\(typed)”不是“\(label)”的有效取值")
        return failure
    }
}

extension CommandDescription {
    /// The option that is typed so and takes a value.
    fileprivate func option(typed: String) -> ArgumentDescription? {
        (arguments ?? []).first { argument in
            argument.kind == .option && argument.names?.contains { $0.typed == typed } == true
        }
    }
}
