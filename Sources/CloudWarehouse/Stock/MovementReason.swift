public import Postgres

/// Why goods were moved.
public enum MovementReason: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 入库
    case receipt
    /// 上架
    case putAway = "put_away"
    /// 拣货
    case pick
    /// 出库
    case shipment
    /// 退货
    case `return`
    /// 调拨
    case transfer
    /// 盘点
    case count
    /// 损耗
    case loss
    /// 加工
    case production
    /// 质检
    case quality
    /// 冲正: a mistake is mended by a row that takes it back.
    case reversal
}

/// What kind of place the ledger knows: those in warehouses, and those outside of every one.
public enum LocationKind: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 库位
    case storage
    /// 供应方
    case supplier
    /// 客户
    case customer
    /// 在途
    case inTransit = "in_transit"
    /// 损失
    case loss
    /// 生产
    case production
}
