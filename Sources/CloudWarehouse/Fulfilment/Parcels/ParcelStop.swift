import Postgres

/// Why a parcel must not leave the house, whatever is printed on it already.
public enum ParcelStop: String, CaseIterable, Hashable, Sendable {
    /// 订单已取消
    case cancelled
    /// 退款中: a refund is asked for.
    case refund
    /// 地址已改: the label has another address.
    case address
    /// 订单已改: less of it is wanted than lies in the parcel.
    case edited
    /// 批次冻结或过期: a lot in it is not to be sold.
    case lot
    /// 已另行发货: a parcel of the order was recorded that is of no wave.
    case sentOtherwise = "sent_otherwise"
}

extension ParcelStop: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .cancelled: "an order in it was cancelled"
        case .refund: "a refund of an order in it is asked for"
        case .address: "the address of an order in it was changed"
        case .edited: "less of an order in it is wanted"
        case .lot: "a lot in it is blocked or has expired"
        case .sentOtherwise: "an order in it was sent otherwise"
        }
    }
}

/// An order of a parcel as it is now, under its lock, with what it was when the parcel was made.
struct OrderAtGate: Hashable {
    let parcel: ID<Parcel>
    let order: ID<CustomerOrder>
    let key: OrderKey
    let state: OrderState
    let isRefundLocked: Bool
    let isSentOtherwise: Bool
    /// Whether less is wanted of one of its lines than lies, or is to lie, in parcels.
    let isReduced: Bool
    let addressVersion: Int16
    let labelVersion: Int16

    /// Why no parcel of it may leave; nil when it may. The same is asked when it is packed and when it is handed over, so that
    /// nothing has to be told to the parcel when the order changes.
    var stop: ParcelStop? {
        switch state {
        case .committed, .picked, .packed: break
        case .held, .paidShort, .released, .cancelled, .shipped, .returned: return .cancelled
        }
        if isRefundLocked { return .refund }
        if isSentOtherwise { return .sentOtherwise }
        if addressVersion != labelVersion { return .address }
        return isReduced ? .edited : nil
    }
}
