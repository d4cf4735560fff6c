internal import CloudWarehouse

extension LoadingRefusal {
    /// Why a loading stays as it is, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknown:
            CommandFailure(
                .failure, what: Text(en: "there is no such loading", zh: "没有这张装卸单"),
                next: [
                    NextStep(command: "yuncang loading list", purpose: Text(en: "the newest loadings", zh: "最新的装卸单"))
                ])
        case .notStarted:
            CommandFailure(
                .failure, what: Text(en: "nobody has begun with the loading yet", zh: "这张装卸单还没有开工"),
                remedy: Text(en: "say first who begins: loading start", zh: "请先登记开工的人：loading start"))
        case .alreadyFinished:
            CommandFailure(
                .failure,
                what: Text(en: "the loading is done: it is not cancelled any more", zh: "这张装卸单已完工：不能再取消"))
        case .cancelled:
            CommandFailure(
                .failure, what: Text(en: "the loading was cancelled", zh: "这张装卸单已取消"),
                remedy: Text(en: "plan it again under another reference", zh: "请另用编号重新安排"))
        case .saidOtherwise(let event):
            CommandFailure(
                .failure,
                what: Text(
                    en: "that was said already, and otherwise: \(event.rawValue)", zh: "“\(event.word.zh)”已登记过，内容不同"),
                next: [
                    NextStep(command: "yuncang loading list", purpose: Text(en: "the newest loadings", zh: "最新的装卸单"))
                ])
        case .unknownDelivery(let reference):
            CommandFailure(
                .failure,
                what: Text(
                    en: "there is no delivery '\(reference.rawValue)'", zh: "没有入库单“\(reference.rawValue)”"),
                remedy: Text(
                    en: "announce it first (inbound announce), or leave --inbound out",
                    zh: "请先预约到货（inbound announce），或不写 --inbound"))
        case .otherWarehouse(let code):
            CommandFailure(
                .failure, what: Text(en: "the delivery is one of warehouse '\(code)'", zh: "这批货属于仓库“\(code)”"))
        case .inFuture:
            CommandFailure(
                .usage, what: Text(en: "that time has not come yet", zh: "这个时间还没有到"),
                remedy: Text(en: "leave --at out for now", zh: "不写 --at 即为现在"))
        case .tooLongAgo(let days):
            CommandFailure(
                .usage, what: Text(en: "that is longer ago than \(days) days", zh: "这个时间早于 \(days) 天前"))
        case .endsBeforeStart:
            CommandFailure(
                .usage, what: Text(en: "the loading would end before it began", zh: "完工时间早于开工时间"))
        }
    }
}

extension LoadingState {
    /// In words.
    var word: Text {
        switch self {
        case .absent: Text(en: "unknown", zh: "不存在")
        case .planned: Text(en: "planned", zh: "待作业")
        case .started: Text(en: "started", zh: "作业中")
        case .finished: Text(en: "finished", zh: "已完工")
        case .cancelled: Text(en: "cancelled", zh: "已取消")
        }
    }
}

extension LoadingEvent {
    /// In words.
    var word: Text {
        switch self {
        case .plan: Text(en: "plan", zh: "安排")
        case .start: Text(en: "start", zh: "开工")
        case .finish: Text(en: "finish", zh: "完工")
        case .cancel: Text(en: "cancel", zh: "取消")
        }
    }
}

extension LoadingKind {
    /// In words.
    var word: Text {
        switch self {
        case .unload: Text(en: "unload", zh: "卸货")
        case .load: Text(en: "load", zh: "装货")
        }
    }
}

extension LoadingWorker.Employment {
    /// In words.
    var word: Text {
        switch self {
        case .staff: Text(en: "staff", zh: "员工")
        case .hired: Text(en: "hired", zh: "临时工")
        }
    }
}
