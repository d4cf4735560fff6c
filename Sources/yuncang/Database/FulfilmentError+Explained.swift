internal import CloudWarehouse

extension FulfilmentError: ExplainedFailure {
    /// Why goods did not go on their way, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .outOfRange(let bound, let most):
            CommandFailure(
                .usage,
                what: Text(
                    en: "\(bound.word.en): from \(bound == .minimumLife ? 0 : 1) to \(most)",
                    zh: "\(bound.word.zh)：\(bound == .minimumLife ? 0 : 1) 到 \(most)"))
        case .dayIsOver(let day, let today):
            CommandFailure(
                .usage,
                what: Text(en: "the day on which the wave leaves is over: \(day)", zh: "波次的发货日期已过：\(day)"),
                remedy: Text(en: "name \(today) or a later day", zh: "请指定 \(today) 或之后的日期"))
        case .unknownWarehouse(let code): StockError.unknownWarehouse(code).commandFailure
        case .unknownLocation(let warehouse, let code): StockError.unknownLocation(warehouse, code).commandFailure
        case .closedLocation(let warehouse, let code): StockError.closedLocation(warehouse, code).commandFailure
        case .packingLocations(let warehouse, let count): Self.packing(warehouse, count)
        case .notForPacking(let code):
            CommandFailure(
                .failure, what: Text(en: "the location '\(code)' is not for packing", zh: "库位“\(code)”不是打包位"),
                remedy: Text(en: "name one of purpose packing", zh: "请指定用途为打包的库位"))
        case .notForStorage(let code):
            CommandFailure(
                .failure, what: Text(en: "the location '\(code)' is not for storage", zh: "库位“\(code)”不是存储位"),
                remedy: Text(en: "put goods back to one of purpose storage", zh: "请放回用途为存储的库位"))
        case .unknownSKU(let code): StockError.unknownSKUs([code]).commandFailure
        case .waveStays(let refusal): refusal.commandFailure
        case .parcelStays(let refusal): CommandFailure(.failure, what: refusal.words)
        case .notPicked(let refusal): refusal.commandFailure
        case .otherCarrier(let code, let carrier):
            CommandFailure(
                .failure,
                what: Text(
                    en: "the manifest '\(code)' is of \(carrier?.rawValue ?? "the base's own cars")",
                    zh: "交接单“\(code)”属于\(carrier?.rawValue ?? "自有车辆")"),
                remedy: Text(en: "use another code for another carrier", zh: "不同承运方请用不同的交接单号"))
        case .unknownManifest:
            CommandFailure(.failure, what: Text(en: "there is no such manifest", zh: "没有这张交接单"))
        case .database(let error): error.commandFailure
        }
    }

    private static func packing(_ warehouse: WarehouseCode, _ count: Int) -> CommandFailure {
        guard count == 0 else {
            return CommandFailure(
                .failure,
                what: Text(
                    en: "warehouse '\(warehouse)' has several packing locations: \(count)",
                    zh: "仓库“\(warehouse)”有 \(count) 个打包位"),
                remedy: Text(en: "say which: --packing", zh: "请指定：--packing"))
        }
        return CommandFailure(
            .failure,
            what: Text(en: "warehouse '\(warehouse)' has no packing location", zh: "仓库“\(warehouse)”没有打包位"),
            next: [
                NextStep(
                    command: "yuncang location add P-01 --warehouse \(warehouse) --purpose packing",
                    purpose: Text(en: "add one", zh: "添加一个"))
            ])
    }
}

extension FulfilmentError.Bound {
    /// In words.
    var word: Text {
        switch self {
        case .mostOrders: Text(en: "orders of a wave", zh: "波次的订单数")
        case .slots: Text(en: "slots of the wall", zh: "分拣格数")
        case .mostGrams: Text(en: "grams of a parcel", zh: "包裹的克数")
        case .scans: Text(en: "scans of one call", zh: "一次扫描的包裹数")
        case .minimumLife: Text(en: "days that have to remain", zh: "最短剩余保质期（天）")
        case .unitGrams: Text(en: "grams of one unit", zh: "每件的克数")
        case .mostPerParcel: Text(en: "units of a parcel", zh: "每个包裹的数量")
        }
    }
}

