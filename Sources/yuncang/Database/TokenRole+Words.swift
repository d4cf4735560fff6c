internal import CloudWarehouse

extension TokenRole {
    /// In a word.
    var word: Text {
        switch self {
        case .cooperative: Text(en: "cooperative", zh: "合作社")
        case .warehouse: Text(en: "warehouse", zh: "仓库")
        case .host: Text(en: "host", zh: "主播")
        case .controller: Text(en: "controller", zh: "中控")
        case .source: Text(en: "source", zh: "订单来源")
        case .operator: Text(en: "operator", zh: "管理员")
        }
    }

    /// What its bearer may do.
    var meaning: Text {
        switch self {
        case .cooperative:
            Text(
                en: "lists produce and reads stock, lots and ledger of one owner's goods, named by --owner",
                zh: "上架商品，查看一个货主（--owner）的库存、批次和流水")
        case .warehouse:
            Text(
                en: "receives deliveries, corrects stock, reads orders and who gets them",
                zh: "收货、调整库存、查看订单及收件人")
        case .host: Text(en: "reads what there is", zh: "查看库存")
        case .controller: Text(en: "reads what there is, for a session", zh: "查看库存，用于直播场次")
        case .source:
            Text(
                en: "places, pays, cancels and reads its own orders, named by --source, and reads stock",
                zh: "以自己的名义（--source）下单、付款、取消、查看订单，查看库存")
        case .operator: Text(en: "everything; each change is in the audit log", zh: "全部权限；每次更改都记入审计日志")
        }
    }
}
