internal import CloudWarehouse

extension ShipmentError: ExplainedFailure {
    /// Why parcels were not read, changed or written, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknownOrder: OrdersError.unknownOrder.commandFailure
        case .unknownShipment:
            CommandFailure(
                .failure, what: Text(en: "the order has no parcel of this number", zh: "该订单没有这个快递单号"),
                next: [
                    NextStep(
                        command: "yuncang shipment list", purpose: Text(en: "the newest parcels", zh: "最新的包裹"))
                ])
        case .notWritten:
            CommandFailure(
                .outputFailed, what: Text(en: "the file cannot be written, and nothing is marked", zh: "文件无法写出，没有做任何标记")
            )
        case .database(let error): error.commandFailure
        }
    }
}

extension ShipmentOutcome {
    /// Why a parcel of that order was not recorded; nil when it was.
    func refusal(of order: OrderKey, line: Int? = nil) -> FailureDetail? {
        let reference = ControlCharacters.neutralised(order.reference.rawValue)
        switch self {
        case .recorded, .repeated: return nil
        case .unknownOrder:
            return FailureDetail(
                code: "unknown_order", line: line,
                text: Text(
                    en: "the source \(order.source.rawValue) has no order \(reference): import or place it first",
                    zh: "来源 \(order.source.rawValue) 没有订单 \(reference)：请先导入或下单"))
        case .notToBeSent(let state):
            return FailureDetail(
                code: "not_to_be_sent", line: line,
                text: Text(
                    en: "order \(reference) is \(state.words.en): only paid orders that were not called off are sent",
                    zh: "订单 \(reference) 的状态是“\(state.words.zh)”：只有已付款且未取消的订单才发货"))
        case .refundLocked:
            return FailureDetail(
                code: "refund_locked", line: line,
                text: Text(
                    en: "a refund is asked for of order \(reference): stop the parcel until that is settled",
                    zh: "订单 \(reference) 已申请退款：处理完之前请勿发货"))
        }
    }
}
