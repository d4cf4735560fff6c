internal import CloudWarehouse

extension InvalidValue {
    /// What is wrong and what would be right, for people.
    var text: Text { Text(en: description, zh: chinese) }

    private var chinese: String {
        switch self {
        case .code: "编码是 1 到 64 个可打印的 ASCII 字符，不含空格"
        case .name: "名称是 1 到 200 个字符，不含控制字符"
        case .reference: "单号是 1 到 128 个字符，不含控制字符"
        case .note: "备注是 1 到 200 个字符，不含控制字符"
        case .principal: "操作人和来源地各是 1 到 128 个字符，不含控制字符"

        case .number(let decimals): "数字由数字字符组成，小数点后最多 \(decimals) 位"
        case .numberTooLarge: "数字太大"
        case .quantity: "数量是整件数或整克数，从 0 到 10^15"
        case .negativeQuantity: "数量不能小于零"
        case .unknownUnit: "数量写成数字加单位：按件用 件、个、份、盒、袋、包、只、朵，按重量用 克、两、斤、公斤、千克、g、kg"
        case .missingUnit: "称重商品要写单位，例如 500g、25斤、2.5kg"
        case .otherUnit(.gram): "这是称重商品，请写重量，例如 500g、25斤、2.5kg"
        case .otherUnit(.piece): "这种商品按件计，请写件数，例如 2 或 2件"
        case .fraction(of: .gram): "重量必须是整克"
        case .fraction(of: .piece): "按件计的商品不能拆分"
        case .fen: "价格从 0 到 10^12 分"
        case .pricedQuantity: "价格对应的数量从 1 到 10^9 个基本单位"
        case .price: "价格写成每多少数量多少元，最多两位小数：39.9/500g、39.9/斤、12.5/件"
        case .priceOfWeight: "这是称重商品，价格要写明对应的重量，例如 39.9/500g 或 39.9/斤"
        case .amountTooLarge: "这个数量的金额太大"
        case .sumTooLarge: "金额合计太大"

        case .deliveryLines(let maximum): "一次到货有 1 到 \(maximum) 行"
        case .emptyDeliveryLine(let line): "第 \(line) 行：没有到货数量"
        case .rejection: "拒收要写原因，没有拒收则不写"
        case .expiresBeforeHarvest(let line): "第 \(line) 行：到期日早于采收日期"
        case .emptyAdjustment: "调整数量必须大于零"
        case .sameQuality: "货品已经是这种状态：请写明现在的状态"
        case .transferLines(let maximum): "一张调拨单有 1 到 \(maximum) 行"
        case .emptyTransferLine(let line): "第 \(line) 行：调拨数量必须大于零"
        case .sameWarehouse: "调拨是从一个仓库到另一个仓库"
        case .emptyPick: "拣货数量必须大于零"
        case .emptyArrival: "请写明收到、残损或丢失的数量，必须大于零"
        case .unnamedLoss: "残损或丢失要写原因和责任人，没有则不写"
        case .arrivalPlace: "收到或残损的货要写库位，丢失的不写"
        case .damagedTwice: "发出时已残损的货按原样收下，或记为丢失"
        case .orderLines(let maximum): "一个订单有 1 到 \(maximum) 行"
        case .emptyOrderLine(let line): "第 \(line) 行：数量为 0"
        case .holdTime: "订单占用库存的时间从 1 到 86,400 秒"
        case .holdOfPaidOrder: "在别处售出的订单已经付款：请去掉占用时间"
        case .shippingTimes: "最早发货时间不能晚于最晚发货时间"
        case .repeatedLine(let line): "第 \(line) 行写了两次"

        case .carrier: "快递公司是 1 到 64 个字符，不含控制字符"
        case .trackingNumber: "快递单号是 4 到 64 个字母、数字或连字符"

        case .tokenOwner: "角色 cooperative 的令牌要有货主，其他角色的不能有"
        case .tokenSource: "角色 source 的令牌要有订单来源，其他角色的不能有"
        case .tokenDays(let maximum): "令牌的有效期是 1 到 \(maximum) 天"
        case .tokenExpiry: "失效时间写成天数，例如 30d，或日期，例如 2026-12-31"
        case .recipientKey: "密钥写成 key_id:base64，其中 base64 表示 32 个字节"
        case .repeatedRecipientKey: "key_id 重复"
        case .noRecipientKey: "没有密钥：每行写一个 key_id:base64"
        case .recipient(let field): field.chineseRule

        case .unitWord: "单位是 件、份、盒、袋、包、个、朵（按件）或 克、千克、公斤、斤（按重量）"
        case .saleKind: "销售类型是 销售 或 退货"
        case .saleSign: "销售的数量大于零，退货的小于零"
        case .yesOrNo: "写 是 或 否"
        case .day: "日期写成 2023-06-16"
        case .timeOfDay: "时间写成 09:15:24.075"
        case .mapping: "写成 列 = 标题，或 unit:单位 = piece"
        case .mappedStatus: "状态对应 ship（发货）或 skip（跳过）：status:待发货 = ship"
        case .repeatedWord(let word): "\(word) 出现了两次"
        case .statusWord: "不认识这个状态：请在对应关系中写明是否发货：status:状态 = ship 或 = skip"
        case .yuan: "金额写成元，最多两位小数，例如 39.90"
        case .zeroQuantity: "数量必须大于零"
        case .mappingSize(let maximum): "对应关系最多 \(maximum) 字节"
        case .mappedUnit: "单位对应 piece（按件）或 gram（按克）：unit:筐 = piece"
        case .repeatedUnit(let word): "单位 \(word) 出现了两次"

        case .inLine(let line, let reason): "第 \(line) 行：\(reason.chinese)"
        }
    }
}

extension RecipientField {
    fileprivate var chineseRule: String {
        switch self {
        case .name: "收件人姓名是 1 到 64 个字符，不含控制字符"
        case .phone: "收件人电话是 5 到 20 个字符：数字（至少 5 个）、+ 和 -"
        case .region: "收件地区是 1 到 100 个字符，不含控制字符"
        case .address: "详细地址是 1 到 200 个字符，不含控制字符"
        }
    }
}
