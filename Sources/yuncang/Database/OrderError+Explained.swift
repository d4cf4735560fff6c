internal import CloudWarehouse

extension OrderError: ExplainedFailure {
    /// Why an order was not placed, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .refused(let refusal): refusal.commandFailure
        case .recipientsNotConfigured:
            CommandFailure(
                .configuration,
                what: Text(en: "there are no keys to encrypt recipients", zh: "没有加密收件人信息的密钥"),
                remedy: Text(en: "set YUNCANG_RECIPIENT_KEYS", zh: "请设置 YUNCANG_RECIPIENT_KEYS"))
        case .busy, .closing:
            CommandFailure(
                .tryAgain, what: Text(en: "too many orders are waiting", zh: "等待的订单太多"),
                remedy: Text(en: "run the same command again", zh: "再次执行同一命令"))
        case .outcomeUnknown: .unknownOutcome
        case .database(let error): error.commandFailure
        }
    }
}

extension OrderRefusal {
    /// Why an order was not placed; `units` say in what its SKUs are counted.
    func commandFailure(in units: [SKUCode: BaseUnit]) -> CommandFailure {
        if case .soldOut(let shortages) = self { Self.explained(shortages, in: units) } else { commandFailure }
    }

    /// What is asked for and what is left, SKU by SKU.
    private static func explained(_ shortages: [Shortage], in units: [SKUCode: BaseUnit]) -> CommandFailure {
        let codes = shortages.map(\.sku.rawValue)
        var failure = CommandFailure(
            .failure,
            what: Text(
                en: "not so much of \(codes.joined(separator: ", ")) is left",
                zh: "\(codes.joined(separator: "、")) 余量不足"),
            remedy: Text(en: "nothing was placed: ask for less, or receive more first", zh: "没有下单：减少数量，或先入库"),
            next: [
                NextStep(
                    command: codes.count == 1 ? "yuncang stock show \(codes[0])" : "yuncang stock show",
                    purpose: Text(en: "what there is", zh: "查看库存"))
            ])
        failure.details = shortages.map { shortage in
            let unit = units[shortage.sku]
            let (asked, left) = (Text.amount(shortage.asked, in: unit), Text.amount(shortage.available, in: unit))
            return FailureDetail(
                code: "sold_out",
                text: Text(
                    en: "\(shortage.sku): \(asked.en) asked for, \(left.en) left",
                    zh: "\(shortage.sku)：需要 \(asked.zh)，剩余 \(left.zh)"))
        }
        failure.detailCount = shortages.count
        return failure
    }

    fileprivate var commandFailure: CommandFailure {
        switch self {
        case .unknownSKU(let code): .unknownSKU(code)
        case .noPrice(let code):
            CommandFailure(
                .failure, what: Text(en: "\(code) has no list price", zh: "\(code) 没有标价"),
                remedy: Text(en: "say the price: \(code):QUANTITY@PRICE", zh: "请写明单价：\(code):数量@单价"))
        case .amountTooLarge:
            CommandFailure(.failure, what: Text(en: "the order's amount is too large", zh: "订单金额过大"))
        case .soldOut(let shortages): Self.explained(shortages, in: [:])
        case .otherOrderUnderReference:
            CommandFailure(
                .failure,
                what: Text(en: "the source has used this reference for another order", zh: "该来源的这个单号已用于另一个订单"),
                remedy: Text(en: "use a new reference", zh: "请换一个单号"))
        }
    }
}

extension OrdersError: ExplainedFailure {
    /// Why an order was not read or changed, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknownOrder:
            CommandFailure(
                .failure, what: Text(en: "there is no such order", zh: "没有这个订单"),
                next: [NextStep(command: "yuncang order list", purpose: Text(en: "the newest orders", zh: "最新的订单"))])
        case .refused(let refusal):
            CommandFailure(
                .failure,
                what: Text(en: "the order stays as it is", zh: "订单保持原状"),
                why: Text(en: refusal.description, zh: "订单状态为“\(refusal.state.words.zh)”"))
        case .noRecipient:
            CommandFailure(.failure, what: Text(en: "the order has no recipient", zh: "订单没有收件人"))
        case .recipientErased:
            CommandFailure(.failure, what: Text(en: "the recipient was erased", zh: "收件人信息已清除"))
        case .recipientUnreadable(let keyID):
            CommandFailure(
                .configuration,
                what: Text(en: "the recipient cannot be decrypted", zh: "无法解密收件人信息"),
                remedy: Text(
                    en: "add the key \(keyID) to the file that YUNCANG_RECIPIENT_KEYS names",
                    zh: "在 YUNCANG_RECIPIENT_KEYS 指向的文件中加入密钥 \(keyID)"))
        case .outcomeUnknown: .unknownOutcome
        case .database(let error): error.commandFailure
        }
    }
}

extension OrderChangeRefusal {
    /// The state that the order stays in.
    fileprivate var state: OrderState {
        switch self {
        case .notCancellable(let state), .notPayable(let state), .notExpirable(let state): state
        }
    }
}

extension CommandFailure {
    /// A code that the catalog does not have.
    static func unknownSKU(_ code: SKUCode) -> CommandFailure {
        CommandFailure(.failure, what: Text(en: "there is no SKU \(code)", zh: "没有单品 \(code)"))
    }

    /// COMMIT was sent and not answered.
    fileprivate static var unknownOutcome: CommandFailure {
        CommandFailure(
            .tryAgain, what: Text(en: "whether it took effect is not known", zh: "不知道是否已经生效"),
            remedy: Text(
                en: "run the same command again: what has happened is not done twice",
                zh: "再次执行同一命令：已生效的不会重复"))
    }
}

extension OrderState {
    /// The state in words.
    var words: Text {
        switch self {
        case .held: Text(en: "held", zh: "待付款")
        case .committed: Text(en: "committed", zh: "待发货")
        case .picked: Text(en: "picked", zh: "已拣货")
        case .packed: Text(en: "packed", zh: "已打包")
        case .shipped: Text(en: "shipped", zh: "已发货")
        case .released: Text(en: "released", zh: "已释放")
        case .cancelled: Text(en: "cancelled", zh: "已取消")
        case .returned: Text(en: "returned", zh: "已退货")
        }
    }
}
