internal import HTTPServer
internal import HTTPTypes

/// A language that pages are written in.
enum PageLanguage: String, CaseIterable, Sendable {
    /// English, also for whoever asks for something else.
    case english = "en"
    /// Simplified Chinese.
    case chinese = "zh"

    /// What `lang` stands for in markup.
    var tag: String { self == .chinese ? "zh-Hans" : "en" }

    /// What a browser asks for: `lang` of the query, else the best of Accept-Language (RFC 9110, 12.5.4).
    init(of request: Request) {
        let asked = (try? request.queryItems())?.last { $0.name == "lang" }.flatMap { PageLanguage(rawValue: $0.value) }
        self = asked ?? request.fields[.acceptLanguage].map(PageLanguage.init(accepting:)) ?? .english
    }

    /// The one of the languages that a list of ranges with weights prefers; the first of equals.
    init(accepting list: String) {
        var best = (language: PageLanguage.english, weight: 0)
        for range in list.lowercased().split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let name = parts.first, let language = PageLanguage(rawValue: String(name.prefix { $0 != "-" }))
            else {
                continue
            }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Self.weight($0.dropFirst(2)) } ?? 1_000
            if weight > best.weight { best = (language, weight) }
        }
        self = best.language
    }

    /// A weight of `0` to `1` with at most three decimals, in thousandths; 0 for what is none.
    private static func weight(_ text: Substring) -> Int {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count > 1 ? parts[1] : ""
        guard parts.count <= 2, decimals.count <= 3, let whole = Int(parts[0]), (0...1).contains(whole),
            let thousandths = Int(decimals + String(repeating: "0", count: 3 - decimals.count)), thousandths >= 0
        else { return 0 }
        return min(1_000, whole * 1_000 + thousandths)
    }
}

/// What a page says, in each language, side by side so that neither is forgotten.
struct PageText: Hashable, Sendable {
    let en: String
    let zh: String

    /// In that language.
    subscript(language: PageLanguage) -> String { language == .chinese ? zh : en }
}
