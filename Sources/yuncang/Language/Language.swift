internal import ArgumentParser

/// A language that yuncang speaks with people.
enum Language: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// English, also for every locale that is not Chinese.
    case english = "en"
    /// Simplified Chinese.
    case chinese = "zh"

    /// The language of what is being shown. Bound once around a whole invocation.
    ///
    /// A task-local value, because argument declarations are made by ArgumentParser, which cannot pass one along.
    @TaskLocal static var current: Language = .english

    /// The language of the first of LC_ALL, LC_MESSAGES and LANG that is set, in POSIX's order.
    static func preferred(in environment: Environment) -> Language {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.lowercased().hasPrefix("zh") == true ? .chinese : .english
    }

    /// The language asked for by `--lang`, which must be known before the arguments are parsed: help is written in it.
    static func requested(in arguments: [String]) -> Language? {
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { return nil }
            if argument == "--lang", index + 1 < arguments.count { return Language(rawValue: arguments[index + 1]) }
            if argument.hasPrefix("--lang=") { return Language(rawValue: String(argument.dropFirst(7))) }
        }
        return nil
    }
}
