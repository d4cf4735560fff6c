internal import CloudWarehouse

extension IntakeError: ExplainedFailure {
    /// Why an order was not placed or changed, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .refused(let refusal): refusal.commandFailure()
        case .recipientsNotConfigured:
            CommandFailure(
                .configuration,
                what: Text(en: "there are no keys to encrypt recipients", zh: "没有加密收件人信息的密钥"),
                remedy: Text(en: "set YUNCANG_RECIPIENT_KEYS", zh: "请设置 YUNCANG_RECIPIENT_KEYS"))
        case .busy, .closing:
            CommandFailure(
                .tryAgain,
                what: Text(
                    en: "too many orders are waiting, or something else has locked the goods",
                    zh: "等待的订单太多，或货品正被其他操作锁定"),
                remedy: Text(en: "run the same command again", zh: "再次执行同一命令"))
        case .outcomeUnknown:
            CommandFailure(
                .tryAgain, what: Text(en: "whether it took effect is not known", zh: "不知道是否已经生效"),
                remedy: Text(
                    en: "run the same command again: what has happened is not done twice",
                    zh: "再次执行同一命令：已生效的不会重复"))
        case .database(let error): error.commandFailure
        }
    }
}

extension OrdersError: ExplainedFailure {
    /// Why an order was not read, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknownOrder: .unknownOrder
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
        case .database(let error): error.commandFailure
        }
    }
}

extension CommandFailure {
    /// No order has this id, or this source and reference.
    static var unknownOrder: CommandFailure {
        CommandFailure(
            .failure, what: Text(en: "there is no such order", zh: "没有这个订单"),
            next: [NextStep(command: "yuncang order list", purpose: Text(en: "the newest orders", zh: "最新的订单"))])
    }

    /// A code that the catalog does not have.
    static func unknownSKU(_ code: SKUCode) -> CommandFailure {
        CommandFailure(.failure, what: Text(en: "there is no SKU \(code)", zh: "没有单品 \(code)"))
    }
}
