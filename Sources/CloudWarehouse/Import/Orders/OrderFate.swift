/// What becomes of a row of a platform's export, by its state there; the raw values stand in mappings.
public enum OrderFate: String, CaseIterable, Hashable, Sendable {
    /// It is sold and paid, and is to be sent.
    case ship
    /// It is not to be sent: not paid, called off, sent already, given back.
    case skip

    /// Words of the platforms for what an order waits for.
    static let ofStates: [String: OrderFate] = table(
        ship: [
            "待发货", "备货中", "待备货", "待出库", "待配货", "未发货", "已付款", "已支付", "买家已付款", "等待卖家发货", "买家已付款，等待卖家发货",
            "买家已付款,等待卖家发货",
        ],
        skip: [
            "待付款", "待支付", "未付款", "未支付", "等待买家付款", "已取消", "已关闭", "交易关闭", "订单关闭", "已发货", "卖家已发货", "卖家已发货，等待买家确认",
            "待收货", "已收货", "已签收", "已完成", "交易成功", "退款中", "退款成功", "已退款", "已全额退款",
        ])

    /// Words of the platforms for what a buyer has asked for afterwards.
    static let ofAfterSales: [String: OrderFate] = table(
        ship: [
            "无", "-", "--", "无售后", "未发起售后", "未申请售后", "无售后或售后取消", "售后取消", "售后已取消", "售后关闭", "售后已关闭", "退款关闭",
        ],
        skip: [
            "退款中", "退款成功", "已退款", "已全额退款", "待退款", "售后中", "售后处理中", "售后完成", "售后成功", "待商家处理", "待商家同意", "退货退款中",
        ])

    private static func table(ship: [String], skip: [String]) -> [String: OrderFate] {
        Dictionary(ship.map { ($0, .ship) } + skip.map { ($0, .skip) }, uniquingKeysWith: { first, _ in first })
    }
}
