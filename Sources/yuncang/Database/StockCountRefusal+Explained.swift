internal import CloudWarehouse

extension StockCountRefusal {
    /// Why a count stays as it is, and what to do.
    var commandFailure: CommandFailure {
        let (what, remedy) = texts
        return CommandFailure(
            .failure, what: what, remedy: remedy,
            next: [NextStep(command: "yuncang count list", purpose: Text(en: "the newest counts", zh: "最新的盘点单"))])
    }

    private var texts: (what: Text, remedy: Text?) {
        switch self {
        case .unknown: (Text(en: "there is no such count", zh: "没有这张盘点单"), nil)
        case .otherCountUnderReference:
            (
                Text(en: "another count was planned under this reference", zh: "该单号已用于另一次盘点"),
                Text(en: "use a new reference", zh: "请换一个单号")
            )
        case .notCounted:
            (
                Text(en: "the counting is not over yet", zh: "还没有盘完"),
                Text(en: "count the rest, then: count finish", zh: "请盘完，然后：count finish")
            )
        case .alreadyCounted:
            (
                Text(en: "the counting is over", zh: "已经盘完"),
                Text(en: "what is to be counted again is another count", zh: "要再盘的请另开一张")
            )
        case .posted:
            (
                Text(en: "the differences of the count are in the ledger already", zh: "差异已过账"),
                Text(en: "count again under another reference", zh: "请另开一张再盘")
            )
        case .cancelled:
            (
                Text(en: "the count was cancelled", zh: "这张盘点单已取消"),
                Text(en: "plan another one", zh: "请另开一张")
            )
        case .otherUnderReference:
            (
                Text(en: "the reference stands for another entry of this count", zh: "该编号已用于这张盘点单的另一条记录"),
                Text(en: "use another one for another", zh: "另一条请另用编号")
            )
        case .outOfScope:
            (
                Text(en: "the goods are none of what is to be counted", zh: "这些货不在盘点范围内"),
                Text(en: "check lot and location: count show", zh: "请核对批次和库位：count show")
            )
        case .tooManyLines(let most):
            (
                Text(en: "a count has at most \(most) lines", zh: "一张盘点单最多 \(most) 行"),
                Text(en: "the rest is another count", zh: "其余的请另开一张")
            )
        case .tooManyLots(let lots, let most):
            (
                Text(
                    en: "\(lots) lots stand there, and a count has at most \(most) lines",
                    zh: "那里有 \(lots) 个批次，一张盘点单最多 \(most) 行"),
                Text(en: "count it in parts: location by location, or SKU by SKU", zh: "请分开盘：按库位或按 SKU")
            )
        case .countedElsewhere(let reference):
            (
                Text(
                    en: "these goods are in the count '\(reference.rawValue)'",
                    zh: "这些货在盘点单“\(reference.rawValue)”里"),
                Text(
                    en: "approve or cancel it first: the same difference is not posted twice",
                    zh: "请先审核或取消那张：同一差异不过账两次")
            )
        case .adjustedSince(let place):
            (
                Text(
                    en: "the goods of lot \(place.lot) at '\(place.location)' were corrected after they were counted",
                    zh: "批次 \(place.lot) 在库位“\(place.location)”的货清点后又手工调整过"),
                Text(en: "cancel the count, and count again under another reference", zh: "请取消这张，另开一张再盘")
            )
        case .notInCount:
            (
                Text(en: "nobody has counted these goods in this count", zh: "这张盘点单里没有盘过这些货"),
                Text(en: "count them first: count enter", zh: "请先清点：count enter")
            )
        case .uncounted(let lots):
            (
                Text(
                    en: "something stands there that nobody has counted, of \(Text.count(Int(lots), "lot"))",
                    zh: "还有 \(lots) 个批次没有盘"),
                Text(en: "count it too; what is not there is counted as 0", zh: "请一并清点；没有的记为 0")
            )
        case .needsRecount(let lines):
            (
                Text(
                    en: "\(Text.count(Int(lines), "line")) of the count are beyond the tolerance",
                    zh: "有 \(lines) 行差异超过容差"),
                Text(en: "count these once more", zh: "请复盘这些行")
            )
        case .unexplained(let lines):
            (
                Text(
                    en: "something is missing, and nobody has said why: \(Text.count(Int(lines), "line"))",
                    zh: "有 \(lines) 行短少没有写原因"),
                Text(en: "say why, and who answers for it: count explain", zh: "请写明原因和责任人：count explain")
            )
        }
    }
}

extension StockCountState {
    /// In words.
    var word: Text {
        switch self {
        case .absent: Text(en: "unknown", zh: "不存在")
        case .planned: Text(en: "planned", zh: "已计划")
        case .counting: Text(en: "being counted", zh: "盘点中")
        case .counted: Text(en: "counted", zh: "待审核")
        case .posted: Text(en: "posted", zh: "已过账")
        case .cancelled: Text(en: "cancelled", zh: "已取消")
        }
    }
}

extension ShrinkageReason {
    /// In words.
    var word: Text {
        switch self {
        case .spoiled: Text(en: "spoiled", zh: "变质")
        case .dried: Text(en: "dried", zh: "失水减重")
        case .stolen: Text(en: "stolen", zh: "被盗")
        case .misplaced: Text(en: "misplaced", zh: "错放")
        case .misrecorded: Text(en: "misrecorded", zh: "记错")
        case .unknown: Text(en: "unknown", zh: "不明")
        }
    }
}
