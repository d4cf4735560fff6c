internal import CloudWarehouse

extension OrderRefusal {
    /// Why an order of a file was not placed, and what would be right.
    func detail(of reference: OrderReference, line: Int, in units: [SKUCode: BaseUnit]) -> FailureDetail {
        let order = ControlCharacters.neutralised(reference.rawValue)
        let (code, reason) = explained(in: units)
        return FailureDetail(
            code: code, line: line,
            text: Text(en: "order \(order): \(reason.en)", zh: "订单 \(order)：\(reason.zh)"))
    }

    private func explained(in units: [SKUCode: BaseUnit]) -> (code: String, reason: Text) {
        switch self {
        case .unknownSKU(let code):
            ("unknown_sku", Text(en: "there is no SKU \(code): add it first", zh: "没有单品 \(code)：请先添加"))
        case .noPrice(let code):
            (
                "no_price",
                Text(
                    en: "\(code) has no list price: give the price in the file, or a list price to the SKU",
                    zh: "\(code) 没有标价：请在文件中写明单价，或给单品设标价")
            )
        case .amountTooLarge: ("amount_too_large", Text(en: "its amount is too large", zh: "金额过大"))
        case .soldOut(let shortages): ("sold_out", Self.shortages(shortages, in: units))
        case .otherOrderUnderReference:
            (
                "reference_conflict",
                Text(
                    en:
                        "it was placed before with other goods, quantities or prices; what was placed stays: compare both, "
                        + "and cancel the order if the file is right",
                    zh: "此前已下过同一单号的订单，但商品、数量或价格不同；已下的订单不变：请核对，若以文件为准请先取消原订单")
            )
        case .buyerNotNamed, .overBuyerLimit, .unknownOrder, .stays, .otherRevision, .damaged, .unknownLine,
            .moreThanOrdered, .nothingRemains, .tooManyLines:
            ("refused", commandFailure(in: units).what)
        }
    }

    private static func shortages(_ shortages: [Shortage], in units: [SKUCode: BaseUnit]) -> Text {
        let words = shortages.map { shortage in
            let unit = units[shortage.sku]
            let (asked, left) = (Text.amount(shortage.asked, in: unit), Text.amount(shortage.available, in: unit))
            return Text(
                en: "\(asked.en) of \(shortage.sku) asked for, \(left.en) left",
                zh: "\(shortage.sku) 需要 \(asked.zh)，剩余 \(left.zh)")
        }
        return Text(
            en: words.map(\.en).joined(separator: ", ") + ": receive more, and import again",
            zh: words.map(\.zh).joined(separator: "，") + "：请先入库，再重新导入")
    }
}
