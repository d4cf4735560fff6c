internal import CloudWarehouse

/// Which base a command is about: the one that is named, or the only one.
struct BaseChoice: Sendable {
    /// Why there is no such base.
    enum Refusal: Error, Equatable {
        /// The text is no key.
        case malformed(String)
        /// None has this key.
        case unknown(BaseKey, known: [BaseKey])
        /// There is none at all.
        case none
        /// There are several, and none is named.
        case ambiguous([BaseKey])
    }

    /// The key that was given, if one was.
    let key: String?

    /// The base among all that there are.
    func chosen(from bases: [Base]) throws(Refusal) -> Base {
        if let key {
            guard let key = BaseKey(rawValue: key) else { throw .malformed(key) }
            guard let base = bases.first(where: { $0.key == key }) else {
                throw bases.isEmpty ? .none : .unknown(key, known: bases.map(\.key))
            }
            return base
        }
        guard let base = bases.first else { throw .none }
        guard bases.count == 1 else { throw .ambiguous(bases.map(\.key)) }
        return base
    }
}

extension BaseChoice.Refusal: ExplainedFailure {
    /// Whether waiting may help: somebody is about to create the base.
    var canHeal: Bool {
        switch self {
        case .unknown, .none: true
        case .malformed, .ambiguous: false
        }
    }

    var commandFailure: CommandFailure {
        switch self {
        case .malformed(let text): .invalidBaseKey(text)
        case .unknown(let key, let known):
            CommandFailure(
                .configuration,
                what: Text(en: "there is no base '\(key)'", zh: "没有直播基地“\(key)”"),
                why: Self.list(known), remedy: Self.didYouMean(key, known),
                next: [.createBase(key: key.rawValue)])
        case .none:
            CommandFailure(
                .configuration,
                what: Text(en: "there is no base yet", zh: "还没有任何直播基地"),
                remedy: Text(en: "create one, as the schema's owner", zh: "以 schema 所有者的身份创建一个"),
                next: [.createBase(key: "KEY")])
        case .ambiguous(let known):
            CommandFailure(
                .usage,
                what: Text(en: "there are several bases: say which one", zh: "有多个直播基地，请指明其中一个"),
                why: Self.list(known),
                remedy: Text(en: "add --base KEY, or set YUNCANG_BASE", zh: "加上 --base KEY，或设置 YUNCANG_BASE"))
        }
    }

    private static func list(_ keys: [BaseKey]) -> Text {
        let names = keys.map(\.rawValue)
        return Text(
            en: "the bases are: " + names.joined(separator: ", "), zh: "现有的直播基地：" + names.joined(separator: "、"))
    }

    private static func didYouMean(_ key: BaseKey, _ known: [BaseKey]) -> Text? {
        let suggestions = DidYouMean.suggestions(for: key.rawValue, among: known.map(\.rawValue))
        guard !suggestions.isEmpty else { return nil }
        return Text(
            en: "did you mean " + suggestions.map { "'\($0)'" }.joined(separator: " or ") + "?",
            zh: "是不是要输入" + suggestions.map { "“\($0)”" }.joined(separator: "或") + "？")
    }
}
