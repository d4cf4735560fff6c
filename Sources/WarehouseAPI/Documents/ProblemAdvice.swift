extension Problem.Code {
    /// What a problem of this code means, and what to do about it.
    var advice: (means: PageText, remedy: PageText) {
        let texts = texts
        return (PageText(en: texts.0, zh: texts.1), PageText(en: texts.2, zh: texts.3))
    }

    private var texts: (String, String, String, String) {
        switch self {
        case .malformedRequest:
            (
                "the path or query cannot be read", "路径或查询串无法读取", "Encode it as UTF-8 with percent escapes.",
                "用 UTF-8 和百分号转义编码。"
            )
        case .malformedJSON:
            (
                "the body is no JSON", "请求体不是合法的 JSON",
                "See `errors` for the place, and let a JSON library write the body.",
                "看 `errors` 指出的位置；请用 JSON 库生成请求体。"
            )
        case .invalidParameter:
            (
                "a parameter is wrong, unknown or there twice", "参数有误、未知或重复",
                "See `errors`: each names a parameter and what would be right.", "看 `errors`：逐个列出参数名和正确写法。"
            )
        case .refused:
            (
                "the server refused the request before any route was found", "服务器在找到路由之前就拒绝了请求",
                "Send what HTTP/1.1 asks for, within the limits; `detail` says which one was broken.",
                "按 HTTP/1.1 的规定并在限额之内发送；`detail` 说明违反了哪一条。"
            )
        case .unauthenticated:
            (
                "no good token", "没有有效的令牌",
                "Send `Authorization: Bearer TOKEN` with a token that is neither revoked nor expired; ask an operator for one.",
                "发送 `Authorization: Bearer TOKEN`，令牌须未撤销、未过期；请向管理员索取。"
            )
        case .forbidden:
            (
                "the token's role may not do this", "该令牌的角色无权这样做",
                "Use a token of a role that may; `detail` names them.",
                "改用有此权限的角色的令牌；`detail` 列出这些角色。"
            )
        case .foreignOrigin:
            (
                "a cookie speaks for it, and another site made the browser send it", "凭 Cookie 发出，但来自其他网站的页面",
                "Send it from a page of this service, or with a token instead of a cookie.",
                "请从本站页面操作，或改用令牌而不是 Cookie。"
            )
        case .notFound:
            (
                "there is none, or none of yours", "没有，或者不是您的", "Check the code or id in the path.", "检查路径中的编码或标识。"
            )
        case .methodNotAllowed:
            ("see `Allow`", "见 `Allow` 头", "Use one of the methods that `Allow` lists.", "改用 `Allow` 列出的方法。")
        case .referenceConflict:
            (
                "the reference stands for something else", "该单号已代表别的内容",
                "Send something new under a new reference; the same again must be exactly the same.",
                "新内容请用新单号；重发必须与原来完全一致。"
            )
        case .codeTaken:
            (
                "something has this code already", "该编码已被占用", "Choose another code, or use what is there.",
                "换一个编码，或者使用已有的。"
            )
        case .wrongState:
            (
                "the document has not come so far, or too far for it", "单据还没到这一步，或已过了这一步",
                "See `detail`, and the table of its states: take the step before, or use another reference.",
                "看 `detail` 和它的状态表：先完成前一步，或换一个单号。"
            )
        case .unknownZone:
            (
                "the warehouse has no such zone", "该仓库没有这个库区", "Add the zone first, or name another.",
                "请先添加该库区，或换一个。"
            )
        case .closed:
            (
                "the location or zone is closed", "库位或库区已停用", "Name one that is open, or open it again.",
                "请换一个在用的，或重新启用它。"
            )
        case .notEmpty:
            (
                "something is still in what would be closed", "要停用的地方还不是空的",
                "Move the goods away, or close the locations first.", "请先把货移走，或先停用其中的库位。"
            )
        case .otherUnit:
            (
                "the SKU is counted in another unit, for ever", "该 SKU 的计量单位不同，且不可更改",
                "List the goods under a new SKU.",
                "请为这种货新建一个 SKU。"
            )
        case .nestedSet:
            (
                "a set would be made of a set", "礼盒不能由礼盒组成", "Name what that set is made of instead.",
                "请改为列出那个礼盒的组成。"
            )
        case .ownStock:
            (
                "goods of the SKU were received, and a set has no stock of its own", "该 SKU 收过货，而礼盒没有自己的库存",
                "List the set under a new SKU.", "请为礼盒新建一个 SKU。"
            )
        case .giftSet:
            (
                "the SKU is a set, which has no stock of its own", "该 SKU 是礼盒，没有自己的库存",
                "Receive what it is made of.", "请按其组成收货。"
            )
        case .soldOut:
            (
                "so many are not left", "库存不足", "Ask for less, or show that it is sold out; nothing was placed.",
                "减少数量，或显示已售罄；没有生成订单。"
            )
        case .notThere:
            (
                "not so many stand at the location in that state", "该库位没有这么多这种品质的货",
                "Read the lot again: `detail` says how many there are.", "重新查看批次；`detail` 说明现有多少。"
            )
        case .promised:
            (
                "orders have been promised the goods", "这些货已答应给订单",
                "Call orders off first; `detail` says how many are free.", "请先取消订单；`detail` 说明未被占用的有多少。"
            )
        case .notReversible:
            (
                "such a movement is taken back by its own document", "这种台账行由它自己的单据撤回",
                "Change the document that it belongs to, or make a correction of your own.",
                "请修改它所属的单据，或另做一次调整。"
            )
        case .notCancellable:
            (
                "the order has gone too far", "订单已无法取消", "Ask the warehouse; what is shipped can only come back.",
                "请联系仓库；已发出的货只能退回。"
            )
        case .notPayable:
            ("the order is over", "订单已结束", "Place it again under a new reference.", "请用新单号重新下单。")
        case .notClaimable:
            (
                "the order is not short of goods", "订单没有缺货", "Read the order: it is not paid, or it is over.",
                "请查看订单：尚未付款或已结束。"
            )
        case .notEditable:
            (
                "the order is paid or over", "订单已付款或已结束",
                "Cancel it in part by `reduce`, or cancel it and place another.", "请用 `reduce` 部分取消，或取消后重新下单。"
            )
        case .revisionConflict:
            (
                "somebody has changed the order meanwhile", "订单已被别人修改",
                "Read it again, and decide anew by its `revision`.", "请重新读取，按新的 `revision` 再决定。"
            )
        case .orderDamaged:
            (
                "the order's records contradict each other, and nothing is done to it", "订单记录自相矛盾，无法处理",
                "Call the operator: it has to be repaired.", "请联系运维人员修复。"
            )
        case .unknownLine:
            (
                "the order has no such line", "订单没有这一行", "Use `line` as the order shows it; parts have no say.",
                "请用订单所示的 `line`；组成部分不能单独取消。"
            )
        case .moreThanOrdered:
            (
                "more than is left of the line", "超过该行剩余数量",
                "Say how much remains, not how much is cancelled; an unpaid order is edited to have more.",
                "请填写剩余数量而非取消数量；要增加请修改未付款订单。"
            )
        case .nothingRemains:
            ("nothing of the order would remain", "订单将一无所剩", "Cancel the order.", "请取消订单。")
        case .tooManyLines:
            (
                "the order has too many lines with the parts of its sets, or was edited too often",
                "订单连同套装组成的行数过多，或修改次数过多", "Place several orders instead.", "请分成几单重新下单。"
            )
        case .buyerRequired:
            (
                "one buyer may have only so much of the SKU", "该 SKU 每位买家限购", "Say who buys in `terms`.",
                "请在 `terms` 中写明买家。"
            )
        case .buyerLimit:
            (
                "the buyer has as much of the SKU as one may, unpaid orders included", "买家已达该 SKU 的限购数量（含未付款订单）",
                "Ask for less, or cancel an unpaid order of the buyer's.", "减少数量，或取消该买家的未付款订单。"
            )
        case .recipientUnreadable:
            (
                "the key of this recipient is not configured", "没有配置该收件人的密钥",
                "Have the key that `detail` names configured again.", "请重新配置 `detail` 所指的密钥。"
            )
        case .recipientErased:
            ("the recipient was erased", "收件人已被清除", "It does not come back: ask the source.", "无法恢复：请向订单来源询问。")
        case .unsupportedMediaType:
            (
                "not `application/json`, or not in UTF-8", "不是 `application/json`，或不是 UTF-8",
                "Send `Content-Type: application/json` and UTF-8.", "发送 `Content-Type: application/json`，用 UTF-8 编码。"
            )
        case .invalidBody:
            (
                "the body is not as declared", "请求体不符合声明",
                "See `errors`: each names a field by JSON Pointer and what would be right.",
                "看 `errors`：每一项用 JSON Pointer 指出字段和正确写法。"
            )
        case .notAcceptable:
            (
                "it is not to be had in a form that `Accept` names", "没有 `Accept` 所列的格式",
                "Ask for one of the forms that `detail` names, or leave `Accept` out.",
                "改用 `detail` 列出的格式之一，或不发送 `Accept`。"
            )
        case .preconditionFailed:
            (
                "it is not in a state that `If-Match` or `If-None-Match` asks for",
                "不在 `If-Match` 或 `If-None-Match` 所要求的状态",
                "Read it again, and decide anew.", "重新读取后再决定。"
            )
        case .unknownSKU:
            ("there is no such SKU", "没有这个 SKU", "List it first, or mend the code.", "先上架该 SKU，或改正编码。")
        case .unknownOwner:
            ("there is no such owner", "没有这个货主", "Add the owner first, or mend the code.", "先添加货主，或改正编码。")
        case .unknownWarehouse:
            ("there is no such warehouse", "没有这个仓库", "Add it first, or mend the code.", "先添加仓库，或改正编码。")
        case .unknownLocation:
            (
                "the warehouse has no such location", "仓库没有这个库位", "Add it first, or mend the code.", "先添加库位，或改正编码。"
            )
        case .unknownLot:
            ("there is no such lot", "没有这个批次", "Look it up among the lots.", "请在批次列表中查找。")
        case .expired:
            (
                "goods that have expired would become sellable", "已过期的货将变为可售",
                "A delivery: send them back, or say `accept_expired` to set them aside. A correction: use another quality.",
                "到货：请退回，或写明 `accept_expired` 列为待检。调整：请用其他品质。"
            )
        case .quantityTooLarge:
            ("more than can be counted", "数量超出可计范围", "Check the quantity and its unit.", "检查数量及其单位。")
        case .noPrice:
            (
                "the SKU has no list price and the line none", "SKU 没有标价，订单行也没有价格",
                "Give the line a price, or the SKU a list price.", "给订单行填价格，或给 SKU 设标价。"
            )
        case .amountTooLarge:
            ("more fen than can be counted", "金额超出可计范围", "Check quantities and prices.", "检查数量和价格。")
        case .recipientsNotConfigured:
            (
                "this service takes no recipients", "此服务不接收收件人信息",
                "Send the order without one, or have keys configured.", "去掉收件人再发，或请管理员配置密钥。"
            )
        case .tooManyRequests:
            ("asked too often; see `Retry-After`", "请求过于频繁；见 `Retry-After`", Self.later.en, Self.later.zh)
        case .busy:
            ("too many requests wait; see `Retry-After`", "排队的请求太多；见 `Retry-After`", Self.later.en, Self.later.zh)
        case .unavailable:
            (
                "the database or the service cannot answer now; see `Retry-After`", "数据库或服务暂时无法应答；见 `Retry-After`",
                Self.later.en, Self.later.zh
            )
        case .outcomeUnknown:
            (
                "it may have happened: send the same again", "可能已经生效：请原样重发",
                "Send exactly the same after `Retry-After`; nothing is done twice.", "按 `Retry-After` 等待后原样重发；不会重复执行。"
            )
        case .internalError:
            (
                "a mistake in yuncang", "云仓程序自身的错误", "Tell whoever runs the service; the reason is in its log.",
                "请告诉运维人员；原因在服务日志中。"
            )
        }
    }

    private static let later = PageText(en: "Send the same again after that time.", zh: "按该时间等待后重发。")
}
