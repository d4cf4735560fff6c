public import Postgres

/// What a token lets its bearer do.
public enum Role: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 合作社负责人: lists produce and reads stock, sales and statements of one owner.
    case cooperative
    /// 仓库人员: receives, picks, packs, ships, moves and counts.
    case warehouse
    /// 主播: reads what a stream sells and what is left.
    case host
    /// 中控: prepares and runs a session.
    case controller
    /// 订单来源: places, pays and cancels its own orders, and reads stock.
    case source
    /// 基地管理员: everything; each change is in the audit log.
    case `operator`
}
