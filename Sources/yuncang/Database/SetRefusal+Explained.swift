internal import CloudWarehouse

extension SetRefusal {
    /// Why a SKU is not made a set, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknownSet(let code): .unknownSKU(code)
        case .unknownComponents(let codes):
            CommandFailure(
                .failure, what: Text(en: "there are no such components", zh: "没有这些组成"),
                why: .verbatim(codes.map(\.rawValue).joined(separator: ", ")),
                remedy: Text(en: "check the spelling, or add them first", zh: "请检查拼写，或先添加它们"),
                next: [.listOfProducts])
        case .itself:
            CommandFailure(
                .usage, what: Text(en: "a set is not made of itself", zh: "礼盒不能由自己组成"),
                remedy: Text(en: "name what it is made of", zh: "请写出它的组成"))
        case .repeated(let code):
            CommandFailure(
                .usage, what: Text(en: "'\(code)' is named twice", zh: "“\(code)”写了两次"),
                remedy: Text(en: "say how much of it there is in one --component", zh: "请在一个 --component 中写出总量"))
        case .quantity(let code):
            CommandFailure(
                .usage, what: Text(en: "so much of '\(code)' makes no set", zh: "“\(code)”的数量不能用于礼盒"),
                remedy: Text(
                    en: "of a component, from 1 to 1,000,000,000 base units make a set",
                    zh: "一个礼盒中每种组成从 1 到 10 亿个基本单位"))
        case .tooMany(let maximum):
            CommandFailure(
                .usage, what: Text(en: "the set has too many components", zh: "礼盒的组成太多"),
                remedy: Text(en: "a set has at most \(maximum)", zh: "一个礼盒最多 \(maximum) 种"))
        case .nested(let codes):
            CommandFailure(
                .failure, what: Text(en: "a set is not made of sets", zh: "礼盒不能由礼盒组成"),
                why: .verbatim(codes.map(\.rawValue).joined(separator: ", ")),
                remedy: Text(en: "name what those are made of instead", zh: "请改为写出那些礼盒的组成"),
                next: codes.prefix(1).map { .product($0) })
        case .componentOf(let code):
            CommandFailure(
                .failure,
                what: Text(
                    en: "it is a component of the set '\(code)', and sets are not made of sets",
                    zh: "它是礼盒“\(code)”的组成，礼盒不能由礼盒组成"),
                remedy: Text(en: "change that set first", zh: "请先更改那个礼盒"), next: [.product(code)])
        case .hasGoods:
            CommandFailure(
                .failure,
                what: Text(
                    en: "goods of it were received, and a set has no stock of its own", zh: "它收过货，而礼盒没有自己的库存"),
                remedy: Text(en: "list the set under a new code", zh: "请为礼盒新建一个单品"))
        }
    }
}

extension NextStep {
    /// The SKUs that there are.
    static var listOfProducts: NextStep {
        NextStep(command: "yuncang product list", purpose: Text(en: "the SKUs that there are", zh: "查看现有的单品"))
    }

    /// What a SKU is made of.
    fileprivate static func product(_ code: SKUCode) -> NextStep {
        NextStep(
            command: "yuncang product show \(ShellWord.quoted(code.rawValue))",
            purpose: Text(en: "what it is made of", zh: "查看它的组成"))
    }
}
