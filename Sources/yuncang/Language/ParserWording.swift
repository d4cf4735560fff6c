/// ArgumentParser's own English sentences and their Chinese.
///
/// ArgumentParser keeps its errors to itself and gives out only sentences, so they are recognised by their shape: `{}`
/// stands for what varies. A test makes ArgumentParser say every one of them, so that a new wording is noticed.
enum ParserWording {
    /// A sentence that was recognised, with what varies in it.
    struct Recognised: Equatable {
        let meaning: Meaning
        let details: [String]
    }

    /// What a sentence says.
    enum Meaning: Sendable, Equatable {
        case unknownOption, missingValue, unwantedValue, unexpectedArgument, unexpectedArguments, setTwice
        case missingArgument, missingOneOf, invalidValueWithReason, invalidValueWithChoices, invalidValue
        case invalidOption, unsupportedShell, unknownShell
    }

    private struct Sentence: Sendable {
        let meaning: Meaning
        let en: String
        let zh: String
    }

    /// The more special shapes stand before the more general.
    private static let sentences = [
        Sentence(meaning: .unknownOption, en: "Unknown option '{}'. Did you mean '{}'?", zh: "未知选项“{}”"),
        Sentence(meaning: .unknownOption, en: "Unknown option '{}'\n{}", zh: "未知选项“{}”"),
        Sentence(meaning: .unknownOption, en: "Unknown option '{}'", zh: "未知选项“{}”"),
        Sentence(meaning: .missingValue, en: "Missing value for '{}'", zh: "“{}”缺少取值"),
        Sentence(
            meaning: .unwantedValue, en: "The option '{}' does not take any value, but '{}' was specified.",
            zh: "选项“{}”不带取值，却给了“{}”"),
        Sentence(meaning: .unexpectedArgument, en: "Unexpected argument '{}'", zh: "多余的参数“{}”"),
        Sentence(meaning: .unexpectedArguments, en: "{} unexpected arguments: '{}'", zh: "{} 个多余的参数：“{}”"),
        Sentence(
            meaning: .setTwice, en: "Value to be set with flag '{}' had already been set with flag '{}'",
            zh: "“{}”与前面的“{}”相冲突"),
        Sentence(meaning: .missingArgument, en: "Missing expected argument '{}'", zh: "缺少参数“{}”"),
        Sentence(meaning: .missingOneOf, en: "Missing one of: '{}'", zh: "缺少其中之一：“{}”"),
        Sentence(
            meaning: .invalidValueWithChoices, en: "The value '{}' is invalid for '{}'. Please provide one of {}.",
            zh: "“{}”不是“{}”的有效取值，可选：{}"),
        Sentence(
            meaning: .invalidValueWithChoices, en: "The value '{}' is invalid for '{}'. Please provide one of {}",
            zh: "“{}”不是“{}”的有效取值，可选：{}"),
        Sentence(
            meaning: .invalidValueWithReason, en: "The value '{}' is invalid for '{}': {}",
            zh: "“{}”不是“{}”的有效取值：{}"),
        Sentence(
            meaning: .invalidValue, en: "The value '{}' is invalid for '{}'", zh: "“{}”不是“{}”的有效取值"),
        Sentence(meaning: .invalidOption, en: "Invalid option: {}", zh: "无效的选项：{}"),
        Sentence(
            meaning: .unsupportedShell, en: "Can't generate completion scripts for '{}'.\n{}",
            zh: "不能为“{}”生成补全脚本，可选：bash、zsh、fish"),
        Sentence(
            meaning: .unknownShell, en: "Can't autodetect a supported shell.\n{}",
            zh: "认不出当前的 shell，请写明：--generate-completion-script bash、zsh 或 fish"),
    ]

    /// ArgumentParser's fixed explanations of its own flags and command.
    private static let explanations = [
        "Show help information.": "显示帮助。",
        "Show the version.": "显示版本。",
        "Show subcommand help information.": "显示子命令的帮助。",
    ]

    /// The explanation in the current language; one that is not ArgumentParser's own comes back as it is.
    static func translated(_ explanation: String) -> String {
        Language.current == .chinese ? explanations[explanation] ?? explanation : explanation
    }

    /// A completion script, which ArgumentParser fills with explanations, with its own ones translated too.
    static func translatedScript(_ script: String) -> String {
        guard Language.current == .chinese else { return script }
        return explanations.reduce(script) { $0.replacing($1.key, with: $1.value) }
    }

    /// What an error sentence says, and its Chinese; nil for a sentence that a command made itself.
    static func recognise(_ sentence: String) -> (Recognised, Text)? {
        // Six choices and more come as a list of lines.
        let sentence = sentence.replacing("one of the following:\n  - ", with: "one of ").replacing(
            "\n  - ", with: ", ")
        for shape in sentences {
            guard let details = details(of: sentence, in: shape.en) else { continue }
            let inChinese = details.map { shape.meaning == .invalidValueWithChoices ? enumerated($0) : $0 }
            let english = shape.meaning == .unknownOption ? "unknown option '\(details[0])'" : begun(sentence)
            return (
                Recognised(meaning: shape.meaning, details: details),
                Text(en: english, zh: filled(shape.zh, with: inChinese))
            )
        }
        return nil
    }

    /// What stands in the places of `{}`, each as short as can be; nil when the sentence has another shape.
    private static func details(of sentence: String, in shape: String) -> [String]? {
        let literals = shape.split(separator: "{}", omittingEmptySubsequences: false)
        guard sentence.hasPrefix(literals[0]), sentence.hasSuffix(literals[literals.count - 1]) else { return nil }
        var details: [String] = []
        var rest = sentence.dropFirst(literals[0].count)
        for (index, literal) in literals.enumerated().dropFirst() {
            let isLast = index == literals.count - 1
            if isLast {
                guard rest.count >= literal.count else { return nil }
                details.append(String(rest.dropLast(literal.count)))
            } else {
                guard let range = rest.firstRange(of: literal) else { return nil }
                details.append(String(rest[..<range.lowerBound]))
                rest = rest[range.upperBound...]
            }
        }
        return details
    }

    /// `'bash', 'zsh' or 'fish'` as Chinese counts them up.
    private static func enumerated(_ choices: String) -> String {
        [" and ", " or ", ", "].reduce(choices) { $0.replacing("'\($1)'", with: "'、'") }.replacing("'", with: "")
    }

    /// As our own messages begin: with a small letter, since `error: ` stands before them.
    private static func begun(_ sentence: String) -> String {
        sentence.prefix(1).lowercased() + sentence.dropFirst()
    }

    private static func filled(_ shape: String, with details: [String]) -> String {
        var result = ""
        var remaining = details[...]
        for (index, literal) in shape.split(separator: "{}", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { result += remaining.popFirst() ?? "" }
            result += literal
        }
        return result
    }
}
