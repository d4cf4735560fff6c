internal import CloudWarehouse

extension TransferRefusal {
    /// Why a transfer stays as it is, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknown, .otherTransferUnderReference, .notApproved, .nothingPicked, .notLoaded, .notDeparted,
            .alreadyLoaded, .departed, .closed, .cancelled, .otherUnderReference, .tooManyPicks, .otherArrivalExpected:
            stateFailure
        case .foreignLot, .beyondRequest, .beyondTransit, .notThere, .promised, .tooMuch, .otherStorageClass,
            .unsuitable, .notForStorage, .isForPacking, .notReleased:
            goodsFailure
        }
    }

    private var stateFailure: CommandFailure {
        let text = stateText
        return CommandFailure(.failure, what: text.what, remedy: text.remedy, next: [Self.list])
    }

    private var stateText: (what: Text, remedy: Text?) {
        switch self {
        case .otherTransferUnderReference:
            (
                Text(en: "another transfer was asked for under this reference", zh: "该单号已用于另一次调拨"),
                Text(en: "use a new reference", zh: "请换一个单号")
            )
        case .notApproved:
            (
                Text(en: "nobody has approved the transfer yet", zh: "这张调拨单还没有审批"),
                Text(en: "first: transfer approve", zh: "请先审批：transfer approve")
            )
        case .nothingPicked:
            (
                Text(en: "nothing was picked for the transfer yet", zh: "这张调拨单还没有拣货"),
                Text(en: "first: transfer pick; or cancel it", zh: "请先拣货：transfer pick，或取消")
            )
        case .notLoaded:
            (
                Text(en: "the transfer is not loaded yet", zh: "这张调拨单还没有装车"),
                Text(en: "first: transfer load", zh: "请先装车：transfer load")
            )
        case .notDeparted:
            (
                Text(en: "the transfer has not departed yet", zh: "这张调拨单还没有发车"),
                Text(en: "first: transfer depart", zh: "请先发车：transfer depart")
            )
        case .alreadyLoaded:
            (
                Text(en: "the transfer is loaded already", zh: "这张调拨单已装车"),
                Text(en: "what else is to go is another transfer", zh: "还要调的货请另开一张")
            )
        case .departed:
            (
                Text(en: "the transfer has departed", zh: "这张调拨单已发车"),
                Text(en: "what else is to go is another transfer", zh: "还要调的货请另开一张")
            )
        case .closed:
            (
                Text(en: "the transfer is closed: nothing of it is in transit any more", zh: "这张调拨单已完成：没有在途的货"),
                Text(en: "correct the stock where it is: stock adjust", zh: "请在货所在处调整：stock adjust")
            )
        case .cancelled:
            (
                Text(en: "the transfer was cancelled", zh: "这张调拨单已取消"),
                Text(en: "ask for another one", zh: "请另开一张")
            )
        case .otherUnderReference:
            (
                Text(
                    en: "the reference stands for another pick or arrival of this transfer", zh: "该编号已用于这张调拨单的另一次拣货或到货"),
                Text(en: "use another one for another", zh: "另一次请另用编号")
            )
        case .otherArrivalExpected(let time):
            (
                Text(
                    en: "the transfer has departed, expected \(time.map { "at \($0)" } ?? "at no said time")",
                    zh: "这张调拨单已发车，预计到达：\(time.map { "\($0)" } ?? "没有写")"),
                Text(en: "leave --expected out, or say the same", zh: "请不写 --expected，或写同样的时间")
            )
        case .tooManyPicks(let most):
            (
                Text(en: "a transfer is picked in at most \(most) steps", zh: "一张调拨单最多拣 \(most) 次"),
                Text(en: "the rest is another transfer", zh: "其余的请另开一张")
            )
        default: (Text(en: "there is no such transfer", zh: "没有这张调拨单"), nil)
        }
    }

    private var goodsFailure: CommandFailure {
        let text = goodsText
        return CommandFailure(
            .failure, what: text.what, why: text.why,
            remedy: Text(en: "nothing was moved; \(text.remedy.en)", zh: "没有移动什么；\(text.remedy.zh)"))
    }

    private var goodsText: (what: Text, why: Text?, remedy: Text) {
        switch self {
        case .beyondRequest(let left, let unit):
            (
                Text(en: "not so much was asked for", zh: "超过申请的数量"), Self.amount(left, unit, "left", "还可拣"),
                Text(en: "pick less, or ask for another transfer", zh: "请少拣，或另开一张")
            )
        case .beyondTransit(let left, let unit):
            (
                Text(en: "not so many of them are in transit", zh: "在途没有这么多"),
                Self.amount(left, unit, "in transit", "在途"),
                Text(en: "what was found beyond is a correction: stock adjust found", zh: "多出的请用 stock adjust 记为盘盈")
            )
        case .notThere(let onHand, let unit):
            (
                Text(en: "not so many stand there in that state", zh: "该库位没有这么多这种状态的货"),
                Self.amount(onHand, unit, "there", "现有"),
                Text(en: "check lot, location and --quality", zh: "请核对批次、库位和 --quality")
            )
        case .promised(let available, let unit):
            (
                Text(en: "orders have been promised these goods", zh: "这些货已答应给订单"),
                Self.amount(available, unit, "free", "未被占用"),
                Text(en: "pick less, or cancel orders first", zh: "请少拣，或先取消订单")
            )
        case .tooMuch(let onHand, let unit):
            (
                Text(en: "so many cannot be counted at one place", zh: "同一处记不下这么多"),
                Self.amount(onHand, unit, "there already", "已有"), Text(en: "check the quantity", zh: "请核对数量")
            )
        case .otherStorageClass(let storage):
            (
                Text(
                    en: "the rest of the lot was picked where it is \(storage.word.en)",
                    zh: "该批次其余的货取自\(storage.word.zh)库位"),
                nil, Text(en: "ask for another transfer for these", zh: "这些请另开一张")
            )
        case .notForStorage(let code):
            (
                Text(en: "location '\(code)' is for receiving", zh: "库位“\(code)”是收货位"), nil,
                Text(en: "say where the goods are put: a location for storage", zh: "请写货放到的存储位")
            )
        case .isForPacking(let code):
            (
                Text(en: "location '\(code)' has become one for packing", zh: "库位“\(code)”已改为打包位"), nil,
                Text(en: "make it one for storage again first: layout", zh: "请先把它改回存储位")
            )
        case .notReleased(let lot):
            (
                Text(en: "the lot \(lot) is not released yet", zh: "批次 \(lot) 还没有放行"), nil,
                Text(en: "first: inbound release", zh: "请先放行：inbound release")
            )
        case .unsuitable(let code, let storage):
            (
                Text(
                    en: "location '\(code)' does not suit goods that are kept \(storage.word.en)",
                    zh: "库位“\(code)”不适合\(storage.word.zh)的货"), nil,
                Text(en: "name one that is so cold; spoiled goods are --damaged", zh: "请换温区相符的库位；已变质的记为 --damaged")
            )
        default:
            (
                Text(en: "these goods are no part of the transfer", zh: "这些货不在这张调拨单上"), lot,
                Text(en: "check the lot and --quality: transfer show", zh: "请核对批次和 --quality：transfer show")
            )
        }
    }

    private var lot: Text? {
        guard case .foreignLot(let lot) = self else { return nil }
        return Text(en: "lot \(lot)", zh: "批次 \(lot)")
    }

    private static func amount(_ number: Int64, _ unit: BaseUnit, _ en: String, _ zh: String) -> Text {
        let amount = Text.amount(number, in: unit)
        return Text(en: "\(en): \(amount.en)", zh: "\(zh)：\(amount.zh)")
    }

    private static var list: NextStep {
        NextStep(command: "yuncang transfer list", purpose: Text(en: "the newest transfers", zh: "最新的调拨单"))
    }
}

extension TransferState {
    /// In words.
    var word: Text {
        switch self {
        case .absent: Text(en: "unknown", zh: "不存在")
        case .requested: Text(en: "requested", zh: "待审批")
        case .approved: Text(en: "approved", zh: "已批准")
        case .picking: Text(en: "being picked", zh: "拣货中")
        case .loaded: Text(en: "loaded", zh: "已装车")
        case .inTransit: Text(en: "in transit", zh: "在途")
        case .returning: Text(en: "returning", zh: "返程")
        case .closed: Text(en: "closed", zh: "已完成")
        case .cancelled: Text(en: "cancelled", zh: "已取消")
        }
    }
}

extension TransferLossReason {
    /// In words.
    var word: Text {
        switch self {
        case .broken: Text(en: "broken", zh: "破损")
        case .spoiled: Text(en: "spoiled", zh: "变质")
        case .missing: Text(en: "missing", zh: "短少")
        case .stolen: Text(en: "stolen", zh: "被盗")
        case .other: Text(en: "other", zh: "其他")
        }
    }
}
