/// One message in both languages, side by side so that neither is forgotten.
struct Text: Sendable, Equatable {
    /// English.
    let en: String
    /// Simplified Chinese.
    let zh: String

    /// Both are required; for what is the same in both (a name, a path) use ``verbatim(_:)``.
    init(en: String, zh: String) {
        self.en = en
        self.zh = zh
    }

    /// Data, which is not translated.
    static func verbatim(_ text: String) -> Text {
        Text(en: text, zh: text)
    }

    /// `1 lot`, `2 lots`: English counts, which Chinese does not mind.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    /// In the language of this invocation.
    var current: String { self[Language.current] }

    /// In the given language.
    subscript(language: Language) -> String {
        switch language {
        case .english: en
        case .chinese: zh
        }
    }
}
