internal import CloudWarehouse

extension Remedy {
    /// What a person has to do.
    var advice: Text {
        switch self {
        case .oversold:
            Text(
                en: """
                    more is promised than the ledger has: count the goods; book what is found (yuncang stock adjust found), \
                    or cancel orders (yuncang order cancel), then repair again
                    """,
                zh: """
                    答应的比流水里的货多：先盘点；找到的货记入库存（yuncang stock adjust found），\
                    或取消订单（yuncang order cancel），然后再修正
                    """)
        case .impossibleStock:
            Text(
                en: """
                    the ledger adds up to what cannot be there: find the row that is wrong (yuncang stock movements), and take \
                    it back (yuncang stock reverse)
                    """,
                zh: "流水算出的数不可能存在：找出错误的流水（yuncang stock movements）并冲正（yuncang stock reverse）")
        case .ringFenced:
            Text(
                en: "something is ring-fenced, and no session can do that: somebody wrote it by hand; ask who did",
                zh: "有库存被专场占用，但目前没有专场功能：有人手工写入，请查明是谁")
        case .boundGoods:
            Text(
                en: """
                    what is bound to parcels is not what the ledger or the wave has: take these parcels apart (yuncang \
                    parcel dissolve), then repair again
                    """,
                zh: "锁定给包裹的货与流水或波次不符：先拆开这些包裹（yuncang parcel dissolve），然后再修正")
        case .unknownGoods:
            Text(
                en: """
                    lines name goods, a warehouse or an owner that there is not: compare with a backup, and restore the \
                    row that is missing
                    """,
                zh: "订单行指向不存在的 SKU、仓库或货主：与备份比较，恢复缺失的行")
        case .doubtfulOrders:
            Text(
                en:
                    "orders contradict themselves, so that claims explain nothing: mend the orders first, then repair again",
                zh: "有订单自相矛盾，占用量不能作为依据：先处理这些订单，然后再修正")
        case .contradictoryOrder:
            Text(
                en: """
                    an order says something else than its lines: compare with its source and a backup, cancel it, and \
                    place it anew under another reference
                    """,
                zh: "订单与订单行不一致：与来源和备份核对，取消后用新的单号重新下单")
        case .repeatedOrder:
            Text(
                en: """
                    one reference stands on several orders, so the unique index is broken: REINDEX it after one of them \
                    was cancelled and given another reference, as the schema's owner
                    """,
                zh: "同一来源的同一单号有几笔订单，说明唯一索引已损坏：以 schema 所有者身份取消多余的一笔并改号，然后 REINDEX")
        case .stray:
            Text(
                en: "rows whose order, or earlier version, is not there: restore it from a backup",
                zh: "所属订单或先前版本不存在的行：从备份中恢复")
        case .closedPlace:
            Text(
                en: "something is at a closed location, or in a closed zone: yuncang location open, yuncang zone open",
                zh: "停用的库位或库区里还有东西：重新启用它（yuncang location open、yuncang zone open）")
        case .events:
            Text(
                en: """
                    events and their numbers do not fit: stop serve, compare with a backup; consumers then read the stock \
                    and the orders anew
                    """,
                zh: "事件与编号不符：停止 serve，与备份比较；消费方随后重新读取库存和订单")
        case .alteredLedger:
            Text(
                en: """
                    a row of the ledger and its document do not fit: evidence of tampering; keep it as it is, and compare \
                    with a backup
                    """,
                zh: "流水与其单据不符，是篡改的证据：保持原样，并与备份比较")
        case .auditLog:
            Text(
                en: """
                    the audit log is not what was sealed: evidence of tampering; keep it as it is, find out who could \
                    write as the owner, and compare with a backup
                    """,
                zh: "审计日志与封条不符，是篡改的证据：保持原样，查明谁能以所有者身份写入，并与备份比较")
        }
    }
}