extension WaveRefusal {
    /// Why a wave stays as it is, and what to do.
    var commandFailure: CommandFailure {
        let list = NextStep(command: "yuncang wave list", purpose: Text(en: "the newest waves", zh: "最新的波次"))
        return switch self {
        case .unknown:
            CommandFailure(.failure, what: Text(en: "there is no such wave", zh: "没有这个波次"), next: [list])
        case .otherUnderCode:
            CommandFailure(
                .failure, what: Text(en: "another wave was planned under this code", zh: "该编号已用于另一个波次"),
                remedy: Text(en: "use another code for another wave", zh: "另一个波次请另用编号"))
        case .noOrders:
            CommandFailure(
                .failure,
                what: Text(en: "no paid order fits that is not in a wave yet", zh: "没有符合条件、尚未进入波次的待发货订单"))
        case .notReleased(let state):
            CommandFailure(
                .failure,
                what: Text(
                    en: "the wave is \(state.word.en): its lots are not bound to the end yet",
                    zh: "波次\(state.word.zh)：批次还没有全部锁定"),
                remedy: Text(en: "release it first: wave release", zh: "请先发放：wave release"))
        case .alreadyReleased:
            CommandFailure(
                .failure, what: Text(en: "goods are bound by the wave", zh: "波次已锁定货品"),
                remedy: Text(
                    en: "take its parcels apart one by one: parcel dissolve", zh: "请逐个拆包：parcel dissolve"))
        case .tooManyParcels(let sku, let most):
            CommandFailure(
                .failure,
                what: Text(
                    en: "the goods of SKU '\(sku)' would need more than \(most) parcels",
                    zh: "SKU“\(sku)”的货需要超过 \(most) 个包裹"),
                remedy: Text(
                    en: "let a parcel take more of it, then release again",
                    zh: "请让每个包裹多装一些，然后再次发放"),
                next: [
                    NextStep(
                        command: "yuncang product packing \(sku)",
                        purpose: Text(en: "how it is packed", zh: "它的打包规则"))
                ])
        case .closed: CommandFailure(.failure, what: Text(en: "the wave is over", zh: "波次已完成"))
        case .cancelled: CommandFailure(.failure, what: Text(en: "the wave was cancelled", zh: "波次已取消"))
        case .hasParcels(let count):
            CommandFailure(
                .failure,
                what: Text(
                    en: "parcels of the wave are in the house: \(count)", zh: "波次还有 \(count) 个包裹在库内"))
        }
    }
}

extension WaveState {
    /// In words.
    var word: Text {
        switch self {
        case .absent: Text(en: "unknown", zh: "不存在")
        case .planned: Text(en: "planned", zh: "已计划")
        case .releasing: Text(en: "releasing", zh: "发放中")
        case .released: Text(en: "released", zh: "已发放")
        case .closed: Text(en: "closed", zh: "已完成")
        case .cancelled: Text(en: "cancelled", zh: "已取消")
        }
    }
}

extension Wave.Kind {
    /// In words.
    var word: Text {
        switch self {
        case .single: Text(en: "single", zh: "单品")
        case .multi: Text(en: "multi", zh: "多品")
        }
    }
}

extension PickRefusal {
    /// Why nothing was picked, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .nothingToPick:
            CommandFailure(
                .failure, what: Text(en: "nothing of this lot is to be picked there", zh: "该库位没有要拣的这个批次"),
                remedy: Text(en: "see the list: wave picks", zh: "请看拣货单：wave picks"))
        case .moreThanAsked(let asked):
            CommandFailure(
                .failure, what: Text(en: "only \(asked) are to be picked there", zh: "该库位只需拣 \(asked)"))
        case .lotNotSellable(let lot):
            CommandFailure(
                .failure,
                what: Text(en: "the lot \(lot) is blocked or has expired", zh: "批次 \(lot) 已冻结或过期"),
                remedy: Text(
                    en: "say that nothing was found, --found 0, and it is picked elsewhere",
                    zh: "请按未找到处理（--found 0），系统改从别处拣"))
        case .otherUnderReference:
            CommandFailure(
                .failure,
                what: Text(en: "the reference stands for another pick of this wave", zh: "该编号已用于这个波次的另一次拣货"),
                remedy: Text(en: "use another one for another", zh: "另一次请另用编号"))
        }
    }
}
