public import Postgres

/// What has become of an order (订单).
public enum OrderState: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 待付款: not paid; its claims are holds, which end.
    case held
    /// 待发货: paid.
    case committed
    /// 缺货待处理: paid, and some of its goods are not there. Somebody waits for them, or gives the money back.
    case paidShort = "paid_short"
    /// 已拣货: its goods lie together.
    case picked
    /// 已打包: its goods lie in the parcel.
    case packed
    /// 已发货: its goods have left.
    case shipped
    /// 超时关闭: it was not paid in time.
    case released
    /// 已取消
    case cancelled
    /// 已退货: its goods came back.
    case returned

    /// What the claims of such an order's lines are; of one that is short of goods, some are ``ClaimState/short``.
    public var claim: ClaimState {
        switch self {
        case .held: .held
        case .committed, .paidShort: .committed
        case .picked, .packed: .picked
        case .shipped, .returned: .shipped
        case .released, .cancelled: .released
        }
    }

    /// Whether nobody needs the recipient any more.
    public var isFinal: Bool {
        switch self {
        case .held, .committed, .paidShort, .picked, .packed: false
        case .shipped, .released, .cancelled, .returned: true
        }
    }
}
