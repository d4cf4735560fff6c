internal import CloudWarehouse

extension Quality {
    /// In words.
    var word: Text {
        switch self {
        case .good: Text(en: "good", zh: "良品")
        case .held: Text(en: "set aside", zh: "待检")
        case .damaged: Text(en: "damaged", zh: "残损")
        }
    }
}

extension MovementReason {
    /// In words.
    var word: Text {
        switch self {
        case .receipt: Text(en: "receipt", zh: "入库")
        case .putAway: Text(en: "put away", zh: "上架")
        case .pick: Text(en: "pick", zh: "拣货")
        case .shipment: Text(en: "shipment", zh: "出库")
        case .return: Text(en: "return", zh: "退货")
        case .transfer: Text(en: "transfer", zh: "调拨")
        case .count: Text(en: "count", zh: "盘点")
        case .loss: Text(en: "loss", zh: "损耗")
        case .production: Text(en: "production", zh: "加工")
        case .quality: Text(en: "quality", zh: "质检")
        case .reversal: Text(en: "reversal", zh: "冲正")
        }
    }
}

extension LocationKind {
    /// In words.
    var word: Text {
        switch self {
        case .storage: Text(en: "location", zh: "库位")
        case .supplier: Text(en: "supplier", zh: "供应方")
        case .customer: Text(en: "customer", zh: "客户")
        case .inTransit: Text(en: "in transit", zh: "在途")
        case .loss: Text(en: "loss", zh: "损失")
        case .production: Text(en: "production", zh: "生产")
        }
    }
}

extension Adjustment.Kind {
    /// In words.
    var word: Text {
        switch self {
        case .lost: Text(en: "lost", zh: "损耗")
        case .missing: Text(en: "missing", zh: "盘亏")
        case .found: Text(en: "found", zh: "盘盈")
        case .damaged: Text(en: "damaged", zh: "残损")
        case .setAside: Text(en: "set aside", zh: "待检")
        case .restored: Text(en: "restored", zh: "恢复良品")
        }
    }

    /// What it is for.
    var meaning: Text {
        switch self {
        case .lost: Text(en: "known to be gone: rotten, spilled, thrown away", zh: "确知没有了：腐烂、洒落、丢弃")
        case .missing: Text(en: "counting found fewer", zh: "盘点发现少了")
        case .found: Text(en: "counting found more", zh: "盘点发现多了")
        case .damaged: Text(en: "there, and not to be sold", zh: "还在，但不能卖")
        case .setAside: Text(en: "there, and not to be sold until somebody has looked", zh: "还在，检查之前不能卖")
        case .restored: Text(en: "looked at, and good", zh: "检查过，是良品")
        }
    }
}
