internal import CloudWarehouse

extension ParcelState {
    /// In words.
    var word: Text {
        switch self {
        case .bound: Text(en: "to be picked", zh: "待拣")
        case .picked: Text(en: "picked", zh: "已拣")
        case .packed: Text(en: "packed", zh: "已打包")
        case .shipped: Text(en: "handed over", zh: "已交接")
        case .dissolved: Text(en: "taken apart", zh: "已拆包")
        }
    }
}

extension ParcelStop {
    /// In words.
    var word: Text {
        switch self {
        case .cancelled: Text(en: "an order in it was cancelled", zh: "包裹里有订单已取消")
        case .refund: Text(en: "a refund of an order in it is asked for", zh: "包裹里有订单在申请退款")
        case .address: Text(en: "the address of an order in it was changed", zh: "包裹里有订单改了地址")
        case .edited: Text(en: "less of an order in it is wanted", zh: "包裹里有订单减了数量")
        case .lot: Text(en: "a lot in it is blocked or has expired", zh: "包裹里有批次已冻结或过期")
        case .sentOtherwise: Text(en: "an order in it was sent otherwise", zh: "包裹里有订单已另行发货")
        }
    }
}

extension ParcelRefusal {
    /// Why a parcel stays as it is.
    var words: Text {
        switch self {
        case .unknown: Text(en: "there is no such parcel", zh: "没有这个包裹")
        case .notPicked: Text(en: "its goods are not picked yet", zh: "货还没有拣齐")
        case .notPacked: Text(en: "it is not packed yet", zh: "还没有打包")
        case .shipped: Text(en: "the carrier has it", zh: "已交给承运方")
        case .dissolved: Text(en: "it was taken apart", zh: "已拆包")
        case .stopped(let stop): Text(en: "STOP: \(stop.word.en)", zh: "拦截：\(stop.word.zh)")
        case .short:
            Text(
                en: "goods of it were not found: add --short to send it without them, or take it apart",
                zh: "有货未找到：加 --short 少发，或拆包")
        case .weight(let expected, let weighed):
            Text(
                en: "it weighs \(weighed) g, and its goods weigh \(expected) g: count them, or add --any-weight",
                zh: "实重 \(weighed) 克，货品应重 \(expected) 克：请清点，或加 --any-weight")
        case .noTracking: Text(en: "it has no number of its carrier", zh: "没有快递单号")
        case .trackingTaken: Text(en: "another parcel has the number", zh: "该快递单号已用于另一个包裹")
        case .checkDigit(let number):
            Text(
                en: "the check digit of \(number.rawValue) does not fit: it was misread",
                zh: "\(number.rawValue) 的校验位不符：可能读错了")
        case .otherCarrier(let carrier):
            Text(
                en: "it goes by \(carrier?.rawValue ?? "the base's own cars")",
                zh: "它由\(carrier?.rawValue ?? "自有车辆")承运")
        case .otherManifest: Text(en: "it has left under another manifest", zh: "已按另一张交接单发出")
        case .addressesDiffer:
            Text(
                en: "its orders do not go to the same address any more: take it apart", zh: "包裹里的订单地址不再相同：请拆包")
        }
    }
}
