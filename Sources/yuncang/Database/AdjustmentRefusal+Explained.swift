internal import CloudWarehouse

extension AdjustmentRefusal {
    /// Why the stock stays as it is, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknownLot(let id):
            CommandFailure(
                .failure, what: Text(en: "there is no lot \(id)", zh: "没有批次 \(id)"),
                next: [NextStep(command: "yuncang stock lots", purpose: Text(en: "the newest lots", zh: "最新的批次"))])
        case .unknownMovement(let id):
            CommandFailure(
                .failure, what: Text(en: "the ledger has no row \(id)", zh: "没有流水 \(id)"),
                next: [
                    NextStep(
                        command: "yuncang stock movements", purpose: Text(en: "the newest rows", zh: "最新的流水"))
                ])
        case .notThere(let onHand, let unit):
            CommandFailure(
                .failure,
                what: Text(en: "not so many stand there in that state", zh: "该库位没有这么多这种状态的货"),
                why: Text(
                    en: "there are \(Text.amount(onHand, in: unit).en)", zh: "现有 \(Text.amount(onHand, in: unit).zh)"),
                remedy: Text(
                    en: "nothing was changed: check lot, location and --quality", zh: "没有改变什么：请核对批次、库位和 --quality"),
                next: [NextStep(command: "yuncang stock lots", purpose: Text(en: "what stands where", zh: "查看在库"))])
        case .tooMuch(let onHand, let unit):
            CommandFailure(
                .failure, what: Text(en: "so many cannot be counted at one place", zh: "同一处记不下这么多"),
                why: Text(
                    en: "there are \(Text.amount(onHand, in: unit).en) already",
                    zh: "已有 \(Text.amount(onHand, in: unit).zh)"),
                remedy: Text(en: "nothing was changed: check the quantity", zh: "没有改变什么：请核对数量"))
        case .promised(let available, let unit):
            CommandFailure(
                .failure,
                what: Text(en: "orders have been promised these goods", zh: "这些货已答应给订单"),
                why: Text(
                    en: "free are \(Text.amount(available, in: unit).en)",
                    zh: "未被占用的有 \(Text.amount(available, in: unit).zh)"),
                remedy: Text(
                    en: "nothing was changed: cancel orders first, so that what is lost is nobody's",
                    zh: "没有改变什么：请先取消订单，使损失的货不再属于任何订单"),
                next: [
                    NextStep(
                        command: "yuncang order list --state committed", purpose: Text(en: "whose they are", zh: "查看订单")
                    )
                ])
        case .expired(let day, let today):
            CommandFailure(
                .failure,
                what: Text(en: "the goods have expired, and cannot become good", zh: "货已过期，不能成为良品"),
                why: Text(
                    en: "the lot's last good day was \(day); today is \(today)", zh: "批次的保质期到 \(day)；今天是 \(today)"),
                remedy: Text(
                    en: "nothing was changed: what was found is recorded with --quality held or damaged",
                    zh: "没有改变什么：找到的货请用 --quality held（待检）或 damaged（损坏）记录"))
        case .notReversible(let reason):
            CommandFailure(
                .failure,
                what: Text(en: "this row is not taken back so", zh: "这一行流水不能这样冲正"),
                why: Text(en: "its reason is: \(reason.word.en)", zh: "原因是：\(reason.word.zh)"),
                remedy: Text(
                    en: reason == .reversal
                        ? "it takes another row back already: make the correction anew"
                        : "change the document that it belongs to",
                    zh: reason == .reversal ? "它本身就是冲正：请重新调整" : "请修改它所属的单据"))
        case .otherUnderReference:
            CommandFailure(
                .failure,
                what: Text(en: "another correction was made under this reference", zh: "该单号已用于另一次调整"),
                remedy: Text(en: "use a new reference", zh: "请换一个单号"))
        }
    }
}
