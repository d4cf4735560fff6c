internal import CloudWarehouse

extension OrderState {
    /// The state in words.
    var words: Text {
        switch self {
        case .held: Text(en: "held", zh: "待付款")
        case .committed: Text(en: "committed", zh: "待发货")
        case .paidShort: Text(en: "paid, short", zh: "缺货待处理")
        case .picked: Text(en: "picked", zh: "已拣货")
        case .packed: Text(en: "packed", zh: "已打包")
        case .shipped: Text(en: "shipped", zh: "已发货")
        case .released: Text(en: "released", zh: "已释放")
        case .cancelled: Text(en: "cancelled", zh: "已取消")
        case .returned: Text(en: "returned", zh: "已退货")
        }
    }

    /// The state in words, in the colour of what it means.
    var styled: StyledText {
        switch self {
        case .held, .paidShort: StyledText(words.current, .warning)
        case .committed, .picked, .packed, .shipped: StyledText(words.current, .good)
        case .released, .cancelled, .returned: StyledText(words.current, .quiet)
        }
    }
}

extension ClaimState {
    /// The state in words.
    var words: Text {
        switch self {
        case .held: Text(en: "held", zh: "占用")
        case .committed: Text(en: "committed", zh: "已付")
        case .short: Text(en: "short", zh: "缺货")
        case .picked: Text(en: "picked", zh: "已拣货")
        case .shipped: Text(en: "shipped", zh: "已发货")
        case .released: Text(en: "released", zh: "已释放")
        }
    }

    /// The state in words, in the colour of what it means.
    var styled: StyledText {
        switch self {
        case .short: StyledText(words.current, .warning)
        case .released: StyledText(words.current, .quiet)
        case .held, .committed, .picked, .shipped: StyledText(words.current)
        }
    }
}

extension OrderDetails.Place {
    /// Why the goods come from there, in words; nil where there was no choice. What has no words yet is shown as it is.
    var reasonWords: Text? {
        guard let reason else { return nil }
        let words = reason.split(separator: "+").map { part -> Text in
            switch String(part) {
            case "one_parcel": Text(en: "in one parcel", zh: "整单一仓发出")
            case "split": Text(en: "from several warehouses", zh: "分仓发出")
            case let word where SourcingCriterion(rawValue: word) != nil:
                SourcingCriterion(rawValue: word)?.words ?? .verbatim(word)
            default: Text.verbatim(String(part).replacing("_", with: " "))
            }
        }
        return Text(en: words.map(\.en).joined(separator: ", "), zh: words.map(\.zh).joined(separator: "、"))
    }
}

extension QuantityText {
    /// The number and its unit, in the reader's language.
    var words: Text {
        Text(en: description, zh: description.replacing(" pcs", with: " 件").replacing(" pc", with: " 件"))
    }
}

extension PriceText {
    /// Yuan and the quantity, in the reader's language.
    var words: Text {
        Text(en: description, zh: description.replacing("pcs", with: "件").replacing("pc", with: "件"))
    }
}
