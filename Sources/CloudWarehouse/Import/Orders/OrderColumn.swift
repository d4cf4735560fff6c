/// The columns of a platform's export of orders, one row a line of an order.
public enum OrderColumn: String, SheetColumn {
    case order, sku, quantity, price, amount
    case name, phone, region, province, city, district, address
    case status
    case afterSale = "after-sale"
    case buyer, note
    case sellerNote = "seller-note"
    case paidAt = "paid-at"
    case shipBy = "ship-by"

    /// The heading that most platforms have.
    public var heading: String {
        switch self {
        case .order: "订单编号"
        case .sku: "商家编码"
        case .quantity: "商品数量"
        case .price: "商品单价"
        case .amount: "商品金额"
        case .name: "收件人"
        case .phone: "收件人手机号"
        case .region: "收货地区"
        case .province: "省"
        case .city: "市"
        case .district: "区"
        case .address: "详细地址"
        case .status: "订单状态"
        case .afterSale: "售后状态"
        case .buyer: "买家ID"
        case .note: "买家留言"
        case .sellerNote: "商家备注"
        case .paidAt: "支付时间"
        case .shipBy: "承诺发货时间"
        }
    }

    /// Other headings that platforms have, the likeliest first.
    public var otherHeadings: [String] {
        switch self {
        case .order: ["主订单编号", "订单号", "主订单号", "平台订单号", "订单ID"]
        case .sku:
            [
                "规格编码", "规格商家编码", "商品编码", "商品商家编码", "SKU编码", "sku编码", "SKU编码(自定义)", "商家SKU编码", "商品编码(自定义)",
                "外部编码", "单品编码",
            ]
        case .quantity: ["数量", "购买数量", "商品件数", "件数", "下单数量", "销售数量"]
        case .price: ["单价", "商品单价(元)", "商品价格", "商品价格(元)"]
        case .amount: ["商品金额(元)", "商品总价", "商品总价(元)", "小计", "商品实付金额"]
        case .name: ["收件人姓名", "收货人", "收货人姓名", "收件人名称"]
        case .phone:
            ["收件人手机", "收件人电话", "收货人手机号", "收货人手机", "收货人电话", "手机号", "手机号码", "联系电话", "联系方式", "手机", "电话"]
        case .region: ["收件地区", "收件人地区", "所在地区", "省市区", "地区"]
        case .province: ["省份", "收件人省", "收货人省份", "收件省", "收货省份", "省/直辖市"]
        case .city: ["城市", "收件人市", "收货人城市", "收件市", "收货城市"]
        case .district: ["区县", "区/县", "县区", "收件人区", "收货人地区", "收件区", "收货区县", "县"]
        case .address: ["收货地址", "收件地址", "收件人地址", "收货人地址", "收货人详细地址", "收件人详细地址", "收货详细地址", "地址"]
        case .status: ["状态", "交易状态"]
        case .afterSale: ["售后", "退款状态"]
        case .buyer: ["买家昵称", "买家会员名", "用户ID", "用户昵称", "买家账号", "买家"]
        case .note: ["用户备注", "用户留言", "买家备注", "留言"]
        case .sellerNote: ["卖家备注", "商家留言"]
        case .paidAt: ["支付完成时间", "付款时间", "订单付款时间"]
        case .shipBy: ["最晚发货时间", "最迟发货时间", "发货截止时间"]
        }
    }

    /// What an order is made of; all else may be missing.
    public var isRequired: Bool { [.order, .sku, .quantity].contains(self) }

    /// Whether it is read and has no place in an order yet.
    public var isNotKept: Bool { [.buyer, .note, .sellerNote, .paidAt, .shipBy].contains(self) }
}
