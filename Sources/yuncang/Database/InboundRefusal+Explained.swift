internal import CloudWarehouse

extension InboundRefusal {
    /// Why a delivery stays as it is, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknown:
            CommandFailure(
                .failure, what: Text(en: "there is no such delivery", zh: "没有这张入库单"), next: [Self.list])
        case .notArrived:
            CommandFailure(
                .failure, what: Text(en: "the delivery has not arrived yet", zh: "这批货还没有到"),
                remedy: Text(en: "say first that it has: inbound arrive", zh: "请先登记到货：inbound arrive"))
        case .alreadyReceived(let state):
            CommandFailure(
                .failure,
                what: Text(
                    en: "the delivery's counting is over: it is \(state.word.en)", zh: "这批货已收完：\(state.word.zh)"),
                remedy: Text(
                    en: "what comes later is another delivery, under another reference", zh: "后来的货请另用单号收"))
        case .notReceived:
            CommandFailure(
                .failure, what: Text(en: "the delivery is not counted to its end yet", zh: "这批货还没有收完"),
                remedy: Text(en: "count the rest, then: inbound finish", zh: "请清点完，然后：inbound finish"))
        case .notReleased:
            CommandFailure(
                .failure, what: Text(en: "the delivery is not released yet", zh: "这批货还没有放行"),
                remedy: Text(en: "look at the goods, then: inbound release", zh: "请验货，然后：inbound release"))
        case .alreadyStored:
            CommandFailure(
                .failure, what: Text(en: "all of the delivery is put away already", zh: "这批货已全部上架"))
        case .cancelled:
            CommandFailure(
                .failure, what: Text(en: "the delivery was cancelled", zh: "这张入库单已取消"),
                remedy: Text(en: "take the goods in under another reference", zh: "请另用单号收货"))
        case .hasGoods:
            CommandFailure(
                .failure,
                what: Text(en: "some of the delivery was taken in", zh: "已收下部分货：不能取消"),
                remedy: Text(
                    en: "take its counts back first (inbound retract), then cancel it",
                    zh: "请先撤销清点（inbound retract），然后取消"))
        case .alreadyReleased:
            CommandFailure(
                .failure, what: Text(en: "the delivery was released", zh: "这批货已放行"),
                remedy: Text(
                    en: "what is wrong with its goods is corrected in the stock: stock adjust, or stock reverse",
                    zh: "货有不对，请调整库存：stock adjust 或 stock reverse"),
                next: [
                    NextStep(
                        command: "yuncang stock movements", purpose: Text(en: "the ledger's rows", zh: "查看流水"))
                ])
        case .unknownCount(let reference):
            CommandFailure(
                .failure,
                what: Text(
                    en: "nothing was counted of this delivery as '\(reference.rawValue)'",
                    zh: "这批货没有编号为“\(reference.rawValue)”的清点"))
        case .takenBack(let reference):
            CommandFailure(
                .failure,
                what: Text(
                    en: "the count '\(reference.rawValue)' was taken back", zh: "清点“\(reference.rawValue)”已撤销"),
                remedy: Text(en: "count again under another reference", zh: "重新清点请另用编号"))
        case .corrected(let standing):
            CommandFailure(
                .failure,
                what: Text(
                    en: "goods of this count were corrected since; as counted stand \(standing)",
                    zh: "这次清点的货后来调整过；仍如清点时的有 \(standing)"),
                remedy: Text(
                    en: "take those corrections back first: stock movements, then stock reverse",
                    zh: "请先冲正那些调整：stock movements，然后 stock reverse"))
        case .tooManyPictures(let most):
            CommandFailure(
                .failure,
                what: Text(
                    en: "the count has \(most) pictures already, which are the most", zh: "这次清点已有 \(most) 张照片，不能再多"))
        case .tooManyCounts(let most):
            CommandFailure(
                .failure,
                what: Text(en: "a delivery has at most \(most) counts", zh: "一张入库单最多清点 \(most) 次"),
                remedy: Text(en: "count the rest as another delivery", zh: "其余的请另用单号收"))
        case .otherUnderReference:
            CommandFailure(
                .failure,
                what: Text(
                    en: "the reference stands for another count or put-away of this delivery", zh: "该编号已用于这批货的另一次清点或上架"),
                remedy: Text(en: "use another one for another", zh: "另一次请另用编号"))
        case .otherWarehouse(let code):
            CommandFailure(
                .failure,
                what: Text(en: "the delivery is expected at warehouse '\(code)'", zh: "这批货预约到仓库“\(code)”"))
        case .foreignLot(let lot):
            CommandFailure(
                .failure, what: Text(en: "the lot \(lot) is none of this delivery", zh: "批次 \(lot) 不属于这批货"))
        case .sameLocation:
            CommandFailure(.failure, what: Text(en: "the goods stand there already", zh: "货已经在那里"))
        case .notForStorage(let code):
            CommandFailure(
                .failure,
                what: Text(en: "the location '\(code)' is for receiving", zh: "库位“\(code)”是收货位"),
                remedy: Text(en: "put away to one for storage: inbound suggest", zh: "请上架到存储位：inbound suggest"))
        case .notThere(let onHand):
            CommandFailure(
                .failure,
                what: Text(
                    en: "not so much of the lot stands where it was received: \(onHand)", zh: "收货的库位没有这么多：现有 \(onHand)")
            )
        case .full(let code, let free):
            CommandFailure(
                .failure,
                what: Text(en: "the location '\(code)' takes only \(free) more", zh: "库位“\(code)”只能再放 \(free)"),
                remedy: Text(
                    en: "bring the rest elsewhere (inbound suggest), or say --over if it fits",
                    zh: "其余请放别处（inbound suggest）；确实放得下请加 --over"))
        case .expired(let last, let today):
            CommandFailure(
                .failure,
                what: Text(
                    en: "goods of the delivery were good until \(last), and today is \(today)",
                    zh: "有货的保质期到 \(last)，今天是 \(today)"),
                remedy: Text(
                    en: "take them out first: yuncang stock adjust lost, or damaged",
                    zh: "请先剔除：yuncang stock adjust lost 或 damaged"))
        }
    }

    private static var list: NextStep {
        NextStep(command: "yuncang inbound list", purpose: Text(en: "the newest deliveries", zh: "最新的收货单"))
    }
}

extension InboundState {
    /// In words.
    var word: Text {
        switch self {
        case .absent: Text(en: "unknown", zh: "不存在")
        case .announced: Text(en: "announced", zh: "已预约")
        case .arrived: Text(en: "arrived", zh: "已到货")
        case .received: Text(en: "received", zh: "待检")
        case .released: Text(en: "released", zh: "待上架")
        case .stored: Text(en: "stored", zh: "已上架")
        case .cancelled: Text(en: "cancelled", zh: "已取消")
        }
    }
}

extension RejectionReason {
    /// In words.
    var word: Text {
        switch self {
        case .damaged: Text(en: "damaged", zh: "破损")
        case .spoiled: Text(en: "spoiled", zh: "变质")
        case .wrongGoods: Text(en: "wrong goods", zh: "错货")
        case .surplus: Text(en: "surplus", zh: "超量")
        case .noCertificate: Text(en: "no certificate", zh: "无合格证")
        case .other: Text(en: "other", zh: "其他")
        }
    }
}
